// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/stationtest"
)

func TestABearerIsAskedForWhatTheyHaveAndToldWhatEnds(t *testing.T) {
	clock := stationtest.NewClock()
	d := dhrtest.Open(t, filepath.Join(t.TempDir(), "dhr.db"), clock)
	ctx := t.Context()
	last := clock.Now().AddDate(0, 0, 175)
	admin := station.Person{ID: "anna", Name: "Anna", Badge: "B-1", Role: station.Admin, TrainedUntil: last.Format(time.DateOnly)}
	if err := d.SetUp(ctx, admin, dhrtest.Password); err != nil {
		t.Fatal(err)
	}
	if _, err := d.ImportPeople(ctx, "anna", []station.Person{{ID: "ben", Name: "Ben", Badge: "B-2", Role: station.Operator}}); err != nil {
		t.Fatal(err)
	}
	bearer := func(badge string, want station.BadgeHolder) {
		t.Helper()
		got, err := d.BadgeHolder(ctx, badge)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", badge, diff)
		}
	}
	ben := station.Person{ID: "ben", Name: "Ben", Badge: "B-2", Role: station.Operator}
	bearer("B-1", station.BadgeHolder{Person: admin, Requires: station.Password})
	bearer("B-2", station.BadgeHolder{Person: ben})
	if err := d.SetSecret(ctx, "ben", "ben", station.PIN, "482915"); refused(t, err) != station.PersonNotAllowed {
		t.Error("whoever has a badge may set its first PIN:", err)
	}
	for _, id := range []string{"ben", "anna"} {
		if err := d.SetSecret(ctx, "anna", id, station.PIN, "482915"); err != nil {
			t.Fatal(err)
		}
	}
	bearer("B-2", station.BadgeHolder{Person: ben, Requires: station.PIN})
	if err := d.SetSecret(ctx, "ben", "ben", station.PIN, "771203"); err != nil {
		t.Error("Ben may not change his own PIN:", err)
	}
	clock.Add(170*24*time.Hour + time.Minute)
	bearer("B-1", station.BadgeHolder{Person: admin, Requires: station.PIN, Expiries: []station.Expiry{{What: "training", Days: 5}, {What: "password", Days: 9}, {What: "pin", Days: 9}}})
	clock.Add(6 * 24 * time.Hour)
	if _, err := d.BadgeHolder(ctx, "B-1"); refused(t, err) != station.TrainingExpired {
		t.Error(err)
	}
	dhrtest.Sound(t, d)
}

func TestASecretIsNotTheOneBeforeNorABadge(t *testing.T) {
	d := dhrtest.Open(t, filepath.Join(t.TempDir(), "dhr.db"), stationtest.NewClock())
	ctx := t.Context()
	if err := d.SetUp(ctx, station.Person{ID: "anna", Name: "Anna", Badge: "10042001"}, dhrtest.Password); err != nil {
		t.Fatal(err)
	}
	if err := d.SetSecret(ctx, "anna", "anna", station.PIN, "482915"); err != nil {
		t.Fatal(err)
	}
	for kind, secret := range map[station.Credential]string{station.PIN: "482915", station.Password: dhrtest.Password} {
		if err := d.SetSecret(ctx, "anna", "anna", kind, secret); refused(t, err) != station.SecretWeak {
			t.Errorf("the same %s again: %v", kind, err)
		}
	}
	if err := d.SetSecret(ctx, "anna", "anna", station.PIN, "10042001"); refused(t, err) != station.SecretWeak {
		t.Error("a PIN that is a badge:", err)
	}
}
