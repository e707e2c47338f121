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
func locksAfter(t *testing.T, d *DHR, badge string, kind station.Credential, wrong string) int {
	t.Helper()
	for n := 1; n <= 2*station.WrongTries; n++ {
		if _, err := d.SignIn(t.Context(), badge, kind, wrong); stationtest.RefusalCode(t, err) == station.AccountLocked {
			return n
		}
	}
	return 0
}

func TestAnUnlockWhileTheClockWasAheadLeavesTheLockoutOn(t *testing.T) {
	clock := &stationtest.SetClock{At: stationtest.NewClock().Now()}
	d, _ := newRecord(t, clock)
	ctx, secret := t.Context(), "a long enough password"
	stationtest.NoError(t, d.SetUp(ctx, station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, secret))
	_, err := d.ImportPeople(ctx, "ann", []station.Person{{ID: "ben", Name: "Ben", Badge: "B-ben", Role: station.Operator}})
	stationtest.NoError(t, err)
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "ben", station.PIN, "482915"))
	ahead := 400 * 24 * time.Hour
	clock.At = clock.At.Add(ahead)
	_, err = d.SettleClock(ctx, "B-ann", "it seemed right", func(station.BadgeHolder) (string, error) { return secret, nil })
	stationtest.NoError(t, err)
	if n := locksAfter(t, d, "B-ben", station.PIN, "000001"); n != station.WrongTries {
		t.Fatalf("locked after %d tries, want %d", n, station.WrongTries)
	}
	alarms, err := d.UnclosedAlarms(ctx)
	stationtest.NoError(t, err)
	_, err = d.CloseAlarm(ctx, alarms[0].ID, "ann", "known to me")
	stationtest.NoError(t, err)
	clock.At = clock.At.Add(-ahead)
	_, err = d.SettleClock(ctx, "B-ann", "it was set wrongly", func(station.BadgeHolder) (string, error) { return secret, nil })
	stationtest.NoError(t, err)
	if n := locksAfter(t, d, "B-ben", station.PIN, "000001"); n != station.WrongTries {
		t.Errorf("after the clock was set right: locked after %d tries, want %d", n, station.WrongTries)
	}
}

func TestARightPINDoesNotResetTheCountOfWrongPasswords(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	ctx := t.Context()
	stationtest.NoError(t, d.SetUp(ctx, station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, "a long enough password"))
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "ann", station.PIN, "482915"))
	for n := 1; n < station.WrongTries; n++ {
		if _, err := d.SignIn(ctx, "B-ann", station.Password, "another long password"); stationtest.RefusalCode(t, err) != station.SignInWrong {
			t.Fatal(n, err)
		}
		if _, err := d.SignIn(ctx, "B-ann", station.PIN, "482915"); err != nil {
			t.Fatal(n, err)
		}
	}
	if _, err := d.SignIn(ctx, "B-ann", station.Password, "another long password"); stationtest.RefusalCode(t, err) != station.AccountLocked {
		t.Error(err)
	}
}
