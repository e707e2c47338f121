// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/incident"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/scope/scopetest"
	"bindery/station/stationtest"
)

// flagged brings in the flags of the set.
func flagged(t *testing.T, d *dhr.DHR) {
	t.Helper()
	var list []record.FlagRequest
	for i, r := range csvRows(t, "flags.csv") { // of dates after those of these tests
		list = append(list, record.FlagRequest{Serial: r["serial"], Flag: station.Flag(r["flag"]), Reason: r["reason"], Row: int64(i + 2)})
	}
	got, err := d.ImportFlags(t.Context(), "quality", record.SourceFile{Name: "flags.csv", Hash: strings.Repeat("0", 64)}, list)
	if err != nil || got.Added != len(list) {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestTheBookHasUnitsFromBeforeWithTheirFlags(t *testing.T) {
	d := oldWorld(t)
	flagged(t, d)
	flags := map[string][]string{}
	for _, r := range csvRows(t, "flags.csv") {
		flags[r["serial"]] = append(flags[r["serial"]], r["flag"])
	}
	b := bookOf(t, d)
	live := 0
	for _, r := range csvRows(t, "world.csv") {
		hasCard(t, b, reconcile.Card{ICCID: r["iccid"], Serial: r["serial"], Live: true, IMEI: r["imei"], IMEI2: r["imei2"], Flags: flags[r["serial"]]})
		live++
	}
	err := b.Live(t.Context(), "89", func(c reconcile.Card) error { live--; return nil })
	if err != nil || live != 0 {
		t.Errorf("%d SIMs more than are live, %v", -live, err)
	}
}

// hasCard checks that a book tells a SIM, and the device that it is in.
func hasCard(t *testing.T, b *dhr.ReconciliationBook, want reconcile.Card) {
	t.Helper()
	got, err := b.Cards(t.Context(), []string{want.ICCID})
	if err != nil || len(got) != 1 || !sameCard(got[0], want) {
		t.Fatalf("%+v, want %+v; %v", got, want, err)
	}
	devices, err := b.Devices(t.Context(), []string{want.IMEI[:14]})
	if err != nil || len(devices) != 1 || devices[0].Serial != want.Serial || devices[0].IMEI2 != want.IMEI2 {
		t.Fatalf("%s: %+v, %v", want.Serial, devices, err)
	}
}

func TestTheBookHasTheSIMsThatUnitsFromBeforeGaveUp(t *testing.T) {
	b := bookOf(t, oldWorld(t))
	for _, r := range csvRows(t, "history.csv") {
		if r["iccid"] == "" {
			continue
		}
		got, err := b.Cards(t.Context(), []string{r["iccid"]})
		if err != nil || len(got) != 1 || got[0].Serial != r["serial"] || got[0].Live != stillHas(t, r) {
			t.Errorf("%s: %+v, %v", r["serial"], got, err)
		}
	}
}

func sameCard(a, b reconcile.Card) bool {
	flags := slices.Equal(a.Flags, b.Flags) && (a.Flags == nil) == (b.Flags == nil)
	a.Flags, b.Flags = nil, nil
	return flags && a.ICCID == b.ICCID && a.Serial == b.Serial && a.Live == b.Live && a.IMEI == b.IMEI && a.IMEI2 == b.IMEI2
}

// stillHas reports whether a unit of the world has the SIM of a row of its
// history: where another part was given up.
func stillHas(t *testing.T, row map[string]string) bool {
	return slices.ContainsFunc(csvRows(t, "world.csv"), func(r map[string]string) bool { return r["serial"] == row["serial"] && r["iccid"] == row["iccid"] })
}

// swapped is a record of five units of ours, of which the SIM of the first was
// swapped for 21, then 22; that of the second taken out; that of the third swapped
// and then bound anew, with 33. The swaps are of the hours 1, 2…
func swapped(t *testing.T) (*dhr.DHR, time.Time) {
	t.Helper()
	clock := stationtest.NewClock()
	d := signingAt(t, clock)
	for n := 1; n <= 5; n++ {
		passesWith(t, d, n, n, n)
	}
	at := clock.Now()
	clock.Add(10 * time.Hour)
	end := at.Add(5 * time.Hour)
	list := record.SourceFile{Name: "portal.csv", Hash: strings.Repeat("a", 64), Source: "carrier"}
	var rows []record.Subscription
	for i, s := range []record.Subscription{
		{Serial: stationtest.Serial(1), ICCID: stationtest.ICCID(21), From: at.Add(time.Hour)},
		{Serial: stationtest.Serial(1), ICCID: stationtest.ICCID(22), From: at.Add(2 * time.Hour)},
		{Serial: stationtest.Serial(2), ICCID: stationtest.ICCID(23), From: at.Add(time.Hour), To: &end},
		{Serial: stationtest.Serial(3), ICCID: stationtest.ICCID(24), From: at.Add(time.Hour)},
	} {
		s.SaidBy, s.Reason, s.Row = "field", "no registration", int64(i+2)
		rows = append(rows, s)
	}
	got, err := d.ImportSubscriptions(t.Context(), "quality", list, rows)
	if err != nil || got.Added != 4 {
		t.Fatalf("%+v, %v", got, err)
	}
	reworked(t, d, 3)
	b := dhrtest.Bench(d, 3)
	r := stationtest.Reading(3)
	r.ICCID = stationtest.ICCID(33)
	b.DUT, b.Clock = stationtest.FakeDUT{Reading: r}, clock
	if res := dhrtest.Provision(t.Context(), b, stationtest.Serial(3)); res.Outcome != station.Pass {
		t.Fatalf("%s %v %v", res.Outcome, res.Findings, res.Fault)
	}
	return d, at
}

func TestTheBookHasTheSIMsThatWereSwappedInTheField(t *testing.T) {
	d, _ := swapped(t)
	b := bookOf(t, d)
	var sims []string
	for _, n := range []int{1, 2, 3, 4, 21, 22, 23, 24, 33} {
		sims = append(sims, stationtest.ICCID(n))
	}
	cards, err := b.Cards(t.Context(), sims)
	if err != nil || len(cards) != len(sims) {
		t.Fatalf("%+v, %v", cards, err)
	}
	want := map[string]int{stationtest.ICCID(4): 4, stationtest.ICCID(22): 1, stationtest.ICCID(33): 3}
	for _, c := range cards {
		n := want[c.ICCID]
		if c.Live != (n != 0) || n != 0 && (c.Serial != stationtest.Serial(n) || c.IMEI != stationtest.IMEI(n)) || c.Flags != nil {
			t.Errorf("%+v", c)
		}
	}
	want[stationtest.ICCID(5)] = 5
	err = b.Live(t.Context(), "89", func(c reconcile.Card) error {
		if n := want[c.ICCID]; n == 0 || c.Serial != stationtest.Serial(n) || c.IMEI != stationtest.IMEI(n) {
			t.Errorf("%+v", c)
		}
		delete(want, c.ICCID)
		return nil
	})
	if err != nil || len(want) != 0 {
		t.Errorf("not told: %v; %v", want, err)
	}
	dhrtest.Sound(t, d)
}

func TestASIMThatWasSwappedIsFoundWithTheTimeForWhichItWasIn(t *testing.T) {
	d, at := swapped(t)
	hour := func(tm *time.Time) string {
		if tm == nil {
			return ""
		}
		return fmt.Sprint(int(tm.Sub(at).Hours()))
	}
	for sim, want := range map[int]string{ // unit, whether it is live, hours, and the SIM that the unit shows
		1: "1 false 0-1 22", 21: "1 false 1-2 22", 22: "1 true 2- 22", 2: "2 false 0-1 0", 23: "2 false 1-5 0", 24: "3 false 1-10 33", 33: "3 true 10- 33",
		4: "4 true 0- 4",
	} {
		m, err := d.Find(t.Context(), stationtest.ICCID(sim))
		if err != nil || len(m.Units) != 1 {
			t.Fatalf("SIM %d: %+v, %v", sim, m, err)
		}
		u := m.Units[0]
		got := fmt.Sprintf("%d %t %s-%s %d", unitOf(u), u.Live, hour(u.From), hour(u.To), simOf(u))
		if got != want {
			t.Errorf("SIM %d: %s, want %s", sim, got, want)
		}
	}
	m, err := d.Find(t.Context(), stationtest.IMEI(1))
	if err != nil || len(m.Units) != 1 || !m.Units[0].Live || simOf(m.Units[0]) != 22 {
		t.Errorf("%+v, %v", m, err)
	}
}

// unitOf is the number of a unit that shows its own device, else 0.
func unitOf(m record.Match) int {
	for n := 1; n <= 5; n++ {
		if m.Serial == stationtest.Serial(n) && m.IMEI == stationtest.IMEI(n) {
			return n
		}
	}
	return 0
}

// simOf is the number of the SIM that a unit shows, 0 for none.
func simOf(m record.Match) int {
	for n := 1; n <= 40; n++ {
		if m.ICCID == stationtest.ICCID(n) {
			return n
		}
	}
	return 0
}

func TestAMomentHasTheSIMThatWasInTheDeviceThen(t *testing.T) {
	d, at := swapped(t)
	for hour, sim := range map[int]int{0: 1, 1: 21, 2: 22, 9: 22} {
		for _, text := range []string{stationtest.Serial(1), stationtest.ICCID(sim)} {
			m, err := d.FindAt(t.Context(), text, at.Add(time.Duration(hour)*time.Hour+time.Minute))
			if err != nil || len(m.Units) != 1 || unitOf(m.Units[0]) != 1 || simOf(m.Units[0]) != sim {
				t.Errorf("hour %d: %+v, %v", hour, m, err)
			}
		}
	}
	if m, err := d.FindAt(t.Context(), stationtest.ICCID(1), at.Add(3*time.Hour)); err != nil || len(m.Units) != 0 {
		t.Errorf("%+v, %v", m.Units, err)
	}
}

// The moments of the set, as the question box answers them.
func TestTheQuestionBoxSaysWhichUnitASIMWasInAtAMoment(t *testing.T) {
	d := oldWorld(t)
	var set struct {
		Moments []struct {
			SIM, Serial, ICCID string
			Unit               *string
			At                 time.Time
		}
	}
	stationtest.NoError(t, json.Unmarshal(fileOf(t, "scopes.json"), &set))
	for i, m := range set.Moments {
		text := m.SIM
		if text == "" {
			text = m.Serial
		}
		got, err := d.FindAt(t.Context(), text, m.At)
		none := m.SIM != "" && m.Unit == nil
		if err != nil || none != (len(got.Units) == 0) || !none && len(got.Units) != 1 {
			t.Errorf("moment %d: %+v, %v", i, got.Units, err)
		} else if m.Unit != nil && got.Units[0].Serial != *m.Unit || m.ICCID != "" && got.Units[0].ICCID != m.ICCID {
			t.Errorf("moment %d: %+v", i, got.Units)
		}
	}
}

// inScope are the units of a scope in a record.
func inScope(t *testing.T, d *dhr.DHR, text string) (list []string) {
	t.Helper()
	e, err := scope.Parse(text)
	stationtest.NoError(t, err)
	stationtest.NoError(t, incident.Units(t.Context(), d.Reader(), e, time.UTC, func(serial string) { list = append(list, serial) }))
	n, err := incident.Count(t.Context(), d.Reader(), e, time.UTC)
	if err != nil || n != len(list) {
		t.Errorf("%s: counted %d, listed %d; %v", text, n, len(list), err)
	}
	return list
}

// The scopes of the set, and flags and dispositions, over units from before the
// record: held against [scopetest.Match].
func TestAScopeHasUnitsFromBeforeTheRecord(t *testing.T) {
	d := oldWorld(t)
	flagged(t, d)
	facts := worldFacts(t)
	var set struct {
		Scopes []struct {
			ID    string
			Scope json.RawMessage
			Count int
		}
	}
	stationtest.NoError(t, json.Unmarshal(fileOf(t, "scopes.json"), &set))
	if len(set.Scopes) != 8 {
		t.Fatalf("%d scopes", len(set.Scopes))
	}
	for _, s := range set.Scopes {
		e, err := scope.ParseJSON(s.Scope)
		stationtest.NoError(t, err)
		if n, err := incident.Count(t.Context(), d.Reader(), e, time.UTC); err != nil || n != s.Count {
			t.Errorf("%s: %d, want %d; %v", s.ID, n, s.Count, err)
		}
	}
	for _, text := range []string{
		"flag:stolen", "not flag:stolen", "flag:lost", "disposition:imported", "disposition:passed", "issuer:8999911300", "not issuer:8999911300", "made:2026-01-05",
		"made<2026-01-06 and module:BG95-M3", "layout:device", "not program:1", "maker:Quectel or lot:A260001", "ref:CL-4G-01 and not station:line-1",
	} {
		e, err := scope.Parse(text)
		stationtest.NoError(t, err)
		var want []string
		for _, u := range facts {
			if scopetest.Match(e, u, time.UTC) {
				want = append(want, u.Serial)
			}
		}
		if got := inScope(t, d, text); !slices.Equal(got, want) {
			t.Errorf("%s: %d units, want %d", text, len(got), len(want))
		}
	}
}

// worldFacts are the units of the set as a list brings them in.
func worldFacts(t *testing.T) (list []scopetest.UnitFacts) {
	t.Helper()
	flags := map[string][]string{}
	for _, r := range csvRows(t, "flags.csv") {
		flags[r["serial"]] = append(flags[r["serial"]], r["flag"])
	}
	for _, r := range csvRows(t, "world.csv") {
		made, err := time.Parse(time.RFC3339, r["bound_at"])
		stationtest.NoError(t, err)
		u := scopetest.UnitFacts{
			Serial: r["serial"], IMEIs: []string{r["imei"]}, ICCID: r["iccid"], IMSI: r["imsi"], EID: r["eid"], Maker: r["maker"], Module: r["module"],
			Firmware: r["firmware"], REF: r["ref"], Lot: r["lot"], Order: r["order"], Station: r["station"], Operator: r["operator"],
			Disposition: string(station.Imported), Made: made, Flags: flags[r["serial"]],
		}
		if r["imei2"] != "" {
			u.IMEIs = append(u.IMEIs, r["imei2"])
		}
		list = append(list, u)
	}
	return list
}

func TestAScopeGoesByTheSIMThatIsInAUnitNow(t *testing.T) {
	d, _ := swapped(t)
	for text, want := range map[string][]int{
		"issuer:" + stationtest.ICCID(1)[:17]:  {4, 5},
		"issuer:" + stationtest.ICCID(21)[:17]: {1},
		"issuer:" + stationtest.ICCID(33)[:17]: {3},
		"issuer:8988":                          {1, 3, 4, 5},
	} {
		var serials []string
		for _, n := range want {
			serials = append(serials, stationtest.Serial(n))
		}
		if got := inScope(t, d, text); !slices.Equal(got, serials) {
			t.Errorf("%s: %q, want %q", text, got, serials)
		}
	}
	e := scope.ListExpr{Items: []string{stationtest.ICCID(1), stationtest.ICCID(22), stationtest.ICCID(24), stationtest.ICCID(4)}}
	n, err := incident.Count(t.Context(), d.Reader(), e, time.UTC)
	if err != nil || n != 2 {
		t.Errorf("%d units, %v", n, err)
	}
}

// A unit from before that a station has bound since counts once, as what it is now.
func TestAUnitFromBeforeThatWasBoundSinceCountsOnce(t *testing.T) {
	d := beforeUs(t, 1)
	if got := inScope(t, d, "disposition:imported"); len(got) != 1 {
		t.Errorf("%q", got)
	}
	dhrtest.Succeeds(t)(d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(1), To: station.Superseded, By: "lead", Reason: "read again"}))
	if got := inScope(t, d, "disposition:superseded"); len(got) != 1 {
		t.Errorf("%q", got)
	}
	passesWith(t, d, 1, 1, 1)
	for text, want := range map[string]int{"disposition:superseded": 0, "disposition:passed": 1, "tac:" + stationtest.TAC: 1, "not tac:98000042": 1} {
		if got := inScope(t, d, text); len(got) != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	held, err := d.SIMAt(t.Context(), stationtest.Serial(1), stationtest.Start.Add(24*time.Hour))
	if err != nil || len(held) != 1 || held[0].ICCID.Full() != stationtest.ICCID(1) || !strings.HasPrefix(held[0].Origin, "binding") {
		t.Errorf("%+v, %v", held, err)
	}
}

// A list of a carrier is of one day: the SIM that a unit gave up in the field is
// superseded in it, the one that it was given is a match, whether by import or by a
// rework, and one that was taken out is missing from no list.
func TestAListOfACarrierIsHeldAgainstTheSIMsThatWereSwapped(t *testing.T) {
	d, _ := swapped(t)
	sims := []struct {
		sim, imei int
		class     reconcile.Class
		unit      int
	}{
		{1, 1, reconcile.Superseded, 1}, {21, 1, reconcile.Superseded, 1}, {22, 1, reconcile.Match, 1}, // swapped twice
		{2, 2, reconcile.Superseded, 2}, {23, 2, reconcile.Superseded, 2}, // and then taken out
		{3, 3, reconcile.Superseded, 3}, {24, 3, reconcile.Superseded, 3}, {33, 3, reconcile.Match, 3}, // swapped, then reworked
		{4, 4, reconcile.Match, 4}, {5, 1, reconcile.IMEIDiffers, 5}, {40, 9, reconcile.Unknown, 0},
	}
	for _, s := range sims { // each on the list of its own day, where no other SIM stands with the device
		got, sum := reconciled(t, d, [2]int{s.sim, s.imei})
		serial := ""
		if s.unit != 0 {
			serial = stationtest.Serial(s.unit)
		}
		if len(got) != 1 || got[0].Class != s.class || got[0].Serial != serial {
			t.Errorf("SIM %d in device %d: %+v, want %s of unit %d", s.sim, s.imei, got, s.class, s.unit)
		}
		live := map[int]bool{22: true, 33: true, 4: true, 5: true}
		want := len(live)
		if live[s.sim] {
			want--
		}
		if sum.Missing != want {
			t.Errorf("beside SIM %d: %d missing, want %d", s.sim, sum.Missing, want)
		}
	}
	// The old and the new SIM on one list: the device stands with two.
	got, _ := reconciled(t, d, [2]int{1, 1}, [2]int{22, 1})
	if len(got) != 2 || got[0].Class != reconcile.DeviceTwoSIMs || !slices.Contains(got[0].Labels, reconcile.Superseded) || got[1].Class != reconcile.DeviceTwoSIMs ||
		slices.Contains(got[1].Labels, reconcile.Superseded) || got[1].Serial != stationtest.Serial(1) {
		t.Errorf("%+v", got)
	}
}

// reconciled holds a list of SIMs and the devices that they are in against a record.
func reconciled(t *testing.T, d *dhr.DHR, rows ...[2]int) (list []reconcile.ClassifiedRow, sum reconcile.Summary) {
	t.Helper()
	text := "ICCID,IMEI,SIM Status\n"
	for _, r := range rows {
		text += stationtest.ICCID(r[0]) + "," + stationtest.IMEI(r[1]) + ",Activated\n"
	}
	f, err := reconcile.Open("list.csv", strings.NewReader(text), int64(len(text)))
	stationtest.NoError(t, err)
	b, err := d.Book(t.Context())
	stationtest.NoError(t, err)
	defer func() { stationtest.NoError(t, b.Close()) }() // each holds a connection
	sum, err = f.Run(t.Context(), b, reconcile.Options{
		Issuer: "8988", Missing: func(reconcile.Card) error { return nil },
		Row: func(r reconcile.ClassifiedRow) error { list = append(list, r); return nil },
	})
	stationtest.NoError(t, err)
	return list, sum
}
