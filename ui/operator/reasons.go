// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"fmt"
	"strconv"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Reasons asks why another label is wanted.
var Reasons State = reasons{traits{name: "reason for another label", prompt: "reason.prompt", labelDue: true}}

type reasons struct{ traits }

// reprintReasons are the reasons for another label, as the record keeps them.
var reprintReasons = []string{"damaged", "not printed", "lost", "misplaced"}

// Scan takes the number of a reason, or Enter on the chosen one.
func (reasons) Scan(o *Model, text string, _ station.Keystrokes) {
	row := o.chosen
	if text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > len(reprintReasons) {
			o.refuse(o.say("working.busy", station.Shown(text)))
			return
		}
		row = n - 1
	}
	if row == screen.NoRow {
		o.refuse(o.say("choose.first"))
		return
	}
	o.reprint(row)
}

func (reasons) Key(o *Model, k Key) {
	o.moveChoice(k, len(reprintReasons))
	if n := k.number(); n > 0 && n <= len(reprintReasons) {
		o.reprint(n - 1)
	}
	if k == KeyCancel {
		o.state = Labelling
	}
}

func (reasons) Face(o *Model) widget.Face {
	f := widget.Face{Tone: widget.Ask, Word: o.say("reason.word"), Keys: o.say("reason.keys"), Chosen: o.chosen}
	for i, r := range reprintReasons {
		f.Choices = append(f.Choices, widget.Choice{Key: fmt.Sprintf("F%d", i+1), Text: o.say("reason." + r)})
	}
	return f
}

// reprint asks the run for another label.
func (o *Model) reprint(row int) {
	o.state, o.run.reprint = Working, reprintReasons[row]
	o.run.answer(&station.ScanAnswer{Reprint: reprintReasons[row]})
}
