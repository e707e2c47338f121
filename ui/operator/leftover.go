// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"fmt"
	"strconv"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Leftover asks why labels are left of the order before.
var Leftover State = leftover{traits{name: "why labels are left", prompt: "left.prompt", clearsLine: true}}

type leftover struct{ traits }

// leftoverReasons are the usual reasons, as the record keeps them. Any other is typed.
var leftoverReasons = []string{"destroyed", "back in the store", "stuck on rejected units"}

// Scan takes the reason for labels that were left: the number of a usual one,
// Enter on the chosen one, or some words ([station.OneWord]).
func (leftover) Scan(o *Model, text string, _ station.Keystrokes) {
	row := o.chosen
	if text != "" {
		n, err := strconv.Atoi(text)
		switch {
		case err == nil && n >= 1 && n <= len(leftoverReasons):
			row = n - 1
		case err != nil && !station.OneWord(text):
			o.explain(text)
			return
		default:
			o.refuse(o.say("left.form", station.Shown(text)))
			return
		}
	}
	if row == screen.NoRow {
		o.refuse(o.say("choose.first"))
		return
	}
	o.explain(leftoverReasons[row])
}

func (leftover) Key(o *Model, k Key) {
	o.moveChoice(k, len(leftoverReasons))
	if n := k.number(); n > 0 && n <= len(leftoverReasons) {
		o.explain(leftoverReasons[n-1])
	}
	if k == KeyCancel {
		o.state = Clearing
	}
}

func (leftover) Face(o *Model) widget.Face {
	f := widget.Face{
		Tone: widget.Ask, Word: o.s.Words.Count("left.word", o.left.n, strconv.Itoa(o.left.n)), Keys: o.say("left.keys"), Chosen: o.chosen,
		Say: []string{o.say("left.say")},
	}
	for i, r := range leftoverReasons {
		f.Choices = append(f.Choices, widget.Choice{Key: fmt.Sprintf("F%d", i+1), Text: o.say("left." + r)})
	}
	return f
}

// explain keeps why labels are left; a lead has to agree.
func (o *Model) explain(reason string) { o.left.reason, o.state = reason, LineLead }
