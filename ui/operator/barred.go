// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// Barred says why somebody does not get in, and who can help.
var Barred State = barred{traits{name: "not let in", prompt: "signin.prompt"}}

type barred struct{ traits }

// Scan goes back, and takes the text there: the next in line is not held up.
func (barred) Scan(o *Model, text string, keys station.Keystrokes) {
	o.leaveSignIn()
	if text != "" {
		o.Scan(text, keys)
	}
}

func (barred) Key(o *Model, k Key) { o.cancelSignIn(k) }

func (barred) Face(o *Model) widget.Face {
	g := o.signIn
	f := widget.Face{Tone: widget.Lock, Shape: widget.Padlock, Word: o.say("barred.word"), Keys: o.say("barred.keys")}
	if g.no.Code == station.AccountLocked {
		f.Word = o.say("barred.locked")
	}
	what, next := o.s.Words.Finding(*g.no)
	f.Say, f.Code = []string{what, next}, string(g.no.Code)
	return f
}

// bar shows why somebody does not get in.
func (o *Model) bar(b station.BadgeHolder, why station.Finding) {
	o.signIn = &signInPrompt{who: b, back: o.behind(), no: &why}
	o.state = Barred
	o.s.Sound.Play(sound.Repeated)
}
