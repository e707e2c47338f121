// SPDX-License-Identifier: Apache-2.0

package backup_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/backup"
	"bindery/station/dhr/dhrtest"
	"bindery/station/safefile"
	"bindery/station/stationtest"
)

func TestARestoreReplacesNothingButTheRecord(t *testing.T) {
	w, o, _, _ := lostRecord(t)
	w.Badge, w.Reason = "B-ann", "tried out"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	mine := []string{w.Path + ".partial", w.Path + ".partial-wal", w.Path + ".partial.version-1"}
	for _, name := range mine {
		stationtest.NoError(t, os.WriteFile(name, []byte("mine"), 0o600))
	}
	link := filepath.Join(t.TempDir(), "linked.db")
	stationtest.NoError(t, os.Symlink(w.Path, link))
	record := w.Path
	w.Path = link // by which the stations know it
	asides := map[string]bool{}
	for range 3 { // within one second of the clock
		r, err := backup.Restore(t.Context(), w, o)
		stationtest.NoError(t, err)
		asides[*r.Aside] = true
		if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
			t.Fatalf("the link to the record: %v, %v", info, err)
		}
	}
	for aside := range asides {
		if filepath.Dir(aside) != filepath.Dir(record) || !backup.There(aside) {
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

func TestABackupIsAnOrdinaryFile(t *testing.T) {
	w, o, _, _ := lostRecord(t)
	w.Badge, w.Reason = "B-ann", "tried out"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	pipe := filepath.Join(t.TempDir(), "pipe")
	stationtest.NoError(t, unix.Mkfifo(pipe, 0o600))
	for _, w.Backup = range []string{pipe, "/dev/zero", t.TempDir()} {
		if _, err := backup.Restore(t.Context(), w, o); stationtest.FaultCode(err) != station.RecordFault || !errors.Is(err, safefile.ErrNotOrdinary) {
			t.Errorf("%s: %v", w.Backup, err)
		}
		if _, err := backup.Drill(t.Context(), w.Backup, w.Path, "account:me", o); stationtest.FaultCode(err) != station.RecordFault {
			t.Errorf("%s: %v", w.Backup, err)
		}
	}
}

// A restored record is the backup, and what stood in its place is set aside.
func TestARestoredRecordIsTheBackup(t *testing.T) {
	dir := t.TempDir()
	path, made := filepath.Join(dir, "dhr.db"), filepath.Join(dir, "backup.db")
	o := dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"}
	with := func(do func(*dhr.DHR) error) {
		t.Helper()
		d, err := dhr.Open(t.Context(), path, o)
		if err == nil {
			err = do(d)
			d.Close() // what was done is on disk
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	layout := func(name string) func(*dhr.DHR) error {
		return func(d *dhr.DHR) error { _, err := d.AddLayout(t.Context(), "", name, []byte(name)); return err }
	}
	with(layout("first"))
	with(func(d *dhr.DHR) error { return backup.Make(t.Context(), d, made) })
	with(func(d *dhr.DHR) error {
		if backup.Make(t.Context(), d, made) == nil {
			t.Error("a backup was overwritten")
		}
		return nil
	})
	with(layout("second"))
	r, err := backup.Restore(t.Context(), backup.Restoration{Backup: made, Path: path, By: "account:me", Reason: "tried out"}, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(*r.Aside); err != nil {
		t.Errorf("what stood there is gone: %v", err)
	}
	with(func(d *dhr.DHR) error {
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
	path, made := filepath.Join(dir, "dhr.db"), filepath.Join(dir, "backup.db")
	o := dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"}
	d, err := dhr.Open(t.Context(), path, o)
	stationtest.NoError(t, err)
	stationtest.NoError(t, backup.Make(t.Context(), d, made))
	w := backup.Restoration{Backup: made, Path: path, By: "account:me", Reason: "to try it"}
	r, err := backup.Restore(t.Context(), w, o)
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.RecordLocked || r.Aside != nil {
		t.Errorf("%+v, %v, want %s", r, err, station.RecordLocked)
	}
	if _, err := d.AddLayout(t.Context(), "", "later", []byte("later")); err != nil {
		t.Errorf("the station cannot go on: %v", err)
	}
	stationtest.NoError(t, d.Close())
	_, err = backup.Restore(t.Context(), w, o)
	stationtest.NoError(t, err)
}

// A record that SQLite can make nothing of is replaced all the same.
func TestADamagedRecordIsReplaced(t *testing.T) {
	dir := t.TempDir()
	path, made := filepath.Join(dir, "dhr.db"), filepath.Join(dir, "backup.db")
	o := dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"}
	d, err := dhr.Open(t.Context(), path, o)
	stationtest.NoError(t, err)
	stationtest.NoError(t, backup.Make(t.Context(), d, made))
	stationtest.NoError(t, d.Close())
	junk := bytes.Repeat([]byte("no record "), 2000)
	stationtest.NoError(t, os.WriteFile(path, junk, 0o600))
	r, err := backup.Restore(t.Context(), backup.Restoration{Backup: made, Path: path, By: "account:me", Reason: "it is damaged", Foreign: true}, o)
	stationtest.NoError(t, err)
	if got, err := os.ReadFile(*r.Aside); err != nil || !bytes.Equal(got, junk) {
		t.Errorf("what stood there is not set aside as it was: %v", err)
	}
}

// Days of backups are those of the station: one at 07:30 and one at 08:30 in
// Shanghai are of one day, though UTC has midnight between them.
func TestBackupsThinOutByTheDaysOfTheStation(t *testing.T) {
	clock := stationtest.NewClockAt(stationtest.InZone(t, "2026-07-01T23:30:00Z", "Asia/Shanghai"))
	dir := t.TempDir()
	d, err := dhr.Open(t.Context(), filepath.Join(dir, "dhr.db"), dhr.Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.AddLayout(t.Context(), "quality", "device", []byte(stationtest.Layout)); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "backups")
	for range 2 {
		if _, err := backup.Into(t.Context(), d, folder, backup.RetentionPolicy{Days: 7}); err != nil {
			t.Fatal(err)
		}
		clock.Add(time.Hour)
	}
	if left := backup.In(d, folder); len(left) != 1 || left[0] != "dhr.db-20260702T003000Z.backup" {
		t.Errorf("the backups that are left: %v", left)
	}
}

// A log whose record is lost is none of the record that is put there.
func TestALogThatIsLeftBehindIsNotReadIntoARestoredRecord(t *testing.T) {
	dir := t.TempDir()
	path, made := filepath.Join(dir, "dhr.db"), filepath.Join(dir, "backup.db")
	o := dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"}
	d, err := dhr.Open(t.Context(), path, o)
	stationtest.NoError(t, err)
	stationtest.NoError(t, backup.Make(t.Context(), d, made))
	_, err = d.AddLayout(t.Context(), "", "later", []byte("later"))
	stationtest.NoError(t, err)
	log, err := os.ReadFile(path + "-wal")
	stationtest.NoError(t, err)
	stationtest.NoError(t, d.Close())
	stationtest.NoError(t, os.Remove(path))
	stationtest.NoError(t, os.WriteFile(path+"-wal", log, 0o600))
	r, err := backup.Restore(t.Context(), backup.Restoration{Backup: made, Path: path, By: "account:me", Reason: "lost", Foreign: true}, o)
	stationtest.NoError(t, err)
	if got, err := os.ReadFile(*r.Aside + "-wal"); err != nil || !bytes.Equal(got, log) {
		t.Errorf("the log that was left is not set aside: %v", err)
	}
	restored, err := dhr.Open(t.Context(), path, o)
	stationtest.NoError(t, err)
	defer restored.Close() // it was only read
	if list, err := restored.Layouts(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestACopyNeedsRoomThatIsKnown(t *testing.T) {
	d, small := dhrtest.NewRecord(t, stationtest.NewClock())
	stationtest.NoError(t, d.Close())
	if err := backup.CopyFile(d.Path(), filepath.Join(small, "missing", "copy.db")); stationtest.FaultCode(err) != station.RecordFault || !errors.Is(err, fs.ErrNotExist) ||
		!strings.Contains(err.Error(), "the free space on its disk is not known") {
		t.Errorf("of a disk that cannot be asked: %v", err)
	}
	stationtest.NoError(t, os.Mkdir(small, 0o700))
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be made here: %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", small).Run() })
	if err := backup.CopyFile(d.Path(), filepath.Join(small, "copy.db")); stationtest.FaultCode(err) != station.RecordFull {
		t.Errorf("of a disk that is small: %v", err)
	}
}
