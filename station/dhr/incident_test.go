// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/verify"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// csvRows reads a table of the shared incident set.
func csvRows(t testing.TB, name string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(string(fileOf(t, name)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		all = append(all, row)
	}
	return all
}

func asError[T error](err error, into *T) bool { return errors.As(err, into) }

// beforeUs is a record whose n-th unit, and no other, is from before it.
func beforeUs(t *testing.T, n int) *dhr.DHR {
	t.Helper()
	d := signing(t)
	text := fmt.Sprintf("serial,imei,iccid\n%s,%s,%s\n", stationtest.Serial(n), stationtest.IMEI(n), stationtest.ICCID(n))
	accepted(t, d, dhrtest.ListOf(station.UnitList, "old.csv", []byte(text)))
	return d
}

func TestAUnitFromBeforeIsProvisionedOnceSomebodyGaveUpWhatTheListSays(t *testing.T) {
	d := beforeUs(t, 1)
	ctx := t.Context()
	ends(t, d, 1, station.Fail, station.UnitImported)
	give := record.MoveRequest{Serial: stationtest.Serial(1), To: station.Superseded, By: "operator", Reason: "read again"}
	_, err := d.Move(ctx, give)
	if refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	give.By = "lead"
	dhrtest.Succeeds(t)(d.Move(ctx, give))
	ends(t, d, 1, station.Pass, "", "right")
	u, err := d.Show(ctx, stationtest.Serial(1))
	if err != nil || u.Disposition != station.Passed || u.Imported.Disposition != station.Superseded || u.Imported.Bindings[0].Live || u.Imported.By != "lead" {
		t.Errorf("%+v, %v", u.Imported, err)
	}
	if p, err := verify.Unit(ctx, d.Reader(), stationtest.Serial(1)); err != nil || !p.OK {
		t.Errorf("%+v, %v", p, err)
	}
	dhrtest.Sound(t, d)
}

func TestWhatAUnitFromBeforeHoldsIsRefusedToAnyOther(t *testing.T) {
	d := beforeUs(t, 1)
	for _, c := range []struct {
		code station.Code
		edit func(*station.Reading)
	}{
		{station.IMEIInUse, func(r *station.Reading) { r.IMEI = stationtest.IMEI(1) }},
		{station.ICCIDInUse, func(r *station.Reading) { r.ICCID = stationtest.ICCID(1) }},
	} {
		r := stationtest.Reading(2)
		c.edit(&r)
		b := dhrtest.Bench(d, 2)
		b.DUT = stationtest.FakeDUT{Reading: r}
		got, _ := dhrtest.Try(t, b, stationtest.Serial(2))
		if f := (station.Verdict{Findings: got.Findings}).First(); got.Outcome != station.Fail || f.Code != c.code {
			t.Errorf("%s: %s %+v", c.code, got.Outcome, f)
		}
		open, err := d.OpenAlarms(t.Context(), stationtest.Serial(2))
		if err != nil || len(open) == 0 || open[len(open)-1].Code != c.code {
			t.Errorf("%s: alarms %+v, %v", c.code, open, err)
		}
		for _, a := range open {
			dhrtest.Succeeds(t)(d.CloseAlarm(t.Context(), a.ID, "quality", "tried out"))
		}
		// Whoever asks the record itself is refused by it.
		a := station.Attempt{Order: "WO-1", Serial: stationtest.Serial(3), By: "operator", Started: stationtest.Start, Reading: r}
		_, err = d.Bind(t.Context(), a, station.Binding{
			Serial: a.Serial, IMEI: identity.IMEI(r.IMEI), ICCID: identity.ICCID(r.ICCID), Allocation: 1, At: a.Started, By: a.By,
		})
		if refused(t, err) != c.code {
			t.Errorf("bound: %v", err)
		}
	}
	dhrtest.Sound(t, d)
}

func TestAUnitFromBeforeIsQuarantinedAndScrappedAndNeverReleased(t *testing.T) {
	d := beforeUs(t, 1)
	move := func(to station.Disposition, by, second string) error {
		_, err := d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(1), To: to, By: by, Second: second, Reason: "x"})
		return err
	}
	for _, to := range []station.Disposition{station.Released, station.Passed, station.Reworked, station.LeftOut} {
		if refused(t, move(to, "quality", "q2")) != station.MoveNotAllowed {
			t.Errorf("it is %s", to)
		}
	}
	if refused(t, move(station.Quarantined, "lead", "")) != station.PersonNotAllowed {
		t.Error("a lead has quarantined it")
	}
	if err := move(station.Quarantined, "quality", ""); err != nil {
		t.Fatal(err)
	}
	ends(t, d, 1, station.Fail, station.UnitQuarantined)
	if refused(t, move(station.Scrapped, "quality", "")) != station.PersonNotAllowed {
		t.Error("one person has scrapped it")
	}
	if err := move(station.Scrapped, "quality", "q2"); err != nil {
		t.Fatal(err)
	}
	ends(t, d, 1, station.Fail, station.UnitScrapped)
	dhrtest.Sound(t, d)
}

func TestAFlaggedUnitIsStoppedWhereverItTurnsUp(t *testing.T) {
	d := signing(t)
	ctx := t.Context()
	ends(t, d, 1, station.Pass, "", "right")
	stolen := record.FlagRequest{Serial: stationtest.Serial(1), Flag: station.FlagStolen, Reason: "case 7"}
	_, err := d.Flag(ctx, "operator", stolen)
	if refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	dhrtest.Succeeds(t)(d.Flag(ctx, "lead", stolen))
	ends(t, d, 1, station.Fail, station.UnitFlagged)
	b := dhrtest.Bench(d, 1) // its module in another housing
	got, _ := dhrtest.Try(t, b, stationtest.Serial(2))
	codes := fmt.Sprint(got.Findings)
	if got.Outcome != station.Fail || !strings.Contains(codes, string(station.IdentityFlagged)) || !strings.Contains(codes, string(station.IMEIInUse)) {
		t.Errorf("%s %v", got.Outcome, got.Findings)
	}
	for _, serial := range []string{stationtest.Serial(1), stationtest.Serial(2)} {
		open, err := d.OpenAlarms(ctx, serial)
		if err != nil || len(open) != 1 {
			t.Errorf("%s: alarms %+v, %v", serial, open, err)
		}
	}
	isShownAsStolen(t, d, stationtest.Serial(1))
	_, err = d.Unflag(ctx, "lead", stationtest.Serial(1), station.FlagStolen, "found")
	if refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	dhrtest.Succeeds(t)(d.Unflag(ctx, "quality", stationtest.Serial(1), station.FlagStolen, "found"))
	if list, err := d.Flags(ctx); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	dhrtest.Sound(t, d)
}

// isShownAsStolen checks what is shown of a unit, and found of it, for its flag.
func isShownAsStolen(t *testing.T, d *dhr.DHR, serial string) {
	t.Helper()
	u, err := d.Show(t.Context(), serial)
	if err != nil || len(u.Flags) != 1 || u.Flags[0].Flag != station.FlagStolen || u.Flags[0].Ended != nil {
		t.Errorf("%+v, %v", u.Flags, err)
	}
	if m, err := d.Find(t.Context(), serial); err != nil || len(m.Units) != 1 || len(m.Units[0].Flags) != 1 || m.Units[0].Flags[0] != station.FlagStolen {
		t.Errorf("found %+v, %v", m, err)
	}
}

func TestAListOfFlagsIsTakenWholeOrNotAtAll(t *testing.T) {
	d := oldWorld(t)
	var flags []record.FlagRequest
	for i, r := range csvRows(t, "flags.csv") {
		since, err := time.Parse(time.RFC3339, r["since"])
		if err != nil {
			t.Fatal(err)
		}
		flags = append(flags, record.FlagRequest{Serial: r["serial"], Flag: station.Flag(r["flag"]), Since: since.AddDate(-1, 0, 0), SaidBy: r["by"], Reason: r["reason"], Row: int64(i + 2)})
	}
	list := record.SourceFile{Name: "flags.csv", Hash: strings.Repeat("0", 64)}
	bad, err := d.ImportFlags(t.Context(), "quality", list, append(flags, record.FlagRequest{Serial: "nobody", Flag: station.FlagLost, Reason: "x"}))
	if err != nil || len(bad.Errors) != 1 || bad.Added != 0 {
		t.Fatalf("%+v, %v", bad, err)
	}
	for _, want := range []int{len(flags), 0} { // the second time there is nothing new
		got, err := d.ImportFlags(t.Context(), "quality", list, flags)
		if err != nil || len(got.Errors) > 0 || got.Added != want {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	r := csvRows(t, "world.csv")[13] // CL-0000014
	held, err := d.FlaggedUnits(t.Context(), station.Reading{ICCID: r["iccid"]})
	if err != nil || len(held) != 1 || held[0].Serial != "CL-0000014" || held[0].Flag != station.FlagStolen {
		t.Errorf("%+v, %v", held, err)
	}
	dhrtest.Sound(t, d)
}

func TestASwapInTheFieldKeepsWhatWasBefore(t *testing.T) {
	d := signingAt(t, stationtest.NewClockAt(stationtest.Start.Add(5*time.Hour)))
	ctx := t.Context()
	ends(t, d, 1, station.Pass, "", "right")
	ends(t, d, 2, station.Pass, "", "right")
	list := record.SourceFile{Name: "portal.csv", Hash: strings.Repeat("a", 64), Source: "carrier"}
	at := stationtest.Start.Add(time.Hour)
	swap := func(n, sim int, from time.Time) record.Import {
		t.Helper()
		got, err := d.ImportSubscriptions(ctx, "quality", list, []record.Subscription{
			{Serial: stationtest.Serial(n), ICCID: stationtest.ICCID(sim), From: from, SaidBy: "field", Reason: "no registration", Row: 2},
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := swap(1, 2, at); len(got.Errors) != 1 {
		t.Errorf("a SIM that another unit has was taken: %+v", got)
	}
	for i, sim := range []int{21, 22} {
		if got := swap(1, sim, at.Add(time.Duration(i)*time.Hour)); got.Added != 1 {
			t.Fatalf("%+v", got)
		}
	}
	for when, sim := range map[time.Duration]int{-time.Minute: 1, 0: 21, 59 * time.Minute: 21, time.Hour: 22, 2 * time.Hour: 22} {
		got, err := d.SIMAt(ctx, stationtest.Serial(1), at.Add(when))
		if err != nil || len(got) != 1 || got[0].ICCID.Full() != stationtest.ICCID(sim) {
			t.Errorf("%s: %+v, %v", when, got, err)
		}
	}
	b := dhrtest.Bench(d, 3)
	r := stationtest.Reading(3)
	r.ICCID = stationtest.ICCID(22)
	b.DUT = stationtest.FakeDUT{Reading: r}
	if got, _ := dhrtest.Try(t, b, stationtest.Serial(3)); (station.Verdict{Findings: got.Findings}).First().Code != station.ICCIDInUse {
		t.Errorf("%v", got.Findings)
	}
	dhrtest.Sound(t, d)
}
