// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/widget"
)

// Working shows the unit under way.
var Working State = working{traits{name: "working", prompt: "working.prompt"}}

type working struct{ traits }

func (working) Scan(o *Model, text string, _ station.Keystrokes) { o.refuseWhileBusy(text) }

func (working) Key(o *Model, k Key) {
	if k == KeyCancel {
		o.run.cancel()
	}
}

func (working) Face(o *Model) widget.Face {
	r := o.run
	f := widget.Face{Tone: widget.Busy, Shape: widget.Ring, Of: len(station.Steps), Done: len(r.steps), Word: o.say("working.read"), Serial: r.serial}
	if _, bound := r.steps[station.StepBind]; bound {
		f.Word = o.say("working.print")
	}
	if r.hint != "" {
		f.Say = []string{o.hint(r.hint)}
	}
	return f
}

// refuseWhileBusy says that what is scanned meanwhile, another serial, has to wait; the same one twice is only a
// nervous trigger.
func (o *Model) refuseWhileBusy(text string) {
	if text != "" && text != o.run.serial {
		o.refuse(o.say("working.busy", station.Shown(text)))
	}
}

// hint is what a run said on its way, in the language of the screen.
func (o *Model) hint(s string) string {
	if key := "hint." + s; o.say(key) != key {
		return o.say(key)
	}
	return s
}
