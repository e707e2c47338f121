// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"strconv"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// LineLead asks for the lead who answers for the labels left.
var LineLead State = lineLead{traits{name: "lead for labels left", prompt: "locked.prompt", clearsLine: true}}

type lineLead struct{ traits }

// Scan takes the badge of who answers for the labels left, then their PIN. Who
// may not is told before the PIN.
func (lineLead) Scan(o *Model, text string, _ station.Keystrokes) {
	o.whose(text, func(b station.BadgeHolder) {
		if err := station.Allow(b.Person, station.MayExplainLabels); err != nil {
			o.refuse(screen.FailureText(o.s.Words, err))
			return
		}
		o.ask(b, func(p station.Person) { o.clearLine(p.ID, o.left) })
	}, o.noBadge)
}

func (lineLead) Key(o *Model, k Key) {
	if k == KeyCancel {
		o.state = Clearing
	}
}

func (lineLead) Face(o *Model) widget.Face {
	reason := o.left.reason
	if key := "left." + reason; o.say(key) != key {
		reason = o.say(key)
	}
	return widget.Face{
		Tone: widget.Lock, Shape: widget.Padlock, Word: o.say("locked.word"), Keys: o.say("lead.keys"),
		Say: []string{o.s.Words.Count("lead.why", o.left.n, strconv.Itoa(o.left.n), o.before, reason), o.say("lead.ask")},
	}
}
