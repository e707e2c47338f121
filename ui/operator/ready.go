// SPDX-License-Identifier: Apache-2.0

package operator

import "bindery/ui/widget"

// Ready waits for the first serial of an order.
var Ready State = ready{between("ready")}

type ready struct{ betweenUnits }

func (ready) Face(o *Model) widget.Face {
	return widget.Face{Tone: widget.Calm, Shape: widget.Brackets, Word: o.say("ready.word"), Say: []string{o.say("ready.say")}}
}
