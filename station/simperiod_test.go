// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"encoding/json"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/stationtest"
)

func TestASIMIsPutInWhereNoOtherIsInTheUnit(t *testing.T) {
	swap := func(from, to int) station.SIMPeriod { return station.SIMPeriod{From: hour(from), To: hour(to)} }
	for _, c := range []struct {
		name  string
		s     station.SIMPeriod
		had   []station.SIMPeriod
		ends  bool
		field string
	}{
		{"the first", swap(3, -1), nil, false, ""},
		{"after one that ended", swap(3, -1), []station.SIMPeriod{swap(1, 2)}, false, ""},
		{"where another ended", swap(3, -1), []station.SIMPeriod{swap(1, 3)}, false, ""},
		{"in the place of one that holds", swap(3, -1), []station.SIMPeriod{swap(1, -1)}, true, ""},
		{"for a time, in the place of one that holds", swap(3, 4), []station.SIMPeriod{swap(1, -1)}, true, ""},
		{"before one that holds", swap(3, -1), []station.SIMPeriod{swap(5, -1)}, false, "from"},
		{"at once with one that holds", swap(3, -1), []station.SIMPeriod{swap(3, -1)}, false, "from"},
		{"for a time, until one that holds", swap(3, 5), []station.SIMPeriod{swap(5, -1)}, false, ""},
		{"for a time, into one that holds", swap(3, 6), []station.SIMPeriod{swap(5, -1)}, false, "from"},
		{"while another was in", swap(3, 5), []station.SIMPeriod{swap(1, 4)}, false, "from"},
		{"for good, while another was in later", swap(3, -1), []station.SIMPeriod{swap(4, 5)}, false, "from"},
		{"around another", swap(3, 9), []station.SIMPeriod{swap(4, 5)}, false, "from"},
		{"between two", swap(3, 4), []station.SIMPeriod{swap(1, 3), swap(4, -1)}, false, ""},
		{"into one before that which holds", swap(3, -1), []station.SIMPeriod{swap(1, 4), swap(2, -1)}, true, "from"},
	} {
		ends, wrong := station.CheckSwap(c.s, c.had)
		if field := fieldOf(wrong); ends != c.ends || field != c.field {
			t.Errorf("%s: another ends %v, wrong in %q; want %v, %q", c.name, ends, field, c.ends, c.field)
		}
	}
}

// fieldOf is the first field that is wrong; "" when none is.
func fieldOf(wrong []station.FieldError) string {
	if len(wrong) == 0 {
		return ""
	}
	return wrong[0].Field
}

func TestTheEndOfASwapIsSaidOnce(t *testing.T) {
	for _, c := range []struct {
		name       string
		was, ended int
		field      string
	}{
		{"not known yet", -1, 3, ""}, {"the same", 3, 3, ""}, {"another", 2, 3, "to"},
	} {
		if got := fieldOf(station.CheckSwapEnd(hour(c.was), hour(c.ended))); got != c.field {
			t.Errorf("%s: wrong in %q, want %q", c.name, got, c.field)
		}
	}
}

func TestASwapNamesASIM(t *testing.T) {
	const eid = "89049032000000000000000000000163"
	for _, c := range []struct{ iccid, imsi, eid, wrong string }{
		{stationtest.ICCID(1), "", "", ""},
		{stationtest.ICCID(1) + "F", "001010000000001", eid, ""},
		{stationtest.ICCID(1)[:12], "", "", "iccid"},
		{"", "", "", "iccid"},
		{"x", "", "", "iccid"},
		{stationtest.ICCID(1), "00101", "", "imsi"},
		{stationtest.ICCID(1), "", eid[:8] + " " + eid[8:], "eid"},
		{stationtest.ICCID(1), "", eid[:31] + "4", "eid"},
	} {
		sim, wrong := station.CheckSwapSIM(c.iccid, c.imsi, c.eid)
		if got := fieldOf(wrong); got != c.wrong || got == "" && (sim.ICCID.Full() != stationtest.ICCID(1) || sim.EID.Full() != c.eid) {
			t.Errorf("%q %q %q: wrong in %q; %v", c.iccid, c.imsi, c.eid, got, sim)
		}
	}
}

func TestATimeThatIsNotKnownIsNullInASIMsJSON(t *testing.T) {
	for want, p := range map[string]station.SIMPeriod{
		`{"serial":"CL-1","iccid":"a","imsi":"","eid":"","from":null,"to":null,"given_up":false,"origin":"binding 3"}`:                       {Serial: "CL-1", ICCID: "a", Swap: true, Origin: "binding 3"},
		`{"serial":"","iccid":"","imsi":"b","eid":"c","from":"` + hour(1).Format(time.RFC3339) + `","to":null,"given_up":false,"origin":""}`: {IMSI: "b", EID: "c", From: hour(1)},
	} {
		if got, err := json.Marshal(p); err != nil || string(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
	}
}

func TestASwapPutsAnotherSIMIntoAUnitThatWasThere(t *testing.T) {
	sim := func(n, from, to int) station.SIMPeriod {
		return station.SIMPeriod{ICCID: identity.ICCID(stationtest.ICCID(n)), From: hour(from), To: hour(to)}
	}
	other := func(p station.SIMPeriod, form int) station.SIMPeriod { p.ICCID = p.ICCID.Forms()[form]; return p }
	none := station.SIMPeriod{From: hour(2)} // bound without a SIM
	list := func(p ...station.SIMPeriod) []station.SIMPeriod { return p }
	for _, c := range []struct {
		name         string
		s            station.SIMPeriod
		bound, swaps []station.SIMPeriod
		field        string
	}{
		{"another", sim(2, 3, -1), list(sim(1, 2, -1)), nil, ""},
		{"the one that it was bound to", sim(1, 3, -1), list(sim(1, 2, -1)), nil, "iccid"},
		{"the same without its check digit", other(sim(1, 3, -1), 1), list(sim(1, 2, -1)), nil, "iccid"},
		{"the same, bound without its check digit", sim(1, 3, -1), list(other(sim(1, 2, -1), 1)), nil, "iccid"},
		{"the same for a time", other(sim(1, 3, 4), 1), list(sim(1, 2, -1)), nil, "iccid"},
		{"the same, bound nobody knows when", other(sim(1, 3, -1), 1), list(sim(1, -1, -1)), nil, "iccid"},
		{"the one of an earlier swap", other(sim(2, 5, -1), 1), list(sim(1, 2, -1)), list(sim(2, 3, -1)), "iccid"},
		{"the first again, after another", sim(1, 5, -1), list(sim(1, 2, -1)), list(sim(2, 3, -1)), ""},
		{"the first again, after it was given up", sim(1, 5, -1), list(sim(1, 2, 4)), nil, ""},
		{"before the unit was bound", sim(2, 1, -1), list(sim(1, 2, -1)), nil, "from"},
		{"for a time, before the unit was bound", sim(2, 0, 1), list(sim(1, 2, 3), sim(3, 4, -1)), nil, "from"},
		{"before the unit was bound, without a SIM", sim(2, 1, -1), list(none), nil, "from"},
		{"into a unit that was bound without a SIM", sim(2, 3, -1), list(none), nil, ""},
		{"before a later binding", sim(2, 3, -1), list(sim(1, 2, 4), sim(3, 4, -1)), nil, "from"},
		{"for a time, before a later binding", sim(2, 3, 4), list(sim(1, 2, 4), sim(3, 4, -1)), nil, ""},
		{"before a later binding without a SIM", sim(2, 1, -1), list(sim(1, 0, -1), none), nil, ""},
		{"at the time of the binding", sim(2, 2, -1), list(sim(1, 2, -1)), nil, ""},
		{"into a unit of which nobody knows since when", sim(2, 1, -1), list(sim(1, -1, -1)), nil, ""},
	} {
		if got := fieldOf(station.CheckSwapOfUnit(c.s, c.bound, c.swaps)); got != c.field {
			t.Errorf("%s: wrong in %q, want %q", c.name, got, c.field)
		}
	}
}
