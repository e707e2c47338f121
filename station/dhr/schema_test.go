// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/dhr/verify"
	"bindery/station/stationtest"
)

func TestWhatIsWrittenNamesItsColumns(t *testing.T) {
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "dhr.db"), Options{Clock: stationtest.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	_, err = d.write(t.Context(), auditEntry{what: "test"}, func(tx *tx) error {
		_, err := tx.Insert("people", store.Values{"id": "x", "nmae": "misspelt"})
		return err
	})
	if err == nil {
		t.Error("a misspelt column was taken")
	}
	_, err = d.write(t.Context(), auditEntry{what: "test"}, func(tx *tx) error {
		return tx.Update("people", []any{"x"}, store.Values{"id": "y"})
	})
	if err == nil {
		t.Error("a key was changed")
	}
}

func TestManyGoroutinesWriteOneAfterTheOther(t *testing.T) {
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "dhr.db"), Options{Clock: stationtest.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // else a deadlock would hang
	defer cancel()
	const writers, each = 8, 10
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for i := range each {
				name := fmt.Sprintf("layout %d of %d", i, w)
				if _, err := d.AddLayout(ctx, "", name, []byte(name)); err != nil {
					t.Error(err)
					return
				}
				if _, err := d.Layouts(ctx); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if r, err := verify.Record(ctx, d, nil); err != nil || !r.OK || r.Leaves != writers*each {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestARecordLockedByAnotherProgramIsAFault(t *testing.T) {
	t.Parallel() // it waits as long as a station would
	path := filepath.Join(t.TempDir(), "dhr.db")
	d, err := Open(t.Context(), path, Options{Clock: stationtest.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	other, err := store.Connect(path, "_txlock=immediate", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout))
	if f, ok := err.(*station.Fault); !ok || f.Code != station.RecordLocked { // faults are returned bare
		t.Errorf("%v, want %s", err, station.RecordLocked)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout)); err != nil {
		t.Errorf("once it was let go: %v", err)
	}
}

func TestARecordLockedFromTheStartIsToldInTime(t *testing.T) {
	t.Parallel() // it waits as long as a station would
	path := filepath.Join(t.TempDir(), "dhr.db")
	d, err := Open(t.Context(), path, Options{Clock: stationtest.NewClock()})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	other, err := store.Connect(path, "_txlock=exclusive", []string{"locking_mode(EXCLUSIVE)"})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback() // it changed nothing
	ctx, cancel := context.WithTimeout(t.Context(), 10*store.LockWait)
	defer cancel()
	_, err = Open(ctx, path, Options{Clock: stationtest.NewClock()})
	if f, ok := err.(*station.Fault); !ok || f.Code != station.RecordLocked || ctx.Err() != nil { // faults are returned bare
		t.Errorf("%v (%v), want %s", err, ctx.Err(), station.RecordLocked)
	}
}
