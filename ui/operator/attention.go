// SPDX-License-Identifier: Apache-2.0

package operator

import "bindery/ui/widget"

// Attention shows a fault of the bench, which is no fault of the unit, until
// the next serial. It is amber.
var Attention State = attention{between("attention")}

type attention struct{ betweenUnits }

func (attention) Face(o *Model) widget.Face {
	fault := o.result.Fault
	what, next := o.s.Words.Fault(fault)
	return widget.Face{
		Tone: widget.Caution, Shape: widget.Triangle, Word: o.say("attention.word"),
		Say: []string{what, next}, Code: small(o.result.Serial, fault.Code),
	}
}
