// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"reflect"

	"fyne.io/fyne/v2"
)

// Face is what the large field says: one thing to do or one thing that
// happened, in the largest letters that fit.
type Face struct {
	Tone    ColourRole
	Shape   StateSign
	Done    int      // of a ring: steps that are behind
	Of      int      // of a ring: steps in all
	Word    string   // the verdict or the next action
	Serial  string   // the unit that it is about
	Aside   string   // beside the serial: the seconds
	Say     []string // sentences; the first weighs more
	Then    string   // after a verdict: the next action
	Code    string   // small, for the lead
	Keys    string   // small: which keys do what
	Choices []Choice
	Chosen  int
	Notice  string // said in a band at the foot until the next scan
}

// Choice is one row to choose from.
type Choice struct {
	Key   string // what to press or scan for it
	Text  string
	Aside string
}

// Verdict reports whether the face tells how a unit ended.
func (f Face) Verdict() bool { return f.Tone == Good || f.Tone == Bad || f.Tone == Caution }

// StatusField is the large field.
type StatusField struct {
	area
	face   Face
	onPick func(choice int)
	unit   DesignPixel // the window's, or less where the face would not fit
	rows   []choiceRow // where the choices stand
}

type choiceRow struct {
	choice    int
	y, height float32
}

// NewField makes a field that says nothing yet. pick is called when a choice
// is tapped.
func NewField(l *WindowStyle, pick func(choice int)) *StatusField {
	f := &StatusField{face: Face{Tone: Calm}, onPick: pick}
	f.init(f, l, f.compose)
	return f
}

// Set says face.
func (f *StatusField) Set(face Face) {
	if !reflect.DeepEqual(face, f.face) {
		f.face = face
		f.redraw()
	}
}

// Tapped takes a tap as the choice of the row under it.
func (f *StatusField) Tapped(e *fyne.PointEvent) {
	f.style.touch()
	for _, r := range f.rows {
		if e.Position.Y >= r.y && e.Position.Y < r.y+r.height {
			f.onPick(r.choice)
			return
		}
	}
}
