// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"bindery/station"
	"bindery/station/safefile"
	"bindery/station/stationtest"
)

func TestARestoreReplacesNothingButTheRecord(t *testing.T) {
	w, o, _, _ := lostRecord(t)
	w.Badge, w.Reason = "B-ann", "tried out"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	mine := []string{w.Path + ".partial", w.Path + ".partial-wal", w.Path + ".partial.version-1"}
	for _, name := range mine {
		must(t, os.WriteFile(name, []byte("mine"), 0o600))
	}
	link := filepath.Join(t.TempDir(), "linked.db")
	must(t, os.Symlink(w.Path, link))
	record := w.Path
	w.Path = link // by which the stations know it
	asides := map[string]bool{}
	for range 3 { // within one second of the clock
		r, err := Restore(t.Context(), w, o)
		must(t, err)
		asides[*r.Aside] = true
		if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Fatalf("the link to the record: %v, %v", info, err)
		}
	}
	for aside := range asides {
		if filepath.Dir(aside) != filepath.Dir(record) || !there(aside) {
			t.Errorf("set aside as %s, and not there", aside)
		}
	}
	if len(asides) != 3 {
		t.Errorf("three records were set aside as %v", asides)
	}
	for _, name := range mine {
		if got, err := os.ReadFile(name); err != nil || string(got) != "mine" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestACheckpointElsewhereIsNotReplacedByAnother(t *testing.T) {
	copies := t.TempDir()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "dhr.db"), Options{Clock: stationtest.NewClock(), Station: "bench-1", CheckpointMirror: copies})
	must(t, err)
	defer d.Close()
	_, err = d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout))
	must(t, err)
	_, err = d.Checkpoint(t.Context(), "")
	must(t, err)
	name := filepath.Join(copies, "dhr.db-000000000002.checkpoint")
	was, err := os.ReadFile(name)
	must(t, err)
	_, err = d.Checkpoint(t.Context(), "") // the same again
	must(t, err)
	other := strings.Replace(string(was), "bindery/", "another/", 1)
	must(t, os.WriteFile(name, []byte(other), 0o600))
	if _, err := d.Checkpoint(t.Context(), ""); faultOf(err) != station.RecordSetBack {
		t.Errorf("over another checkpoint: %v", err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != other {
		t.Errorf("%q, %v", got, err)
	}
}

func TestABackupIsAnOrdinaryFile(t *testing.T) {
	w, o, _, _ := lostRecord(t)
	w.Badge, w.Reason = "B-ann", "tried out"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	pipe := filepath.Join(t.TempDir(), "pipe")
	must(t, unix.Mkfifo(pipe, 0o600))
	for _, w.Backup = range []string{pipe, "/dev/zero", t.TempDir()} {
		if _, err := Restore(t.Context(), w, o); faultOf(err) != station.RecordFault || !errors.Is(err, safefile.ErrNotOrdinary) {
			t.Errorf("%s: %v", w.Backup, err)
		}
		if _, err := Drill(t.Context(), w.Backup, w.Path, "account:me", o); faultOf(err) != station.RecordFault {
			t.Errorf("%s: %v", w.Backup, err)
		}
	}
}
