// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Labelling waits for the scan of the printed label.
var Labelling State = labelling{traits{name: "scan the label", prompt: "label.prompt", labelDue: true}}

type labelling struct{ traits }

func (labelling) Scan(o *Model, text string, keys station.Keystrokes) {
	if text != "" {
		o.run.answer(&station.ScanAnswer{Text: text, Proof: keys.Proof()})
	}
}

func (labelling) Key(o *Model, k Key) {
	if k == KeyCancel {
		o.run.giveUp()
	}
	if k == KeyReprint {
		o.state, o.chosen = Reasons, screen.NoRow
	}
}

func (labelling) Face(o *Model) widget.Face {
	r := o.run
	if r.wrong != nil {
		return o.wrongFace(*r.wrong)
	}
	f := widget.Face{Tone: widget.Ask, Shape: widget.Sticker, Word: o.say("label.word"), Say: []string{o.say("label.say")}, Keys: o.say("label.keys")}
	if r.checking {
		f.Say = []string{o.say("label.checking")}
	}
	return f
}

// wrongFace says why a scan was not taken: red for another label, amber for a
// scanner that is set wrongly, calm for what is only not the scan that is due.
func (o *Model) wrongFace(f station.Finding) widget.Face {
	what, next := o.s.Words.Finding(f)
	face := widget.Face{
		Tone: widget.Bad, Shape: widget.Cross, Word: o.say("label.wrong"), Say: []string{what, next},
		Then: o.say("label.word"), Code: string(f.Code), Keys: o.say("label.keys"),
	}
	switch {
	case station.IsOtherLabel(f.Code): // it stays red, which nothing else is
	case f.Level == station.LevelWarn:
		face.Tone, face.Shape, face.Word, face.Then = widget.Calm, widget.Sticker, o.say("label.word"), ""
	default:
		face.Tone, face.Shape, face.Word = widget.Caution, widget.Triangle, o.say("label.scanner")
	}
	return face
}
