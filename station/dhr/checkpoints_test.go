// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/backup"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/ledger"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestAClockThatGoesBackStopsTheLineUntilAnAdminSettlesIt(t *testing.T) {
	clock := stationtest.NewClock()
	d := dhrtest.Open(t, filepath.Join(t.TempDir(), "dhr.db"), clock)
	dhrtest.AddFactory(t, d)
	clock.Add(-time.Hour)
	b := dhrtest.Bench(d, 1)
	b.Clock = clock
	r := dhrtest.Provision(t.Context(), b, stationtest.Serial(1))
	if r.Outcome != station.Errored || r.Fault.Code != station.ClockBack {
		t.Fatal(r.Outcome, r.Fault)
	}
	if _, err := d.SettleClock(t.Context(), "B-lead", "summer time", nil); refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	if _, err := d.SettleClock(t.Context(), "B-admin", "the battery was changed", nil); err != nil {
		t.Fatal(err)
	}
	if r := dhrtest.Provision(t.Context(), b, stationtest.Serial(1)); r.Outcome != station.Pass {
		t.Error(r.Outcome, r.Fault)
	}
	dhrtest.Sound(t, d)
}

func TestAnOlderCopyIsFoundByItsNewerCheckpoint(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	path := filepath.Join(dir, "dhr.db")
	open := func() (*dhr.DHR, error) {
		return dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1", CheckpointMirror: elsewhere})
	}
	d, err := open()
	if err != nil {
		t.Fatal(err)
	}
	dhrtest.AddFactory(t, d)
	if _, err := d.Checkpoint(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(dir, "old.db")
	if err := backup.Make(t.Context(), d, old); err != nil {
		t.Fatal(err)
	}
	if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 1), stationtest.Serial(1)); r.Outcome != station.Pass {
		t.Fatal(r.Outcome, r.Fault)
	}
	for range 2 { // the second has nothing new to sign
		if _, err := d.Checkpoint(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
	}
	if r := dhrtest.Sound(t, d); r.Checkpoints != 4 { // two in the record, and their copies
		t.Errorf("%d checkpoints were held against the record", r.Checkpoints)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.Replace(t, old, path)
	_, err = open()
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.RecordSetBack {
		t.Errorf("the older copy was opened: %v", err)
	}
}

func TestNoCheckpointIsSignedOverLeavesThatNoLongerFitTheLast(t *testing.T) {
	path := dhrtest.FullRecord(t)
	// Leaf and tree are made anew over a change, as one with the program could.
	forged, err := storetest.Forge(t, path, "UPDATE leaves SET hash = zeroblob(32) WHERE number = 5", "UPDATE nodes SET hash = zeroblob(32)")
	if err != nil {
		t.Fatal(err)
	}
	d := opened(t, forged, dhr.Options{Station: "bench-1", Key: path + ".key"})
	_, err = d.Checkpoint(t.Context(), "")
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.RecordSetBack {
		t.Errorf("%v, want %s", err, station.RecordSetBack)
	}
}

func TestCheckpointsThatWereKeptElsewhereAreHeldAgainstTheRecord(t *testing.T) {
	ctx := t.Context()
	later := stationtest.NewClock()
	later.Add(time.Hour)
	d, other := dhrtest.Factory(t), dhrtest.Open(t, filepath.Join(t.TempDir(), "other.db"), later)
	dhrtest.AddFactory(t, other)
	if _, err := d.Checkpoint(ctx, ""); err != nil {
		t.Fatal(err)
	}
	for range 2 { // so that the other has as many leaves
		if _, err := other.RecordExport(ctx, "quality", "audit", "csv", "", ""); err != nil {
			t.Fatal(err)
		}
	}
	own, err := d.Checkpoints(ctx)
	if err != nil {
		t.Fatal(err)
	}
	key, err := d.Keys(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		record     *dhr.DHR
		a          record.Against
	}{
		{"its own, with its own key", "", d, record.Against{Notes: own, Keys: key}},
		{"its own, with the key of a stranger", "not signed by a known key", d, record.Against{Keys: []string{strangersKey(t)}}},
		{"that of another record", "other leaves than the first", other, record.Against{Notes: own, Keys: key}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := verify.RecordAgainst(ctx, c.record.Reader(), c.a, nil)
			if err != nil || r.OK != (c.want == "") || !strings.Contains(r.FirstFault, c.want) {
				t.Errorf("%q, %v; want %q", r.FirstFault, err, c.want)
			}
		})
	}
}

func strangersKey(t *testing.T) string {
	t.Helper()
	_, public, err := ledger.NewKey(rand.Reader, "stranger")
	if err != nil {
		t.Fatal(err)
	}
	return public
}
