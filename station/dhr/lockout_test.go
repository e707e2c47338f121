// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"testing"
	"time"

	"bindery/station"
	"bindery/station/stationtest"
)

// locksAfter tries wrong secrets until the account is locked, and says how many
// that took.
func locksAfter(t *testing.T, d *DHR, badge string, kind Secret, wrong string) int {
	t.Helper()
	for n := 1; n <= 2*station.WrongTries; n++ {
		if _, err := d.SignIn(t.Context(), badge, kind, wrong); codeOf(t, err) == station.AccountLocked {
			return n
		}
	}
	return 0
}

func TestAnUnlockWhileTheClockWasAheadLeavesTheLockoutOn(t *testing.T) {
	clock := &steps{At: stationtest.NewClock().Now()}
	d, _ := kept(t, clock)
	ctx, secret := t.Context(), "a long enough password"
	must(t, d.SetUp(ctx, station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, secret))
	_, err := d.ImportPeople(ctx, "ann", []station.Person{{ID: "ben", Name: "Ben", Badge: "B-ben", Role: station.Operator}})
	must(t, err)
	must(t, d.SetSecret(ctx, "ann", "ben", PIN, "482915"))
	ahead := 400 * 24 * time.Hour
	clock.At = clock.At.Add(ahead)
	_, err = d.SettleClock(ctx, "B-ann", "it seemed right", func(station.BadgeHolder) (string, error) { return secret, nil })
	must(t, err)
	if n := locksAfter(t, d, "B-ben", PIN, "000001"); n != station.WrongTries {
		t.Fatalf("locked after %d tries, want %d", n, station.WrongTries)
	}
	alarms, err := d.UnclosedAlarms(ctx)
	must(t, err)
	_, err = d.CloseAlarm(ctx, alarms[0].ID, "ann", "known to me")
	must(t, err)
	clock.At = clock.At.Add(-ahead)
	_, err = d.SettleClock(ctx, "B-ann", "it was set wrongly", func(station.BadgeHolder) (string, error) { return secret, nil })
	must(t, err)
	if n := locksAfter(t, d, "B-ben", PIN, "000001"); n != station.WrongTries {
		t.Errorf("after the clock was set right: locked after %d tries, want %d", n, station.WrongTries)
	}
}

func TestARightPINDoesNotResetTheCountOfWrongPasswords(t *testing.T) {
	d, _ := kept(t, stationtest.NewClock())
	ctx := t.Context()
	must(t, d.SetUp(ctx, station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, "a long enough password"))
	must(t, d.SetSecret(ctx, "ann", "ann", PIN, "482915"))
	for n := 1; n < station.WrongTries; n++ {
		if _, err := d.SignIn(ctx, "B-ann", Password, "another long password"); codeOf(t, err) != station.SignInWrong {
			t.Fatal(n, err)
		}
		if _, err := d.SignIn(ctx, "B-ann", PIN, "482915"); err != nil {
			t.Fatal(n, err)
		}
	}
	if _, err := d.SignIn(ctx, "B-ann", Password, "another long password"); codeOf(t, err) != station.AccountLocked {
		t.Error(err)
	}
}
