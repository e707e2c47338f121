// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/ui/widget"
)

// OrderDone says that the order needs no more units, and what became of it.
var OrderDone State = orderDone{between("order complete")}

type orderDone struct{ betweenUnits }

func (orderDone) Face(o *Model) widget.Face {
	return widget.Face{Tone: widget.Calm, Shape: widget.Stack, Word: o.say("done.word"), Serial: o.order.ID, Say: []string{o.say("done.next")}}
}
