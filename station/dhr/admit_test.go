// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/stationtest"
)

func TestABadgeAloneOpensNothingOnceAnAdminHasAPassword(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	ctx := t.Context()
	_, err := d.ImportPeople(ctx, "account:me", []station.Person{
		{ID: "ann", Name: "Ann", Badge: "B-ann", Role: station.Admin},
		{ID: "ben", Name: "Ben", Badge: "B-ben", Role: station.Operator},
		{ID: "cid", Name: "Cid", Badge: "B-cid", Role: station.Lead, TrainedUntil: "2001-01-01"},
	})
	stationtest.NoError(t, err)
	stationtest.NoError(t, d.SetSecret(ctx, "ben", "ben", station.PIN, "482915"))
	if asked := admitAll(t, d, whileABadgeWillDo); asked > 0 {
		t.Errorf("asked %d times while a badge would do", asked)
	}
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "ann", station.Password, "a long enough password"))
	_, err = d.ImportPeople(ctx, "ann", []station.Person{{ID: "dot", Name: "Dot", Badge: "B-dot", Role: station.Operator}})
	stationtest.NoError(t, err)
	admitAll(t, d, onceAnAdminHasAPassword)
	var got []string
	stationtest.NoError(t, d.reads.Each(ctx, "SELECT person || ' ' || proof || ' ' || code FROM sign_ins ORDER BY id", nil, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		got = append(got, s)
		return err
	}))
	want := []string{
		"ben  ", "cid  training-expired", "ben pin sign-in-wrong", "ben pin sign-in-wrong", "ben pin ", "dot  secret-missing", "ann password ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// admission is one badge with what its holder answers who is asked for a secret.
type admission struct {
	name          string
	badge, secret string
	want          station.Code // "" when they are let in
}

var (
	whileABadgeWillDo = []admission{
		{"no passwords yet", "B-ben", "", ""},
		{"somebody nobody knows", "B-eve", "", station.PersonUnknown},
		{"training that ran out", "B-cid", "", station.TrainingExpired},
	}
	onceAnAdminHasAPassword = []admission{
		{"no PIN", "B-ben", "", station.SignInWrong},
		{"a wrong PIN", "B-ben", "482916", station.SignInWrong},
		{"the PIN", "B-ben", "482915", ""},
		{"nothing to be asked for", "B-dot", "", station.SecretMissing},
		{"the password of who has no PIN", "B-ann", "a long enough password", ""},
	}
)

// admitAll tries each badge and says how often a secret was asked for.
func admitAll(t *testing.T, d *DHR, list []admission) (asked int) {
	t.Helper()
	for _, a := range list {
		_, err := d.Admit(t.Context(), a.badge, func(station.BadgeHolder) (string, error) { asked++; return a.secret, nil })
		if got := stationtest.RefusalCode(t, err); got != a.want {
			t.Errorf("%s: %q, want %q", a.name, got, a.want)
		}
	}
	return asked
}

func TestAPasswordIsNotGuessedAtTheClock(t *testing.T) {
	clock := &stationtest.SetClock{At: stationtest.NewClock().Now()}
	d, _ := newRecord(t, clock)
	ctx := t.Context()
	stationtest.NoError(t, d.SetUp(ctx, station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, "a long enough password"))
	settle := func(secret string) station.Code {
		t.Helper()
		_, err := d.SettleClock(ctx, "B-ann", "a test", func(station.BadgeHolder) (string, error) { return secret, nil })
		var no *station.Refusal
		if err != nil && !errors.As(err, &no) {
			t.Fatal(err)
		}
		if no == nil {
			return ""
		}
		return no.Finding.Code
	}
	clock.At = clock.At.Add(-time.Hour)
	if got := settle("another long password"); got != station.SignInWrong {
		t.Errorf("with the clock behind: %q", got) // nothing can be recorded then
	}
	clock.At = clock.At.Add(time.Hour)
	for range station.WrongTries - 1 {
		if got := settle("another long password"); got != station.SignInWrong {
			t.Errorf("%q, want %q", got, station.SignInWrong)
		}
	}
	if got := settle("another long password"); got != station.AccountLocked {
		t.Errorf("after %d wrong tries: %q", station.WrongTries, got)
	}
	if got := settle("a long enough password"); got != station.AccountLocked {
		t.Errorf("a locked account settles the clock: %q", got)
	}
}

func TestWhoHasLeftTakesNoExport(t *testing.T) {
	clock := &stationtest.SetClock{At: stationtest.NewClock().Now()}
	d, _ := newRecord(t, clock)
	ctx := t.Context()
	today := clock.At.Format(time.DateOnly)
	_, err := d.ImportPeople(ctx, "account:me", []station.Person{
		{ID: "ann", Name: "Ann", Badge: "B-ann", Role: station.Admin},
		{ID: "ben", Name: "Ben", Badge: "B-ben", Role: station.Operator},
		{ID: "cid", Name: "Cid", Badge: "B-cid", Role: station.Auditor},
		{ID: "dot", Name: "Dot", Badge: "B-dot", Role: station.Auditor, TrainedUntil: today},
	})
	stationtest.NoError(t, err)
	take := func(by string, want station.Code) {
		t.Helper()
		_, err := d.RecordExport(ctx, by, "unit:CL-000101", "pdf", "", "")
		var no *station.Refusal
		switch {
		case want == "" && err != nil, want != "" && (!errors.As(err, &no) || no.Finding.Code != want):
			t.Errorf("%s: %v, want %q", by, err, want)
		}
	}
	take("account:me", "")
	take("ben", station.PersonNotAllowed)
	take("cid", "")
	take("dot", "")
	_, err = d.RetirePerson(ctx, "ann", "cid", "has left")
	stationtest.NoError(t, err)
	take("cid", station.PersonUnknown)
	clock.At = clock.At.Add(24 * time.Hour)
	take("dot", station.TrainingExpired)
}

func TestASecretThatWasChangedSinceItWasGivenOpensNothing(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	ctx := t.Context()
	stationtest.NoError(t, d.SetUp(ctx, station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, "a long enough password"))
	given, err := d.checkSecret(ctx, "ann", station.Password, "a long enough password")
	if err != nil || given.no != nil {
		t.Fatal(given.no, err)
	}
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "ann", station.Password, "quite another password"))
	var no *station.Refusal
	if err := d.recordSignIn(ctx, "ann", given); !errors.As(err, &no) || no.Finding.Code != station.SignInWrong {
		t.Errorf("%v, want %s", err, station.SignInWrong)
	}
}

func TestTheOnlyAdminWithAPasswordStaysOne(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	ctx := t.Context()
	ann := station.Person{ID: "ann", Name: "Ann", Badge: "B-ann", Role: station.Admin}
	stationtest.NoError(t, d.SetUp(ctx, ann, "a long enough password"))
	_, err := d.ImportPeople(ctx, "ann", []station.Person{
		{ID: "bea", Name: "Bea", Badge: "B-bea", Role: station.Admin},
		{ID: "cid", Name: "Cid", Badge: "B-cid", Role: station.Operator},
	})
	stationtest.NoError(t, err)
	lead := ann
	lead.Role = station.Lead
	_, retired := d.RetirePerson(ctx, "bea", "ann", "has left")
	_, demoted := d.ChangePerson(ctx, "bea", lead, "another job")
	for _, err := range []error{retired, demoted} {
		var no *station.Refusal
		if !errors.As(err, &no) || no.Finding.Code != station.PersonNotAllowed {
			t.Errorf("%v, want %s", err, station.PersonNotAllowed)
		}
	}
	ann.Name = "Anna"
	_, err = d.ChangePerson(ctx, "bea", ann, "a slip of the pen")
	stationtest.NoError(t, err)
	_, err = d.RetirePerson(ctx, "bea", "cid", "has left")
	stationtest.NoError(t, err)
	stationtest.NoError(t, d.SetSecret(ctx, "bea", "bea", station.Password, "quite another password"))
	_, err = d.RetirePerson(ctx, "bea", "ann", "has left")
	stationtest.NoError(t, err)
	if yes, err := d.HasAdminPassword(ctx); err != nil || !yes {
		t.Errorf("guarded: %v, %v", yes, err)
	}
}
