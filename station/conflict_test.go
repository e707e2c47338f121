// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/stationtest"
)

func TestNoTwoUnitsHaveTheSameNumber(t *testing.T) {
	imei := func(n int) identity.IMEI { return identity.IMEI(stationtest.IMEI(n)) }
	sim := func(n int) identity.ICCID { return identity.ICCID(stationtest.ICCID(n)) }
	other := station.Binding{ID: 1, Serial: "S-1", IMEI: imei(1), IMEI2: imei(2), ICCID: sim(1), IMSI: "001010000000001", EID: "89049032000000000000000000000163"}
	for _, c := range []struct {
		name string
		b    station.Binding
		want []station.Code
	}{
		{"its first IMEI", station.Binding{IMEI: imei(1)}, []station.Code{station.IMEIInUse}},
		{"its second IMEI as the first", station.Binding{IMEI: imei(2)}, []station.Code{station.IMEIInUse}},
		{"its first IMEI as the second", station.Binding{IMEI: imei(3), IMEI2: imei(1)}, []station.Code{station.IMEIInUse}},
		{"its second IMEI", station.Binding{IMEI: imei(3), IMEI2: imei(2)}, []station.Code{station.IMEIInUse}},
		{"both its IMEIs, said once", station.Binding{IMEI: imei(2), IMEI2: imei(1)}, []station.Code{station.IMEIInUse}},
		{"its SIM", station.Binding{IMEI: imei(3), ICCID: sim(1)}, []station.Code{station.ICCIDInUse}},
		{"its SIM without the check digit", station.Binding{IMEI: imei(3), ICCID: sim(1)[:18]}, []station.Code{station.ICCIDInUse}},
		{"its SIM with a check digit behind", station.Binding{IMEI: imei(3), ICCID: sim(1).Forms()[1]}, []station.Code{station.ICCIDInUse}},
		{"its chip", station.Binding{IMEI: imei(3), EID: other.EID}, []station.Code{station.EIDInUse}},
		{"all of it", other, []station.Code{station.IMEIInUse, station.ICCIDInUse, station.EIDInUse}},
		{"its IMSI", station.Binding{IMEI: imei(3), IMSI: other.IMSI}, nil},
		{"nothing", station.Binding{}, nil},
	} {
		if d := cmp.Diff(c.want, c.b.ConflictsWith(other)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		first := station.Code("")
		if len(c.want) > 0 {
			first = c.want[0]
		}
		c.b.Serial = "S-2"
		no := station.AllowNumbers(c.b, []station.Binding{{Serial: "S-3"}, other})
		if got := refusedFor(t, no); got != first || no != nil && !strings.Contains(no.Error(), "unit S-1") {
			t.Errorf("%s: %v", c.name, no)
		}
		c.b.Serial = "S-1"
		if no := station.AllowNumbers(c.b, []station.Binding{other}); no != nil {
			t.Errorf("%s, of the unit itself: %v", c.name, no)
		}
		if got := refusedFor(t, station.AllowBinding(c.b, []station.Binding{other})); got != station.SerialInUse {
			t.Errorf("%s, of a unit that is bound: %q", c.name, got)
		}
	}
	if no := (station.Binding{}).ConflictsWith(station.Binding{}); no != nil {
		t.Errorf("nothing is in conflict with nothing: %v", no)
	}
}
