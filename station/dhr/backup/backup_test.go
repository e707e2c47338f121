// SPDX-License-Identifier: Apache-2.0

package backup_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/backup"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/station/stationtest"
)

func TestRotationKeepsTheNewestOfDaysWeeksAndMonths(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse("2006-01-02T15", s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct {
		name  string
		r     backup.RetentionPolicy
		times []string // the newest first
		want  []bool
	}{
		{"two of one day: the later", backup.RetentionPolicy{Days: 2}, []string{"2026-07-02T18", "2026-07-02T06", "2026-07-01T18"}, []bool{true, false, true}},
		{"days without a backup do not count", backup.RetentionPolicy{Days: 2}, []string{"2026-07-02T18", "2026-05-01T18", "2026-04-01T18"}, []bool{true, true, false}},
		{"weeks begin on Monday", backup.RetentionPolicy{Weeks: 2}, []string{"2026-07-06T06", "2026-07-05T06", "2026-06-29T06"}, []bool{true, true, false}},
		{"the week of New Year is one", backup.RetentionPolicy{Weeks: 2}, []string{"2027-01-02T06", "2026-12-29T06", "2026-12-27T06"}, []bool{true, false, true}},
		{"each rule keeps its own", backup.RetentionPolicy{Days: 1, Months: 2}, []string{"2026-07-02T06", "2026-07-01T06", "2026-06-30T06"}, []bool{true, false, true}},
		{"no rule keeps nothing", backup.RetentionPolicy{}, []string{"2026-07-02T06"}, []bool{false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var times []time.Time
			for _, s := range c.times {
				times = append(times, day(s))
			}
			if d := cmp.Diff(c.want, c.r.Keeps(times)); d != "" {
				t.Error(d)
			}
		})
	}
}

// forge changes a row behind the back of the program.
func forge(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "DROP TRIGGER layouts_fixed; UPDATE layouts SET name = 'forged'"); err != nil {
		t.Fatal(err)
	}
}

func TestABackupIsVerifiedRecordedAndRotated(t *testing.T) {
	clock := &stationtest.SetClock{At: stationtest.NewClock().Now()}
	d, folder := dhrtest.NewRecord(t, clock)
	start := clock.At.UTC()
	for range 3 {
		_, err := backup.Into(t.Context(), d, folder, backup.RetentionPolicy{Days: 2})
		stationtest.NoError(t, err)
		clock.At = clock.At.Add(24 * time.Hour)
	}
	// What a process that was killed leaves behind goes; what is not ours stays,
	// also that of a record of the same name.
	leftByAKilledProcess(t, folder)
	for _, name := range []string{"other.db-20260101T000000Z.backup", "dhr.db-20260101T000000Z.backup"} {
		stationtest.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte("half"), 0o600))
	}
	file, err := backup.Into(t.Context(), d, folder, backup.RetentionPolicy{Days: 2})
	stationtest.NoError(t, err)
	day := func(n int) string { return "dhr.db-" + start.AddDate(0, 0, n).Format(backup.Stamp) + ".backup" }
	want := []string{".dhr.db.lock", "dhr.db-20260101T000000Z.backup", day(2), day(3), "other.db-20260101T000000Z.backup"}
	if d := cmp.Diff(want, names(t, folder)); d != "" {
		t.Error(d)
	}
	last, err := d.LastBackup(t.Context())
	if err != nil || last.File != filepath.Base(file) || last.Leaves != 4 || !last.At.Equal(clock.At.Truncate(time.Millisecond)) {
		t.Errorf("%+v, %v", last, err)
	}
	isAsRecorded(t, file, last.Bytes, last.Hash)
	if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
		t.Errorf("%+v, %v", r, err)
	}
}

// isAsRecorded checks the file of a backup against what the record says of it.
func isAsRecorded(t *testing.T, file string, bytes int64, sum string) {
	t.Helper()
	if n, hash, err := backup.SumFile(file); err != nil || n != bytes || hash != sum {
		t.Errorf("the file has %d bytes and %s, %v; the record says %d and %s", n, hash, err, bytes, sum)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("rights of the backup: %v, %v", info.Mode(), err)
	}
}

func TestABackupThatDoesNotVerifyIsSetAside(t *testing.T) {
	clock := &stationtest.SetClock{At: stationtest.NewClock().Now()}
	d, folder := dhrtest.NewRecord(t, clock)
	if _, err := backup.Into(t.Context(), d, folder, backup.UsualRetention); err != nil {
		t.Fatal(err)
	}
	forge(t, d.Path())
	for range 2 { // the second takes the place of the first
		clock.At = clock.At.Add(30 * 24 * time.Hour)
		if _, err := backup.Into(t.Context(), d, folder, backup.RetentionPolicy{Days: 1}); stationtest.FaultCode(err) != station.BackupUnsound {
			t.Errorf("%v, want %s", err, station.BackupUnsound)
		}
	}
	got := names(t, folder)
	if len(got) != 3 || !strings.HasSuffix(got[1], "Z.backup") || !strings.HasSuffix(got[2], ".backup.unsound") {
		t.Errorf("in the folder: %q, want the good one and one that was set aside", got)
	}
	var codes []string
	if err := d.Reader().Each(t.Context(), "SELECT code FROM backups ORDER BY id", nil, func(scan func(...any) error) error {
		var c string
		err := scan(&c)
		codes = append(codes, c)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"", "backup-unsound", "backup-unsound"}, codes); d != "" {
		t.Error(d)
	}
}

func TestABackupIsMadeByOneProcessAtATime(t *testing.T) {
	d, folder := dhrtest.NewRecord(t, stationtest.NewClock())
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	done, err := backup.Alone(filepath.Join(folder, ".dhr.db.lock"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Into(t.Context(), d, folder, backup.UsualRetention); stationtest.FaultCode(err) != station.BackupFault || !errors.Is(err, backup.ErrUnderWay) {
		t.Errorf("%v, want %s", err, station.BackupFault)
	}
	done()
	if _, err := backup.Into(t.Context(), d, folder, backup.UsualRetention); err != nil {
		t.Error(err)
	}
}

func TestABackupNeverFillsADisk(t *testing.T) {
	d, folder := dhrtest.NewRecord(t, stationtest.NewClock())
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be made here: %s", out)
	}
	t.Cleanup(func() { exec.Command("umount", folder).Run() }) // the folder goes with the test
	if _, err := backup.Into(t.Context(), d, folder, backup.UsualRetention); stationtest.FaultCode(err) != station.BackupFault || !strings.Contains(err.Error(), "are needed") {
		t.Errorf("%v, want %s for lack of room", err, station.BackupFault)
	}
	if d := cmp.Diff([]string{".dhr.db.lock"}, names(t, folder)); d != "" {
		t.Error(d)
	}
}

func TestADrillTellsWhatARestoreWouldLose(t *testing.T) {
	d, folder := dhrtest.NewRecord(t, stationtest.NewClock())
	file, err := backup.Into(t.Context(), d, folder, backup.UsualRetention)
	stationtest.NoError(t, err)
	_, before, err := backup.SumFile(file)
	stationtest.NoError(t, err)
	r := drilled(t, d, file)
	if !r.OK || !r.Compared || r.Leaves != 1 || r.Behind != 1 || r.Recorded == nil || r.Leaf != 3 || r.Units != 0 {
		t.Errorf("%+v", r)
	}
	if d := cmp.Diff([]record.Loss{{What: "backup", N: 1}}, r.Lost); d != "" {
		t.Error(d)
	}
	if _, after, err := backup.SumFile(file); err != nil || after != before {
		t.Errorf("the drill changed the backup: %v", err)
	}
	if left := partials(t, filepath.Dir(d.Path())); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// drilled is a drill of a file beside a record.
func drilled(t *testing.T, d *dhr.DHR, file string) record.DrillReport {
	t.Helper()
	r, err := backup.Drill(t.Context(), file, d.Path(), "admin", dhr.Options{Clock: d.Clock(), Station: "bench-1"})
	stationtest.NoError(t, err)
	return r
}

// A copy that was meddled with, one of another record, and one that the
// record does not reach.
func TestADrillOfNoBackupOfTheRecordSaysSo(t *testing.T) {
	d, folder := dhrtest.NewRecord(t, stationtest.NewClock())
	file, err := backup.Into(t.Context(), d, folder, backup.UsualRetention)
	stationtest.NoError(t, err)
	forged := filepath.Join(folder, "forged")
	stationtest.NoError(t, backup.CopyFile(file, forged))
	forge(t, forged)
	if r := drilled(t, d, forged); r.OK || r.FirstFault == "" {
		t.Errorf("forged: %+v", r)
	}
	other, otherFolder := dhrtest.NewRecord(t, &stationtest.SetClock{At: d.Clock().Now().Add(time.Hour)})
	alien, err := backup.Into(t.Context(), other, otherFolder, backup.UsualRetention)
	stationtest.NoError(t, err)
	if r := drilled(t, d, alien); r.OK || !strings.Contains(r.FirstFault, "another record") {
		t.Errorf("of another record: %+v", r)
	}
	o := dhr.Options{Clock: d.Clock(), Station: "bench-1"}
	set, err := backup.Drill(t.Context(), alien, filepath.Join(t.TempDir(), "lost.db"), "admin", o)
	if err != nil || !set.OK || set.Compared || set.Leaf != 0 {
		t.Errorf("with no record: %+v, %v", set, err)
	}
	if left := partials(t, filepath.Dir(d.Path())); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestADrillClearsAwayWhatAKilledOneLeft(t *testing.T) {
	d, folder := dhrtest.NewRecord(t, stationtest.NewClock())
	file, err := backup.Into(t.Context(), d, folder, backup.UsualRetention)
	stationtest.NoError(t, err)
	killed := leftByAKilledProcess(t, filepath.Dir(d.Path()))
	running, err := safefile.CreateFolder(d.Path())
	stationtest.NoError(t, err)
	defer running.Discard()
	r, err := backup.Drill(t.Context(), file, d.Path(), "account:me", dhr.Options{Clock: d.Clock(), Station: "bench-1"})
	if err != nil || !r.OK {
		t.Errorf("%+v, %v", r, err)
	}
	left := partials(t, filepath.Dir(d.Path()))
	if len(left) != 1 || left[0] != filepath.Clean(running.Path("")) {
		t.Errorf("%v; want only the one that goes on, not %s", left, killed)
	}
}

// leftByAKilledProcess makes a folder with half a copy of a record in it.
func leftByAKilledProcess(t *testing.T, in string) string {
	t.Helper()
	dir := filepath.Join(in, ".bindery-AAAAAAAAAAAAAAAAAAAAAAAAAA.partial")
	stationtest.NoError(t, os.Mkdir(dir, 0o700))
	stationtest.NoError(t, os.WriteFile(filepath.Join(dir, "copy"), []byte("half"), 0o600))
	return dir
}

func partials(t *testing.T, in string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(in, "*.partial*"))
	stationtest.NoError(t, err)
	return left
}

func TestABackupReplacesNoFile(t *testing.T) {
	d, folder := dhrtest.NewRecord(t, stationtest.NewClock())
	stationtest.NoError(t, os.Mkdir(folder, 0o700))
	theirs := filepath.Join(folder, "theirs")
	stationtest.NoError(t, os.WriteFile(theirs, []byte("theirs"), 0o600))
	stationtest.NoError(t, os.Symlink(filepath.Join(folder, "nowhere"), filepath.Join(folder, "link")))
	for _, to := range []string{theirs, filepath.Join(folder, "link"), d.Path(), d.Path() + "-wal", d.Path() + ".key", d.Path() + ".version-1"} {
		err := backup.Make(t.Context(), d, to)
		if stationtest.FaultCode(err) != station.BackupFault || !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", to, err)
		}
	}
	if got, err := os.ReadFile(theirs); err != nil || string(got) != "theirs" {
		t.Errorf("%q, %v", got, err)
	}
	if got := names(t, folder); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

func TestABackupThatWasCalledOffIsInTheRecord(t *testing.T) {
	d, folder := dhrtest.NewRecord(t, stationtest.NewClock())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := backup.Make(ctx, d, folder); err == nil {
		t.Fatal("a backup was made")
	}
	var code station.Code
	stationtest.NoError(t, d.Reader().Row(t.Context(), "SELECT code FROM backups", nil, []any{&code}))
	if code == "" {
		t.Error("the record says that it was made")
	}
}

// What the record could not tell of is not done.
func TestABackupIsNotMadeWhileAPersonMustAcceptTheClock(t *testing.T) {
	for _, zone := range []string{"Pacific/Kiritimati", "Asia/Shanghai", "UTC", "America/Los_Angeles"} {
		t.Run(zone, func(t *testing.T) {
			where, err := time.LoadLocation(zone)
			stationtest.NoError(t, err)
			clock := &stationtest.SetClock{At: stationtest.Start.In(where)}
			d, folder := dhrtest.NewRecord(t, clock)
			before := len(storetest.Acts(t, d.Path()))
			clock.At = clock.At.AddDate(0, 2, 0)
			if _, err := backup.Into(t.Context(), d, folder, backup.UsualRetention); stationtest.FaultCode(err) != station.ClockAhead {
				t.Errorf("a backup: %v", err)
			}
			if left := names(t, folder); len(left) != 1 { // its lock
				t.Errorf("backups that nobody recorded: %q", left)
			}
			if got := len(storetest.Acts(t, d.Path())); got != before {
				t.Errorf("%d leaves were written", got-before)
			}
		})
	}
}
