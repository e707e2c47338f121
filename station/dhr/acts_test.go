// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestMovesAskForTheRightPeopleAndReasons(t *testing.T) {
	d := dhrtest.Passed(t, 1)
	people := append(stationtest.People(), station.Person{ID: "quality2", Name: "Q2", Badge: "B-quality2", Role: station.Quality})
	dhrtest.Imported(t, "people", func() (record.Import, error) { return d.ImportPeople(t.Context(), "admin", people) })
	serial := stationtest.Serial(0)
	for _, c := range []struct {
		name string
		m    record.MoveRequest
		want station.Code // "" when it is done
	}{
		{"nobody", record.MoveRequest{To: station.Quarantined, Reason: "x"}, station.PersonUnknown},
		{"an auditor", record.MoveRequest{To: station.Quarantined, By: "auditor", Reason: "x"}, station.PersonNotAllowed},
		{"no reason", record.MoveRequest{To: station.Quarantined, By: "lead", Reason: " "}, station.ReasonMissing},
		{"a move that there is not", record.MoveRequest{To: station.Scrapped, By: "quality", Second: "quality2", Reason: "x"}, station.MoveNotAllowed},
		{"a release without signature", record.MoveRequest{To: station.Released, By: "quality", Reason: "x"}, station.MoveNotAllowed},
		{"into quarantine", record.MoveRequest{To: station.Quarantined, By: "operator", Reason: "dropped"}, ""},
		{"to scrap without a second person", record.MoveRequest{To: station.Scrapped, By: "quality", Reason: "x"}, station.PersonNotAllowed},
		{"to scrap with oneself as second", record.MoveRequest{To: station.Scrapped, By: "quality", Second: "quality", Reason: "x"}, station.PersonNotAllowed},
		{"to scrap with an operator as second", record.MoveRequest{To: station.Scrapped, By: "quality", Second: "operator", Reason: "x"}, station.PersonNotAllowed},
		{"out of quarantine", record.MoveRequest{To: station.Passed, By: "quality", Second: "quality2", Reason: "only scratched"}, ""},
		{"to rework", record.MoveRequest{To: station.Reworked, By: "lead", Second: "quality", Reason: "new module"}, ""},
		{"past the line", record.MoveRequest{To: station.Passed, By: "quality", Second: "quality2", Reason: "x"}, station.MoveNotAllowed},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.m.Serial = serial
			_, err := d.Move(t.Context(), c.m)
			if c.want == "" && err != nil {
				t.Fatal(err)
			}
			if c.want != "" {
				if code := refused(t, err); code != c.want {
					t.Errorf("%s, want %s", code, c.want)
				}
			}
		})
	}
	dhrtest.Sound(t, d)
}

func TestAUnitThatIsStoppedAtTheScanBackDoesNotPass(t *testing.T) {
	d := dhrtest.Factory(t)
	serial := stationtest.Serial(1)
	scan, watch := stationtest.Scans()
	stopped := func(ctx context.Context, wrong int) (station.ScanAnswer, error) {
		if _, err := d.Move(ctx, record.MoveRequest{Serial: serial, To: station.Quarantined, By: "lead", Reason: "dropped"}); err != nil {
			t.Error(err)
		}
		return scan(ctx, wrong)
	}
	r := dhrtest.Bench(d, 1).Provision(t.Context(), station.Job{Order: "WO-1", Serial: serial, By: "operator"}, stopped, watch)
	if r.Outcome != station.Fail {
		t.Errorf("%s, %v", r.Outcome, r.Fault)
	}
	if u, err := d.Unit(t.Context(), serial); err != nil || u.Disposition != station.Quarantined {
		t.Errorf("%s, %v", u.Disposition, err)
	}
	dhrtest.Sound(t, d)
}

func TestAReworkedUnitIsBoundAgainAndItsOldBindingStays(t *testing.T) {
	d := dhrtest.Passed(t, 1)
	serial := stationtest.Serial(0)
	_, err := d.Move(t.Context(), record.MoveRequest{Serial: serial, To: station.Reworked, By: "lead", Second: "quality", Reason: "new module"})
	stationtest.NoError(t, err)
	dhrtest.Passes(t, dhrtest.Bench(d, 5), serial)
	rec, err := d.Show(t.Context(), serial)
	stationtest.NoError(t, err)
	isBoundAgain(t, rec)
	// The old IMEI leads to the unit still, and may be bound again.
	f, err := d.Find(t.Context(), stationtest.IMEI(0))
	if err != nil || len(f.Units) != 1 {
		t.Fatalf("%+v, %v", f, err)
	}
	if u := f.Units[0]; u.IMEI != stationtest.IMEI(5) || u.Binding != 1 || u.Live || u.To == nil || !u.To.After(*u.From) {
		t.Errorf("%+v", f)
	}
	momentsOf(t, d, rec)
	dhrtest.Passes(t, dhrtest.Bench(d, 0), stationtest.Serial(1))
	accounts, err := d.AllocationUsage(t.Context())
	// Number 0 was bound to two serials in its time, and 1 to 4 were left out.
	if err != nil || accounts[0].AllocationUsage != (station.AllocationUsage{Used: 2, Gaps: 4, Twice: 1}) || accounts[0].Free != 99998 {
		t.Errorf("%+v, %v", accounts, err)
	}
	dhrtest.Sound(t, d)
}

// isBoundAgain checks what the record of a unit says after its rework.
func isBoundAgain(t *testing.T, rec record.UnitView) {
	t.Helper()
	if len(rec.Bindings) != 2 || !rec.Bindings[0].Superseded || rec.Bindings[1].Superseded || rec.Bindings[1].IMEI != stationtest.IMEI(5) {
		t.Errorf("bindings %+v", rec.Bindings)
	}
	if len(rec.Prints) != 2 || rec.Prints[0].State != station.PrintVoid || rec.Prints[1].State != station.PrintVerified {
		t.Errorf("prints %+v", rec.Prints)
	}
	if len(rec.Moves) != 1 || rec.Moves[0].Second != "quality" || rec.Disposition != station.Passed {
		t.Errorf("moves %+v, %s", rec.Moves, rec.Disposition)
	}
}

// The tables know the moves by themselves; both lists must be the same.
func TestTheDatabaseAllowsTheMovesOfTheDomainAndNoOthers(t *testing.T) {
	d := dhrtest.Passed(t, 1)
	path := d.Path()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	all := []station.Disposition{
		station.InProcess, station.Passed, station.Quarantined, station.Reworked, station.Scrapped, station.Released,
	}
	guard := storetest.Column(t, db, "SELECT sql FROM sqlite_schema WHERE name = 'units_moves'")[0]
	for _, from := range all {
		for _, to := range all {
			storetest.Exec(t, db, "DROP TRIGGER IF EXISTS units_moves")
			storetest.Exec(t, db, "UPDATE units SET disposition = '"+string(from)+"'")
			storetest.Exec(t, db, guard)
			_, err := db.Exec("UPDATE units SET disposition = '" + string(to) + "'")
			if _, ok := station.TransitionTo(from, to); from != to && ok != (err == nil) {
				t.Errorf("%s to %s: the domain says %v, the database %v", from, to, ok, err)
			}
		}
	}
}

func TestAClosedOrderTakesOnlyUnitsOfItsOwnThatWereReworked(t *testing.T) {
	d := dhrtest.Passed(t, 2)
	ctx := t.Context()
	if _, err := d.CloseOrder(ctx, "WO-1", "lead", "short: 2 of 20"); err != nil {
		t.Fatal(err)
	}
	reworked := func(n int) {
		if o, err := d.Order(ctx, "WO-1"); err != nil || o.Reworked != n {
			t.Fatalf("%d units in rework, want %d: %v", o.Reworked, n, err)
		}
	}
	back := stationtest.Serial(0)
	if _, err := d.Move(ctx, record.MoveRequest{Serial: back, To: station.Reworked, By: "lead", Second: "quality", Reason: "returned"}); err != nil {
		t.Fatal(err)
	}
	reworked(1)
	if r := dhrtest.Provision(ctx, dhrtest.Bench(d, 7), back); r.Outcome != station.Pass {
		t.Fatal(r.Outcome, r.Findings, r.Fault)
	}
	reworked(0)
	for _, serial := range []string{back, stationtest.Serial(5)} {
		if r := dhrtest.Provision(ctx, dhrtest.Bench(d, 5), serial); r.Outcome != station.Fail || r.Findings[0].Code != station.OrderClosed {
			t.Error(serial, r.Outcome, r.Findings)
		}
	}
	// The order may be closed between the scan of a new serial and its binding.
	a := station.Attempt{Order: "WO-1", Serial: stationtest.Serial(5), By: "operator", Station: "bench-1"}
	if _, err := d.Bind(ctx, a, station.Binding{Serial: a.Serial}); refused(t, err) != station.OrderClosed {
		t.Error(err)
	}
	dhrtest.Sound(t, d)
}

func TestAnOrderClosesAndALotIsReleasedOnlyWhenAllIsAccountedFor(t *testing.T) {
	d := dhrtest.Passed(t, 3)
	ctx := t.Context()
	stationtest.NoError(t, d.SetSecret(ctx, "quality", "quality", station.Password, dhrtest.Password))
	closeIt := func(by string) error { _, err := d.CloseOrder(ctx, "WO-1", by, "short: 3 of 20"); return err }

	_, err := d.ReleaseLot(ctx, qualityApproves, "L2603")
	isRefused(t, "an open order", err, station.LotNotReady)
	isRefused(t, "an operator", closeIt("operator"), station.PersonNotAllowed)
	_, err = d.Move(ctx, record.MoveRequest{Serial: stationtest.Serial(2), To: station.Quarantined, By: "operator", Reason: "dropped"})
	stationtest.NoError(t, err)
	isRefused(t, "a unit in quarantine", closeIt("lead"), station.OrderNotReady)
	_, err = d.Move(ctx, record.MoveRequest{Serial: stationtest.Serial(2), To: station.Reworked, By: "lead", Second: "quality", Reason: "x"})
	stationtest.NoError(t, err)
	approve(t, d)
	dhrtest.Passes(t, dhrtest.Bench(d, 2), stationtest.Serial(2))
	stationtest.NoError(t, closeIt("lead"))
	noOtherSignatureReleases(t, d)
	_, err = d.ReleaseLot(ctx, qualityApproves, "L2603")
	stationtest.NoError(t, err)
	c, err := d.Counts(ctx, "WO-1")
	if err != nil || c.Released != 3 || c.Built != 3 || c.Planned != 20 || !c.Closed {
		t.Errorf("%+v, %v", c, err)
	}
	rec, err := d.Show(ctx, stationtest.Serial(0))
	if err != nil || len(rec.Signatures) != 2 || rec.Signatures[1].Name != "The quality" || rec.Moves[0].Signature != rec.Signatures[1].ID {
		t.Errorf("%+v, %v", rec.Signatures, err)
	}
	if r := dhrtest.Provision(ctx, dhrtest.Bench(d, 0), stationtest.Serial(0)); r.Outcome != station.Fail {
		t.Error("a released unit was provisioned again")
	}
	dhrtest.Sound(t, d)
}

var qualityApproves = record.Signing{Badge: "B-quality", Password: dhrtest.Password, Meaning: station.Approval}

// noOtherSignatureReleases tries a wrong password and each other meaning on a
// lot that is ready.
func noOtherSignatureReleases(t *testing.T, d *dhr.DHR) {
	t.Helper()
	release := func(change func(*record.Signing)) error {
		_, err := d.ReleaseLot(t.Context(), with(qualityApproves, change), "L2603")
		return err
	}
	isRefused(t, "a wrong password", release(func(s *record.Signing) { s.Password = "not the password" }), station.SignInWrong)
	for _, meaning := range []station.Meaning{station.Authorship, station.Review, station.Responsibility, "agreement", ""} {
		isRefused(t, fmt.Sprintf("released by %q", meaning), release(func(s *record.Signing) { s.Meaning = meaning }), station.MeaningWrong)
	}
	if list, err := d.Signatures(t.Context(), "lot:L2603"); err != nil || len(list) != 0 {
		t.Errorf("refused and yet signed: %+v, %v", list, err)
	}
}

func TestAProductIsApprovedBySomebodyElse(t *testing.T) {
	d := dhrtest.Factory(t) // the product was brought in by "quality"
	ctx := t.Context()
	dhrtest.Imported(t, "people", func() (record.Import, error) {
		return d.ImportPeople(ctx, "admin", []station.Person{{ID: "q2", Name: "Second Quality", Badge: "B-q2", Role: station.Quality}})
	})
	for _, id := range []string{"quality", "q2"} {
		if err := d.SetSecret(ctx, id, id, station.Password, dhrtest.Password); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.ApproveProduct(ctx, record.Signing{Badge: "B-quality", Password: dhrtest.Password, Meaning: station.Approval}, "CL-100", 1); refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	if _, err := d.ApproveProduct(ctx, record.Signing{Badge: "B-q2", Password: dhrtest.Password, Meaning: station.Approval}, "CL-100", 1); err != nil {
		t.Fatal(err)
	}
	if ok, err := d.Approved(ctx, "CL-100", 1); !ok || err != nil {
		t.Error(ok, err)
	}
	if ok, err := d.Approved(ctx, "CL-100", 2); ok || err != nil {
		t.Error(ok, err)
	}
	dhrtest.Sound(t, d)
}

func TestFiveWrongPINsLockAnAccountUntilAnAdminUnlocksIt(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx := t.Context()
	if err := d.SetSecret(ctx, "operator", "operator", station.PIN, "482915"); err != nil {
		t.Fatal(err)
	}
	in := func(pin string) error { _, err := d.SignIn(ctx, "B-operator", station.PIN, pin); return err }
	if err := in("482915"); err != nil {
		t.Fatal(err)
	}
	for n := range station.WrongTries {
		want := station.SignInWrong
		if n == station.WrongTries-1 {
			want = station.AccountLocked // the last says so at once
		}
		if code := refused(t, in("000000")); code != want {
			t.Fatal(n, code)
		}
	}
	if code := refused(t, in("482915")); code != station.AccountLocked {
		t.Errorf("the right PIN after five wrong ones: %s", code)
	}
	alarms, err := d.Alarms(ctx)
	if err != nil || len(alarms) != 1 || alarms[0].Code != station.AccountLocked {
		t.Fatalf("%+v, %v", alarms, err)
	}
	if _, err := d.CloseAlarm(ctx, alarms[0].ID, "quality", "known to me"); refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	if _, err := d.CloseAlarm(ctx, alarms[0].ID, "admin", "known to me"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.CloseAlarm(ctx, alarms[0].ID, "admin", "known to me"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("closed twice: %v", err)
	}
	if code := refused(t, in("000000")); code != station.SignInWrong {
		t.Errorf("one wrong PIN after it was unlocked: %s", code)
	}
	if err := in("482915"); err != nil {
		t.Error(err)
	}
	dhrtest.Sound(t, d)
}

func TestSecretsAreNotEasyNotOldAndNotInLeaves(t *testing.T) {
	clock := stationtest.NewClock()
	d := dhrtest.Open(t, filepath.Join(t.TempDir(), "dhr.db"), clock)
	ctx := t.Context()
	admin := station.Person{ID: "anna", Name: "Anna", Badge: "B-1"}
	isRefused(t, "a short password", d.SetUp(ctx, admin, "short"), station.SecretWeak)
	err := d.SetUp(ctx, with(admin, func(p *station.Person) { p.Badge = "B-1\u200b" }), dhrtest.Password)
	isRefused(t, "a badge with a letter that nobody sees", err, station.PersonMalformed)
	stationtest.NoError(t, d.SetUp(ctx, admin, dhrtest.Password))
	_, err = d.ChangePerson(ctx, "anna", with(admin, func(p *station.Person) { p.Name, p.Role = "An\x1bna", station.Admin }), "married")
	isRefused(t, "a name with a control character", err, station.PersonMalformed)
	isRefused(t, "a second set-up", d.SetUp(ctx, station.Person{ID: "eve", Name: "Eve", Badge: "B-2"}, dhrtest.Password), station.PersonNotAllowed)
	for _, pin := range []string{"", "12345", "111111", "12345a"} {
		isRefused(t, "PIN "+pin, d.SetSecret(ctx, "anna", "anna", station.PIN, pin), station.SecretWeak)
	}
	if p, err := d.SignIn(ctx, "B-1", station.Password, dhrtest.Password); err != nil || p.Role != station.Admin {
		t.Error(p, err)
	}
	clock.Add(181 * 24 * time.Hour)
	_, err = d.SettleClock(ctx, "B-1", "it stood still", func(station.BadgeHolder) (string, error) { return dhrtest.Password, nil })
	stationtest.NoError(t, err)
	_, err = d.SignIn(ctx, "B-1", station.Password, dhrtest.Password)
	isRefused(t, "a password that is too old", err, station.SecretExpired)
	snap, err := d.Snapshot(ctx)
	stationtest.NoError(t, err)
	defer snap.Close()
	stationtest.NoError(t, snap.Leaves(ctx, 1000, func(l record.LeafView) error {
		if strings.Contains(string(l.Body), "argon2") {
			t.Errorf("leaf %d shows the hash of a secret", l.Number)
		}
		return nil
	}))
}

func TestTrainingThatRanOutStopsAPerson(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx := t.Context()
	p, err := d.Person(ctx, "operator")
	if err != nil {
		t.Fatal(err)
	}
	p.TrainedUntil = stationtest.Start.AddDate(0, 0, -1).Format(time.DateOnly)
	if _, err := d.ChangePerson(ctx, "admin", p, "course of last year"); err != nil {
		t.Fatal(err)
	}
	r := dhrtest.Provision(ctx, dhrtest.Bench(d, 1), stationtest.Serial(1))
	if r.Outcome != station.Fail || r.Findings[0].Code != station.TrainingExpired {
		t.Error(r.Outcome, r.Findings)
	}
	if _, err := d.ChangePerson(ctx, "admin", station.Person{ID: "admin", Name: "X", Badge: "B-x", Role: station.Admin}, "x"); refused(t, err) != station.PersonNotAllowed {
		t.Error("an admin changed their own account:", err)
	}
	dhrtest.Sound(t, d)
}

// momentsOf asks what the unit of a record was bound to before, while and after its
// first binding held, and at the moments between.
func momentsOf(t *testing.T, d *dhr.DHR, rec record.UnitView) {
	t.Helper()
	first, second := rec.Bindings[0], rec.Bindings[1]
	given := *first.SupersededAt
	for _, c := range []struct {
		text string
		at   time.Time
		imei string
	}{
		{first.IMEI, first.At.Add(-time.Millisecond), ""}, {first.IMEI, first.At, first.IMEI}, {first.IMEI, given.Add(-time.Millisecond), first.IMEI},
		{first.IMEI, given, ""}, {second.IMEI, given, second.IMEI}, {second.IMEI, second.At, second.IMEI}, {second.IMEI, second.At.Add(-time.Hour), ""},
		{rec.Serial, given, second.IMEI}, {rec.Lot, given, second.IMEI}, {rec.Serial, first.At.Add(-time.Hour), ""},
	} {
		f, err := d.FindAt(t.Context(), c.text, c.at)
		imei := ""
		if len(f.Units) == 1 {
			imei = f.Units[0].IMEI
		}
		if err != nil || imei != c.imei {
			t.Errorf("%s at %s: %+v, %v; want %q", c.text, c.at, f.Units, err, c.imei)
		}
	}
}

func TestAFlaggedUnitIsNotReleasedWithItsLot(t *testing.T) {
	d := dhrtest.Passed(t, 2)
	ctx := t.Context()
	stationtest.NoError(t, d.SetSecret(ctx, "quality", "quality", station.Password, dhrtest.Password))
	_, err := d.CloseOrder(ctx, "WO-1", "lead", "short: 2 of 20")
	stationtest.NoError(t, err)
	_, err = d.Flag(ctx, "lead", record.FlagRequest{Serial: stationtest.Serial(1), Flag: station.FlagInvestigation, Reason: "case 7"})
	stationtest.NoError(t, err)
	_, err = d.ReleaseLot(ctx, qualityApproves, "L2603")
	isRefused(t, "a flagged unit", err, station.LotNotReady)
	if !strings.Contains(err.Error(), "order WO-1 has 1 flagged unit that passed.") {
		t.Error(err)
	}
	_, err = d.Unflag(ctx, "quality", stationtest.Serial(1), station.FlagInvestigation, "nothing found")
	stationtest.NoError(t, err)
	_, err = d.ReleaseLot(ctx, qualityApproves, "L2603")
	stationtest.NoError(t, err)
	dhrtest.Sound(t, d)
}
