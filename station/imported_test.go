// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/stationtest"
)

func hour(n int) time.Time {
	if n < 0 {
		return time.Time{}
	}
	return stationtest.Start.Add(time.Duration(n) * time.Hour)
}

// held writes periods as "SIM FROM-TO", in hours.
func held(list []station.SIMPeriod) string {
	var all []string
	for _, p := range list {
		from, to := "?", ""
		if !p.From.IsZero() {
			from = fmt.Sprint(int(p.From.Sub(stationtest.Start).Hours()))
		}
		if !p.To.IsZero() {
			to = fmt.Sprint(int(p.To.Sub(stationtest.Start).Hours()))
		}
		all = append(all, fmt.Sprintf("%s %s-%s", p.ICCID.Full(), from, to))
	}
	return strings.Join(all, ", ")
}

func TestAUnitHasOneSIMAtATime(t *testing.T) {
	bound := func(sim identity.ICCID, from, to int) station.SIMPeriod {
		return station.SIMPeriod{ICCID: sim, From: hour(from), To: hour(to)}
	}
	swap := func(sim identity.ICCID, from, to int) station.SIMPeriod {
		p := bound(sim, from, to)
		p.Swap = true
		return p
	}
	for _, c := range []struct {
		name         string
		bound, swaps []station.SIMPeriod
		want         string
	}{
		{"bound only", []station.SIMPeriod{bound("a", 1, -1)}, nil, "a 1-"},
		{"swapped", []station.SIMPeriod{bound("a", 1, -1)}, []station.SIMPeriod{swap("b", 2, -1)}, "a 1-2, b 2-"},
		{"swapped twice", []station.SIMPeriod{bound("a", 1, -1)}, []station.SIMPeriod{swap("b", 2, 3), swap("c", 3, -1)}, "a 1-2, b 2-3, c 3-"},
		{"taken out", []station.SIMPeriod{bound("a", 1, -1)}, []station.SIMPeriod{swap("b", 2, 3)}, "a 1-2, b 2-3"},
		{"swapped when it was bound", []station.SIMPeriod{bound("a", 1, -1)}, []station.SIMPeriod{swap("b", 1, -1)}, "b 1-"},
		{"bound again", []station.SIMPeriod{bound("a", 1, 4), bound("c", 4, -1)}, []station.SIMPeriod{swap("b", 2, -1)}, "a 1-2, b 2-4, c 4-"},
		{"a swap before the binding", []station.SIMPeriod{bound("a", 3, -1)}, []station.SIMPeriod{swap("b", 1, 2)}, "b 1-2, a 3-"},
		{"bound at a time that nobody knows", []station.SIMPeriod{bound("a", -1, -1)}, []station.SIMPeriod{swap("b", 2, -1)}, "a ?-2, b 2-"},
	} {
		if got := held(station.SIMPeriods(c.bound, c.swaps)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// Of a SIM that another system gave up at a time that it did not say, it is neither
// known that the unit had it at a moment nor that it had none.
func TestASIMThatWasGivenUpAtAnUnknownTimeIsPossibleUntilAnotherWasIn(t *testing.T) {
	sim := func(sim identity.ICCID, from, to int, givenUp bool) station.SIMPeriod {
		return station.SIMPeriod{ICCID: sim, From: hour(from), To: hour(to), GivenUp: givenUp}
	}
	for _, c := range []struct {
		name   string
		unit   []station.SIMPeriod
		before string // at hour 2
		after  string // at hour 8
	}{
		{"alone", []station.SIMPeriod{sim("a", 1, -1, true)}, "a 1-", "a 1-"},
		{"it had not begun", []station.SIMPeriod{sim("a", 3, -1, true)}, "", "a 3-"},
		{"neither begin nor end is known", []station.SIMPeriod{sim("a", -1, -1, true)}, "a ?-", "a ?-"},
		{"another holds since", []station.SIMPeriod{sim("a", 1, -1, true), sim("b", 5, -1, false)}, "a 1-", "b 5-"},
		{"another was in, and ended", []station.SIMPeriod{sim("a", 1, -1, true), sim("b", 5, 6, false)}, "a 1-", ""},
		{"another was given up so too", []station.SIMPeriod{sim("a", 1, -1, true), sim("b", 5, -1, true)}, "a 1-", "b 5-"},
		{"another was in before", []station.SIMPeriod{sim("a", 1, 3, false), sim("b", 3, -1, true)}, "a 1-3", "b 3-"},
		{"another is in at a time that nobody knows", []station.SIMPeriod{sim("a", -1, -1, true), sim("b", 5, -1, false)}, "a ?-", "b 5-"},
	} {
		if got := held(station.SIMsAt(c.unit, hour(2))); got != c.before {
			t.Errorf("%s, before: %q, want %q", c.name, got, c.before)
		}
		if got := held(station.SIMsAt(c.unit, hour(8))); got != c.after {
			t.Errorf("%s, after: %q, want %q", c.name, got, c.after)
		}
	}
	swap := station.SIMPeriod{ICCID: "b", From: hour(5), Swap: true}
	if got := held(station.SIMPeriods([]station.SIMPeriod{sim("a", 1, -1, true)}, []station.SIMPeriod{swap})); got != "a 1-, b 5-" {
		t.Errorf("a swap was taken for the end that nobody knows: %q", got)
	}
}

func TestASIMIsHeldFromItsBeginUpToItsEnd(t *testing.T) {
	p := station.SIMPeriod{From: hour(1), To: hour(2)}
	for at, want := range map[time.Duration]bool{-1: false, 0: true, time.Hour - 1: true, time.Hour: false} {
		if got := p.HeldAt(hour(1).Add(at)); got != want {
			t.Errorf("%s: %t", at, got)
		}
	}
	p.To = time.Time{}
	if !p.HeldAt(hour(1000)) {
		t.Error("it has no end, and does not hold")
	}
}

func TestATimeWithoutItsZoneIsNoMoment(t *testing.T) {
	want := time.Date(2026, 1, 5, 5, 30, 0, 387e6, time.UTC)
	for _, text := range []string{"2026-01-05T05:30:00.387Z", "2026-01-05T06:30:00.387+01:00", "2026-01-05 05:30:00.3879Z", "2026-01-05 07:30:00.387 +0200"} {
		if got := station.Moment(text); !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%q is %s", text, got)
		}
	}
	for _, text := range []string{"", "2026-01-05", "2026-01-05 05:30:00", "05.01.2026 05:30", "2026-02-30T05:30:00Z", "46027.2291"} {
		if got := station.Moment(text); !got.IsZero() {
			t.Errorf("%q is %s", text, got)
		}
	}
}

func TestASampleHasARowOfEachPartOfAList(t *testing.T) {
	for _, rows := range []int{0, 1, 2, 58, 59, 60, 500, 1_000_000} {
		list := station.SampleRows("hash", rows)
		if len(list) != min(rows, 59) || !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Errorf("%d rows: %v", rows, list)
		}
		for i, n := range list {
			if n < i*rows/len(list) || n >= (i+1)*rows/len(list) {
				t.Errorf("%d rows: row %d stands for part %d", rows, n, i)
			}
		}
	}
	if slices.Equal(station.SampleRows("hash", 500), station.SampleRows("other", 500)) {
		t.Error("the rows do not follow from the file")
	}
}

func TestARowOfAListIsTakenAsItStandsOrNotAtAll(t *testing.T) {
	sound := map[string]string{
		"serial": "A-1", "imei": stationtest.IMEI(1), "iccid": stationtest.ICCID(1), "bound_at": "2026-01-05T05:30:00Z", "lot": "L1", "disposition": "passed",
	}
	read := func(with map[string]string) (station.ImportedUnit, []station.FieldError) {
		return station.ReadImportedUnit(7, func(name string) string {
			if v, ok := with[name]; ok {
				return v
			}
			return sound[name]
		})
	}
	u, wrong := read(nil)
	if len(wrong) > 0 || u.Row != 7 || u.Binding.Row != 7 || u.Binding.Serial != "A-1" || u.Was != "passed" || u.Binding.Since.IsZero() {
		t.Fatalf("%+v, %v", u, wrong)
	}
	long := strings.Repeat("x", 1000)
	for field, c := range map[string]struct{ with map[string]string }{
		"serial": {map[string]string{"serial": ""}},
		"imei":   {map[string]string{"imei": stationtest.IMEI(1)[:14] + "x"}},
		"imei2":  {map[string]string{"imei2": stationtest.IMEI(1)}},
		"iccid":  {map[string]string{"iccid": "8.98E+18"}},
		"imsi":   {map[string]string{"imsi": "1"}},
		"eid":    {map[string]string{"eid": "89"}},
		"tac":    {map[string]string{"tac": "98000042"}},
		"lot":    {map[string]string{"lot": long}},
	} {
		_, wrong := read(c.with)
		if len(wrong) != 1 || wrong[0].Field != field || strings.Contains(wrong[0].Message, stationtest.IMEI(1)[:14]) {
			t.Errorf("%s: %v", field, wrong)
		}
	}
	if _, wrong := read(map[string]string{"imei": "", "iccid": ""}); len(wrong) != 1 {
		t.Errorf("a row without any identity: %v", wrong)
	}
}

func TestAnICCIDThatASpreadsheetDamagedIsRefused(t *testing.T) {
	for iccid, sound := range map[string]bool{
		"89999113001010000000": false, "8999911300101000000": false, "89999113001010085888": false, // zeros, and what is left of a binary64
		"89999113001050400000": true, // its check digit is right: there are such numbers
		"89999113001010082220": true, // a check digit alone is no error
	} {
		_, wrong := station.ReadImportedUnit(7, func(name string) string {
			return map[string]string{"serial": "A-1", "iccid": iccid}[name]
		})
		if _, swap := station.CheckSwapSIM(iccid, "", ""); (len(wrong) == 0) != sound || (len(swap) == 0) != sound {
			t.Errorf("%s: %v, %v", iccid, wrong, swap)
		}
	}
}

func TestAGivenUpBindingSaysUntilWhenItHeld(t *testing.T) {
	for to, ends := range map[string]bool{"2026-01-05T13:00:00Z": true, "2026-01-05": true, "": false, "2026-01-01T00:00:00Z": false} {
		row := map[string]string{"serial": "A-1", "what": "sim", "iccid": stationtest.ICCID(1), "from": "2026-01-05T12:00:00Z", "to": to}
		b, wrong := station.ReadGivenUp(3, func(name string) string { return row[name] })
		if (len(wrong) == 0) != ends || ends && (b.Reason != "sim" || b.Undated != to) {
			t.Errorf("to %q: %+v, %v", to, b, wrong)
		}
	}
}

func TestNoImportedUnitIsEverReleased(t *testing.T) {
	for _, m := range station.ImportedTransitions {
		if m.To == station.Released || m.To == station.Passed {
			t.Errorf("%s to %s", m.From, m.To)
		}
		if back, err := station.AllowImportedTransition(m.From, m.To); err != nil || back != m || !m.Reason {
			t.Errorf("%s to %s: %+v, %v", m.From, m.To, back, err)
		}
	}
	for _, from := range []station.Disposition{station.Scrapped, station.Superseded, station.LeftOut} {
		for _, to := range station.Dispositions {
			if _, err := station.AllowImportedTransition(from, to); err == nil {
				t.Errorf("%s to %s", from, to)
			}
		}
	}
	for d, code := range map[station.Disposition]station.Code{
		station.Imported: station.UnitImported, station.Quarantined: station.UnitQuarantined, station.Scrapped: station.UnitScrapped, station.Superseded: "",
	} {
		err := station.Origin{Source: "old", Disposition: d}.Refuse()
		no, _ := err.(*station.Refusal) // it gives no other
		if (err == nil) != (code == "") || code != "" && (no == nil || no.Finding.Code != code) {
			t.Errorf("%s: %v", d, err)
		}
	}
}

func TestASIMDoesNotEndBeforeItBegins(t *testing.T) {
	now := hour(10)
	at := func(n int) *time.Time {
		if n < 0 {
			return nil
		}
		to := hour(n)
		return &to
	}
	for _, c := range []struct {
		from, to int
		field    string
	}{
		{1, -1, ""}, {1, 2, ""}, {-1, 2, "from"}, {11, -1, "from"}, {2, 2, "to"}, {3, 2, "to"}, {1, 11, "to"},
	} {
		wrong := station.CheckSubscription(hour(c.from), at(c.to), now)
		if (len(wrong) == 0) != (c.field == "") || len(wrong) > 0 && wrong[0].Field != c.field {
			t.Errorf("%d to %d: %v", c.from, c.to, wrong)
		}
	}
}

func TestAUnitThatWasProvisionedHereIsOneOfOurs(t *testing.T) {
	quality := station.Person{ID: "q", Role: station.Quality}
	for _, c := range []struct{ own, imported, want station.Disposition }{
		{"", "", ""}, {station.Passed, "", station.Passed}, {"", station.Imported, station.Imported},
		{station.Passed, station.Superseded, station.Passed}, {station.Quarantined, station.Scrapped, station.Quarantined},
	} {
		if got := station.DispositionOf(c.own, c.imported); got != c.want {
			t.Errorf("%q and %q: %q, want %q", c.own, c.imported, got, c.want)
		}
	}
	leads := func(own, imported station.Disposition) map[station.Disposition]bool {
		to := map[station.Disposition]bool{}
		for _, m := range station.TransitionsOf(quality, own, imported) {
			to[m.To] = true
		}
		return to
	}
	if ours := leads(station.Quarantined, station.Quarantined); !ours[station.Passed] || ours[station.Imported] {
		t.Errorf("of ours: %v", ours)
	}
	if theirs := leads("", station.Quarantined); theirs[station.Passed] || !theirs[station.Imported] {
		t.Errorf("of another system's: %v", theirs)
	}
}
