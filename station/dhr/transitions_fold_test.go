// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"testing"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestAUnitIsMovedWhateverCapitalsItsSerialIsWrittenIn(t *testing.T) {
	d := dhrtest.Factory(t)
	build(t, d, "WO-1", 1)
	if _, err := d.Move(t.Context(), record.MoveRequest{Serial: "cl-000001", To: station.Quarantined, By: "operator", Reason: "scratched"}); err != nil {
		t.Fatal(err)
	}
	u, err := d.Unit(t.Context(), stationtest.Serial(1))
	if err != nil || u.Disposition != station.Quarantined {
		t.Errorf("%+v, %v", u, err)
	}
	dhrtest.Sound(t, d)
}
