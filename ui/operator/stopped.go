// SPDX-License-Identifier: Apache-2.0

package operator

import "bindery/ui/widget"

// Stopped shows a unit that a person gave up; its serial goes on.
var Stopped State = stopped{between("stopped")}

type stopped struct{ betweenUnits }

func (stopped) Face(o *Model) widget.Face {
	return widget.Face{
		Tone: widget.Busy, Shape: widget.Square, Word: o.say("stopped.word"), Serial: o.result.Serial,
		Say: []string{o.say("stopped.say"), o.say("stopped.next")},
	}
}
