// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
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
	_, err = d.write(t.Context(), act{what: "test"}, func(tx *tx) error {
		_, err := tx.Insert("people", store.Row{"id": "x", "nmae": "misspelt"})
		return err
	})
	if err == nil {
		t.Error("a misspelt column was taken")
	}
	_, err = d.write(t.Context(), act{what: "test"}, func(tx *tx) error {
		return tx.Update("people", []any{"x"}, store.Row{"id": "y"})
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
	if f, ok := err.(*station.Fault); !ok || f.Code != station.RecordLocked { //nolint:errorlint // faults are returned bare
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
	defer tx.Rollback() //nolint:errcheck // it changed nothing
	ctx, cancel := context.WithTimeout(t.Context(), 10*store.LockWait)
	defer cancel()
	_, err = Open(ctx, path, Options{Clock: stationtest.NewClock()})
	if f, ok := err.(*station.Fault); !ok || f.Code != station.RecordLocked || ctx.Err() != nil { //nolint:errorlint // faults are returned bare
		t.Errorf("%v (%v), want %s", err, ctx.Err(), station.RecordLocked)
	}
}

// A restored record is the backup, and what stood in its place is set aside.
func TestARestoredRecordIsTheBackup(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "dhr.db"), filepath.Join(dir, "backup.db")
	o := Options{Clock: stationtest.NewClock(), Station: "bench-1"}
	with := func(do func(*DHR) error) {
		t.Helper()
		d, err := Open(t.Context(), path, o)
		if err == nil {
			err = do(d)
			d.Close() //nolint:errcheck // what was done is on disk
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	layout := func(name string) func(*DHR) error {
		return func(d *DHR) error { _, err := d.AddLayout(t.Context(), "", name, []byte(name)); return err }
	}
	with(layout("first"))
	with(func(d *DHR) error { return d.Backup(t.Context(), backup) })
	with(func(d *DHR) error {
		if d.Backup(t.Context(), backup) == nil {
			t.Error("a backup was overwritten")
		}
		return nil
	})
	with(layout("second"))
	r, err := Restore(t.Context(), Restoration{Backup: backup, Path: path, By: "account:me", Reason: "tried out"}, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(*r.Aside); err != nil {
		t.Errorf("what stood there is gone: %v", err)
	}
	with(func(d *DHR) error {
		list, err := d.Layouts(t.Context())
		if len(list) != 1 || list[0].Name != "first" {
			t.Errorf("%+v", list)
		}
		if h, err := d.Check(t.Context()); err != nil || h.Integrity != "ok" || h.ForeignKeys != 0 || h.Leaves != 2 || h.FreeBytes == 0 {
			t.Errorf("%+v, %v", h, err)
		}
		return err
	})
}

// A station that runs would go on in the file that was set aside.
func TestARecordThatSomebodyHasOpenIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "dhr.db"), filepath.Join(dir, "backup.db")
	o := Options{Clock: stationtest.NewClock(), Station: "bench-1"}
	d, err := Open(t.Context(), path, o)
	must(t, err)
	must(t, d.Backup(t.Context(), backup))
	w := Restoration{Backup: backup, Path: path, By: "account:me", Reason: "to try it"}
	r, err := Restore(t.Context(), w, o)
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.RecordLocked || r.Aside != nil {
		t.Errorf("%+v, %v, want %s", r, err, station.RecordLocked)
	}
	if _, err := d.AddLayout(t.Context(), "", "later", []byte("later")); err != nil {
		t.Errorf("the station cannot go on: %v", err)
	}
	must(t, d.Close())
	_, err = Restore(t.Context(), w, o)
	must(t, err)
}

// A record that SQLite can make nothing of is replaced all the same.
func TestADamagedRecordIsReplaced(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "dhr.db"), filepath.Join(dir, "backup.db")
	o := Options{Clock: stationtest.NewClock(), Station: "bench-1"}
	d, err := Open(t.Context(), path, o)
	must(t, err)
	must(t, d.Backup(t.Context(), backup))
	must(t, d.Close())
	junk := bytes.Repeat([]byte("no record "), 2000)
	must(t, os.WriteFile(path, junk, 0o600))
	r, err := Restore(t.Context(), Restoration{Backup: backup, Path: path, By: "account:me", Reason: "it is damaged"}, o)
	must(t, err)
	if got, err := os.ReadFile(*r.Aside); err != nil || !bytes.Equal(got, junk) {
		t.Errorf("what stood there is not set aside as it was: %v", err)
	}
}

// A log whose record is lost is none of the record that is put there.
func TestALogThatIsLeftBehindIsNotReadIntoARestoredRecord(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "dhr.db"), filepath.Join(dir, "backup.db")
	o := Options{Clock: stationtest.NewClock(), Station: "bench-1"}
	d, err := Open(t.Context(), path, o)
	must(t, err)
	must(t, d.Backup(t.Context(), backup))
	_, err = d.AddLayout(t.Context(), "", "later", []byte("later"))
	must(t, err)
	log, err := os.ReadFile(path + "-wal")
	must(t, err)
	must(t, d.Close())
	must(t, os.Remove(path))
	must(t, os.WriteFile(path+"-wal", log, 0o600))
	r, err := Restore(t.Context(), Restoration{Backup: backup, Path: path, By: "account:me", Reason: "lost"}, o)
	must(t, err)
	if got, err := os.ReadFile(*r.Aside + "-wal"); err != nil || !bytes.Equal(got, log) {
		t.Errorf("the log that was left is not set aside: %v", err)
	}
	restored, err := Open(t.Context(), path, o)
	must(t, err)
	defer restored.Close() //nolint:errcheck // it was only read
	if list, err := restored.Layouts(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
