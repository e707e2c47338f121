// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/stationtest"
)

func TestAGivenUpBindingThatCannotHaveBeenContradictsTheOther(t *testing.T) {
	day := func(n int) time.Time {
		if n == 0 {
			return time.Time{}
		}
		return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC)
	}
	sim, sim2 := identity.ICCID(stationtest.ICCID(1)), identity.ICCID(stationtest.ICCID(2))
	imei, imei2 := identity.IMEI(stationtest.IMEI(1)), identity.IMEI(stationtest.IMEI(2))
	held := func(serial string, i identity.IMEI, s identity.ICCID, from, to int) station.BindingPeriod {
		return station.BindingPeriod{Binding: station.Binding{Serial: serial, IMEI: i, ICCID: s}, From: day(from), To: day(to)}
	}
	live := func(p station.BindingPeriod) station.BindingPeriod { p.Live = true; return p }
	undated := func(p station.BindingPeriod, text string) station.BindingPeriod { p.Undated = text; return p }
	for name, c := range map[string]struct {
		a, b station.BindingPeriod
		want bool
	}{
		"one SIM after the other":                   {held("A", imei, sim, 1, 5), held("A", imei, sim2, 5, 9), false},
		"two SIMs at a time":                        {held("A", imei, sim, 1, 6), held("A", imei, sim2, 5, 9), true},
		"one within the other":                      {held("A", "", sim, 1, 9), held("A", "", sim2, 3, 4), true},
		"two modules at a time":                     {held("A", imei, "", 1, 6), held("A", imei2, "", 5, 9), true},
		"a module and a SIM":                        {held("A", imei, "", 1, 6), held("A", "", sim, 1, 9), false},
		"given up, then live":                       {held("A", imei, sim, 1, 5), live(held("A", imei, sim2, 5, 0)), false},
		"given up after the live one began":         {held("A", imei, sim, 1, 6), live(held("A", imei, sim2, 5, 0)), true},
		"the live one, given up":                    {held("A", imei, sim, 1, 6), live(held("A", imei, sim, 1, 0)), true},
		"one SIM in two units, one after the other": {held("A", imei, sim, 1, 5), held("B", imei2, sim, 5, 9), false},
		"one SIM in two units at a time":            {held("A", imei, sim, 1, 6), held("B", imei2, sim.Forms()[1], 5, 9), true},
		"one SIM live in another before it ended":   {held("A", imei, sim, 1, 6), live(held("B", imei2, sim, 5, 0)), true},
		"two units":                                 {held("A", imei, sim, 1, 6), held("B", imei2, sim2, 1, 6), false},
		"the same twice":                            {held("A", imei, sim, 1, 5), held("A", imei, sim, 1, 5), true},
		"the same twice, no time known":             {undated(held("A", imei, sim, 0, 0), "2026"), undated(held("A", imei, sim, 0, 0), "2026"), true},
		"no time known":                             {undated(held("A", imei, sim, 0, 0), "2026"), undated(held("A", imei, sim, 0, 0), "2025"), false},
		"no begin known, ends in the other":         {held("A", imei, sim, 0, 6), held("A", imei, sim2, 5, 9), true},
		"no begin known, ends as the other begins":  {held("A", imei, sim, 0, 5), held("A", imei, sim2, 5, 9), false},
		"no begin known, ends after the other":      {held("A", imei, sim, 0, 20), held("A", imei, sim2, 5, 9), false},
		"no begin of the live one known":            {held("A", imei, sim, 1, 6), live(held("A", imei, sim2, 0, 0)), false},
	} {
		if c.a.Contradicts(c.b) != c.want || c.b.Contradicts(c.a) != c.want {
			t.Errorf("%s: %v and %v", name, c.a.Contradicts(c.b), c.b.Contradicts(c.a))
		}
	}
}

func TestNoBindingOfAListIsDatedAfterItsImport(t *testing.T) {
	imported := hour(100)
	for _, c := range []struct {
		name         string
		since, ended time.Time
		ahead        bool
	}{
		{"before", hour(1), hour(2), false},
		{"nobody knows when", time.Time{}, time.Time{}, false},
		{"at its import", imported, imported, false},
		{"by a clock that is ahead", hour(124), time.Time{}, false},
		{"later than a clock may be ahead", hour(124).Add(time.Millisecond), time.Time{}, true},
		{"in years", imported.AddDate(4, 0, 0), time.Time{}, true},
		{"with an end in the future", hour(1), hour(101), true},
	} {
		if got := station.DatedAhead(c.since, c.ended, imported); got != c.ahead {
			t.Errorf("%s: %v, want %v", c.name, got, c.ahead)
		}
	}
}
