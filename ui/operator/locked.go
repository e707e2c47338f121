// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Locked asks for a lead who allows another label.
var Locked State = locked{traits{name: "locked", prompt: "locked.prompt", labelDue: true}}

type locked struct{ traits }

// Scan takes the badge and the PIN of who allows another label. Whether that
// person may, the station decides; who may not is told before the PIN.
func (locked) Scan(o *Model, text string, _ station.Keystrokes) {
	r := o.run
	o.whose(text, func(b station.BadgeHolder) {
		if err := station.AllowSecond(b.Person, o.person.ID, station.MayReprint); err != nil {
			o.refuse(screen.FailureText(o.s.Words, err))
			return
		}
		o.ask(b, func(p station.Person) {
			o.state = Working
			r.answer(&station.ScanAnswer{Reprint: r.reprint, Approver: p.ID})
		})
	}, o.noBadge)
}

func (locked) Key(o *Model, k Key) {
	if k == KeyCancel {
		o.state = Labelling
	}
}

func (locked) Face(o *Model) widget.Face {
	return widget.Face{
		Tone: widget.Lock, Shape: widget.Padlock, Word: o.say("locked.word"), Keys: o.say("locked.keys"),
		Say: []string{o.say("locked.why"), o.say("locked.ask")},
	}
}
