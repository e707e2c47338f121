// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"testing"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/stationtest"
)

func TestALineIsToldWhatItHasDone(t *testing.T) {
	d := dhrtest.Passed(t, 3)
	b := dhrtest.Bench(d, 4)
	b.DUT = stationtest.FakeDUT{Reading: station.Reading{Model: "EG91", SIM: station.SIMReady}} // which has no IMEI
	if r := dhrtest.Provision(t.Context(), b, stationtest.Serial(4)); r.Outcome != station.Fail {
		t.Fatal(r)
	}
	shift, err := d.ShiftPerformance(t.Context())
	stationtest.NoError(t, err)
	order, err := d.OrderPerformance(t.Context(), "WO-1")
	stationtest.NoError(t, err)
	for of, p := range map[string]station.Performance{"shift": shift, "order": order} {
		if p.Passed != 3 || p.Judged != 4 || p.FirstPass != 3 || p.PerHour() != 3 {
			t.Errorf("the %s: %+v", of, p)
		}
	}
	none, err := d.OrderPerformance(t.Context(), "WO-0")
	stationtest.NoError(t, err)
	want(t, "an order that there is not", none, station.Performance{})
}
