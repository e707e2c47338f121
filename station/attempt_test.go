// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestAnAttemptIsRememberedByItsFaultOrItsFirstFailure(t *testing.T) {
	warn, fail := station.NewFinding(station.UnitPassed, ""), station.NewFinding(station.IMEIInUse, "unit S-1")
	for name, c := range map[string]struct {
		a    station.Attempt
		want station.Code
	}{
		"nothing was found":     {station.Attempt{}, ""},
		"nothing that fails":    {station.Attempt{Findings: []station.Finding{warn}}, ""},
		"one that fails":        {station.Attempt{Findings: []station.Finding{warn, fail}}, station.IMEIInUse},
		"the first that fails":  {station.Attempt{Findings: []station.Finding{fail, station.NewFinding(station.EIDInUse, "")}}, station.IMEIInUse},
		"a fault":               {station.Attempt{Fault: station.RecordFull}, station.RecordFull},
		"a fault and a failure": {station.Attempt{Fault: station.RecordFull, Findings: []station.Finding{fail}}, station.RecordFull},
	} {
		if got := c.a.EndCode(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
