// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"time"

	"bindery/station"
	"bindery/ui/widget"
)

// Passed shows a unit that is done, until the next serial.
var Passed State = passed{between("pass")}

type passed struct{ betweenUnits }

func (passed) Face(o *Model) widget.Face {
	then := o.say("pass.then")
	if o.order.Full() {
		then = o.orderDoneWord()
	}
	return widget.Face{
		Tone: widget.Good, Shape: widget.Tick, Word: o.say("pass.word"), Serial: o.result.Serial,
		Aside: o.seconds(took(o.result.Steps)), Then: then,
	}
}

// took is the time of all steps together.
func took(steps []station.StepResult) time.Duration {
	var t time.Duration
	for _, s := range steps {
		t += s.Took
	}
	return t
}
