// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/safefile"
)

// RetentionPolicy says how many backups of a folder are kept: the newest one of each
// of the last so many days, weeks (ISO 8601) and months that have one, by the
// calendar of the station.
// Old ones thin out, so that a fault that nobody saw for weeks still has a
// backup from before it, and the folder stays of one size.
type RetentionPolicy struct{ Days, Weeks, Months int }

// UsualRetention keeps some twenty backups that go back a year.
var UsualRetention = RetentionPolicy{Days: 7, Weeks: 4, Months: 12}

// keeps tells which of some times, the newest first, are kept.
func (r RetentionPolicy) keeps(times []time.Time) []bool {
	keep := make([]bool, len(times))
	for _, span := range []struct {
		n    int
		name func(time.Time) string
	}{
		{r.Days, func(t time.Time) string { return string(station.DayOf(t)) }},
		{r.Weeks, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, w) }},
		{r.Months, func(t time.Time) string { return string(station.DayOf(t))[:len("2006-01")] }},
	} {
		last := ""
		for i, t := range times {
			if name := span.name(t); name != last && span.n > 0 {
				keep[i], last = true, name
				span.n--
			}
		}
	}
	return keep
}

// ErrUnderWay is why a backup was not begun: another process makes one in the
// same folder.
var ErrUnderWay = errors.New("another backup is under way")

const (
	backupEnd   = ".backup"
	backupStamp = "20060102T150405Z"
)

// Into makes a backup in a folder, which it makes too, under a name of
// its time, such as bindery.db-20260702T060000Z.backup. When it is verified,
// those that the rotation does not keep are removed; when it is not, none is.
// One process at a time does so; what another left when it was killed is
// cleared away.
func Into(ctx context.Context, d *dhr.DHR, folder string, r RetentionPolicy) (file string, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", asBackupFault(err)
	}
	done, err := alone(filepath.Join(folder, "."+filepath.Base(d.Path())+".lock"))
	if err != nil {
		return "", err
	}
	defer done()
	safefile.Clear(folder)
	if err := remove(folder, backupsIn(d, folder, backupEnd+".unsound")); err != nil { // the last one is enough to look at
		return "", asBackupFault(err)
	}
	name, why := backupPrefix(d)+d.Clock().Now().UTC().Format(backupStamp)+backupEnd, ""
	old, err := tooOld(ctx, d, folder, name, r)
	if err != nil {
		return "", store.AsFault(err)
	}
	if len(old) > 0 {
		why = "in place of " + strings.Join(old, ", ")
	}
	file = filepath.Join(folder, name)
	if err := backUp(ctx, d, file, why); err != nil {
		return "", err
	}
	return file, asBackupFault(errors.Join(remove(folder, old), store.SyncFolder(folder)))
}

func backupPrefix(d *dhr.DHR) string { return filepath.Base(d.Path()) + "-" }

// backupsIn are the names of this record's files in a folder, the newest first.
func backupsIn(d *dhr.DHR, folder, end string) []string {
	entries, _ := os.ReadDir(folder) // what cannot be read cannot be removed
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), backupPrefix(d)) && strings.HasSuffix(e.Name(), end) {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names) // by time, as the names have it
	slices.Reverse(names)
	return names
}

// tooOld are the backups that go once another one is there. A file stays whose
// name is not ours, or of which this record does not know: two lines may keep
// records of one name, and their backups in one folder.
func tooOld(ctx context.Context, d *dhr.DHR, folder, another string, r RetentionPolicy) (old []string, err error) {
	ours := map[string]bool{another: true}
	if err := d.Reader().Each(ctx, "SELECT file FROM backups WHERE code = ''", nil, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		ours[name] = true
		return err
	}); err != nil {
		return nil, err
	}
	var names []string
	var times []time.Time
	zone := d.Clock().Now().Location()
	for _, name := range append([]string{another}, backupsIn(d, folder, backupEnd)...) {
		at, err := time.Parse(backupStamp, strings.TrimSuffix(strings.TrimPrefix(name, backupPrefix(d)), backupEnd))
		if err == nil && ours[name] {
			names, times = append(names, name), append(times, at.In(zone))
		}
	}
	for i, keep := range r.keeps(times) {
		if !keep && names[i] != another {
			old = append(old, names[i])
		}
	}
	return old, nil
}

func remove(folder string, names []string) (err error) {
	for _, name := range names {
		err = errors.Join(err, os.Remove(filepath.Join(folder, name)))
	}
	return err
}

// alone holds a lock file, which the system lets go with the process.
func alone(path string) (done func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR|unix.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, asBackupFault(err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close() // nothing was written
		return nil, station.NewFault(station.BackupFault, "another one is under way.", errors.Join(ErrUnderWay, err))
	}
	return func() { f.Close() }, nil // nothing was written
}
