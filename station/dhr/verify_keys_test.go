// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"os"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/dhr/verify"
	"bindery/station/ledger"
	"bindery/station/stationtest"
)

func TestVerifySaysWhichKeySignedWhatSinceWhen(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	sign := func() {
		t.Helper()
		_, err := d.RecordExport(t.Context(), "account:me", "audit", "csv", "", "")
		stationtest.NoError(t, err)
		_, err = d.Checkpoint(t.Context(), "")
		stationtest.NoError(t, err)
	}
	sign()
	sign()
	stationtest.NoError(t, os.Remove(d.KeyFile()))
	stationtest.NoError(t, d.UseKey(t.Context()))
	if _, err := d.Checkpoint(t.Context(), ""); stationtest.FaultCode(err) != station.StationNotEnrolled {
		t.Fatal(err)
	}
	enrolled, err := d.EnrolKey(t.Context(), "account:me", "the disk was replaced")
	stationtest.NoError(t, err)
	sign()
	r, err := verify.Record(t.Context(), d, nil)
	if err != nil || !r.OK || len(r.Keys) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	lost, now := r.Keys[0], r.Keys[1]
	if lost.Checkpoints != 2 || lost.Ended != enrolled || lost.Enrolled.Station != "bench-1" || lost.First.Size >= lost.Last.Size {
		t.Errorf("the lost key: %+v", lost)
	}
	if now.Checkpoints != 1 || now.Ended != 0 || now.Enrolled.Leaf != enrolled || now.First.Leaf <= enrolled || now.First.At.IsZero() {
		t.Errorf("the key of now: %+v", now)
	}
}

// A key that was replaced and came back was no station in between.
func TestVerifySaysWhatAKeyWasBefore(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	enrol := func() int64 {
		t.Helper()
		leaf, err := d.EnrolKey(t.Context(), "account:me", "the disk was replaced, or found again")
		stationtest.NoError(t, err)
		return leaf
	}
	_, err := d.Checkpoint(t.Context(), "")
	stationtest.NoError(t, err)
	first, err := os.ReadFile(d.KeyFile())
	stationtest.NoError(t, err)
	stationtest.NoError(t, os.Remove(d.KeyFile()))
	stationtest.NoError(t, d.UseKey(t.Context()))
	second := enrol()
	stationtest.NoError(t, os.WriteFile(d.KeyFile(), first, 0o600))
	again := enrol()
	r, err := verify.Record(t.Context(), d, nil)
	if err != nil || !r.OK || len(r.Keys) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	back, gone := r.Keys[0], r.Keys[1]
	if back.Enrolled.Leaf != again || back.Ended != 0 || len(back.Earlier) != 1 || back.Earlier[0].Ended != second || back.Earlier[0].Leaf >= second {
		t.Errorf("the key that came back: %+v", back)
	}
	if gone.Enrolled.Leaf != second || gone.Ended != again || len(gone.Earlier) != 0 {
		t.Errorf("the key of between: %+v", gone)
	}
}

// Whoever has the file and a key of their own can sign, but not as a station.
func TestACheckpointByAKeyThatWasNoStationThenIsFound(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	_, err := d.Checkpoint(t.Context(), "")
	stationtest.NoError(t, err)
	private, public, err := ledger.NewKey(d.rand, "bench-1")
	stationtest.NoError(t, err)
	_, err = d.write(t.Context(), auditEntry{what: "checkpoint", who: "account:eve"}, func(t *tx) error {
		size := t.Leaf.Number - 1
		root, err := tlog.TreeHash(size, store.Hashes(t.Get))
		if err != nil {
			return err
		}
		note, err := ledger.Sign(private, size, root)
		if err != nil {
			return err
		}
		if err := t.addKey(public); err != nil {
			return err
		}
		_, err = t.Insert("checkpoints", store.Values{"size": size, "note": string(note)})
		return err
	})
	stationtest.NoError(t, err)
	r, err := verify.Record(t.Context(), d, nil)
	if err != nil || r.OK || !strings.Contains(r.FirstFault, "which was no station's key then") {
		t.Errorf("%+v, %v", r, err)
	}
}
