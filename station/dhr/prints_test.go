// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"fmt"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/stationtest"
)

func TestTheFileLetsAPrintGoOnAsTheRuleSays(t *testing.T) {
	d := dhrtest.Factory(t)
	db, _ := storetest.Copy(t, d.Path())
	trigger := storetest.Column(t, db, "SELECT sql FROM sqlite_schema WHERE name = 'prints_moves'")[0]
	for _, from := range station.PrintStates {
		for _, to := range station.PrintStates {
			lets := strings.Contains(trigger, fmt.Sprintf("('%s', '%s')", from, to))
			if from != to && lets != from.MayBecome(to) { // a proof may come to a label that was sent
				t.Errorf("the file lets %s become %s: %v", from, to, lets)
			}
		}
	}
}

func TestALabelThatIsVoidStaysSo(t *testing.T) {
	d := dhrtest.Passed(t, 1)
	u, err := d.Unit(t.Context(), stationtest.Serial(0))
	stationtest.NoError(t, err)
	p := *u.Print
	p.State, p.Reason = station.PrintVoid, "torn"
	stationtest.NoError(t, d.FinishPrint(t.Context(), p))
	p.State = station.PrintSent
	if err := d.FinishPrint(t.Context(), p); err == nil {
		t.Error("a label that was destroyed is there again")
	}
	dhrtest.Sound(t, d)
}
