// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/widget"
)

// Failed shows why the station refused a unit, until the next serial. It is red.
var Failed State = failed{between("fail")}

type failed struct{ betweenUnits }

func (failed) Face(o *Model) widget.Face {
	finding := station.Verdict{Findings: o.result.Findings}.First()
	what, next := o.s.Words.Finding(*finding)
	return widget.Face{
		Tone: widget.Bad, Shape: widget.Cross, Word: o.say("fail.word"),
		Say: []string{what, next}, Code: small(o.result.Serial, finding.Code),
	}
}

// small is what stands at the foot of a verdict, for the lead.
func small(serial string, code station.Code) string {
	return station.Shown(serial) + "   " + string(code)
}
