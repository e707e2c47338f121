// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"fmt"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// NoRow is the choice before one was made: Enter alone takes nothing then.
const NoRow = -1

// DialoguePara shows a line of a dialogue: when, which way, and what.
func DialoguePara(l record.DialogueLine) widget.Para {
	return widget.Para{Kind: widget.Dialogue, Name: fmt.Sprintf("%6.3f %s", l.T.Seconds(), directionMarks[l.Dir]), Text: l.Text}
}

var directionMarks = map[station.Direction]string{station.Sent: ">", station.Received: "<", station.Note: "#"}

// StepState is how a step with that end is drawn.
func StepState(o station.Outcome) widget.StepState {
	switch o {
	case station.Pass:
		return widget.StepDone
	case station.Fail:
		return widget.StepFail
	case station.Errored, station.Aborted:
	}
	return widget.StepWarn
}

// Place gives a part its place and size.
func Place(obj fyne.CanvasObject, x, y, w, h float32) {
	obj.Move(fyne.NewPos(x, y))
	obj.Resize(fyne.NewSize(w, h))
}

// ShowNoText says in an empty entry that digits gave no text and nothing was
// taken.
func ShowNoText(e *widget.ScanEntry, s *Services) {
	e.Say(s.Words.Say("keys.mute"))
	s.Sound.Play(sound.Repeated)
}

// TakeKeys gives an entry every key that the window gets: what is typed while
// nothing has the focus belongs to it too.
func TakeKeys(w fyne.Window, e *widget.ScanEntry) {
	c := w.Canvas()
	c.SetOnTypedRune(e.TypedRune)
	c.SetOnTypedKey(e.TypedKey)
	c.RemoveShortcut(widget.GroupSeparator)
	c.AddShortcut(widget.GroupSeparator, e.TypedShortcut)
}
