// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"bindery/station"
)

// Backup copies the record to a file while the line runs, verifies the copy
// and only then gives it its name. A file that is there already is not
// replaced.
func (d *DHR) Backup(ctx context.Context, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return station.NewFault(station.RecordReadOnly, "there is a file of that name", nil)
	}
	partial := to + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fault(err)
	}
	defer os.Remove(partial) //nolint:errcheck // it is gone when all went well
	if err := vacuumInto(ctx, d.path, partial); err != nil {
		return fault(err)
	}
	if err := d.verified(ctx, partial); err != nil {
		return err
	}
	if err := syncFile(partial); err != nil {
		return fault(err)
	}
	return fault(errors.Join(os.Rename(partial, to), syncFolder(filepath.Dir(to))))
}

// vacuumInto copies the record as it stands at one moment, on a connection of
// its own: the readers may write nowhere, and the writer has to go on.
func vacuumInto(ctx context.Context, from, to string) error {
	db, err := sql.Open("sqlite", dsn(from, "mode=rw", nil))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return err
}

// verified verifies a copy without writing to it.
func (d *DHR) verified(ctx context.Context, path string) error {
	c := &DHR{path: path, clock: d.clock, station: d.station, tables: d.tables}
	if err := c.openReaders(); err != nil {
		return fault(err)
	}
	defer c.Close() //nolint:errcheck // it was only read
	r, err := c.Verify(ctx, nil)
	if err == nil && !r.OK {
		err = station.NewFault(station.RecordDamaged, r.FirstFault, nil)
	}
	return err
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Restore puts a backup in the place of a record that is lost or damaged, and
// writes a leaf that says so. The backup is verified first; what stood there is
// set aside, never deleted. No program may have the record open.
//
// What was written after the backup is lost. Where checkpoints in a second
// place cover more than the backup has, the restored record is not opened with
// that place until somebody has taken those checkpoints away: a restore must
// not pass for nothing.
func Restore(ctx context.Context, backup, path string, o Options) (aside string, err error) {
	o.Copies = ""
	d, err := Open(ctx, backup, o)
	if err != nil {
		return "", err
	}
	defer d.Close() //nolint:errcheck // it was only read
	if _, err := os.Lstat(path); err == nil {
		aside = fmt.Sprintf("%s.replaced-%s", path, o.Clock.Now().UTC().Format("20060102T150405Z"))
		if err := setAside(path, aside); err != nil {
			return "", fault(err)
		}
	}
	if err := d.Backup(ctx, path); err != nil {
		return aside, err
	}
	restored, err := Open(ctx, path, o)
	if err != nil {
		return aside, err
	}
	_, err = restored.write(ctx, act{what: "restore", why: "from " + filepath.Base(backup)}, func(*tx) error { return nil })
	return aside, errors.Join(err, restored.Close())
}

// setAside moves a record with its write-ahead log, which may hold commits
// that the file itself does not have yet.
func setAside(path, aside string) error {
	for _, tail := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+tail, aside+tail); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Health is what [DHR.Check] finds.
type Health struct {
	OK          bool   `json:"ok"`
	Integrity   string `json:"integrity"`    // "ok", or the first thing that SQLite found
	ForeignKeys int    `json:"foreign_keys"` // rows that point at nothing
	Leaves      int64  `json:"leaves"`
	Bytes       int64  `json:"bytes"`      // of the file
	FreeBytes   int64  `json:"free_bytes"` // on its disk
}

// lowSpace is how much free disk is too little to begin a shift with.
const lowSpace = 1 << 30

// Check looks at the file itself: its pages, its references and the space that
// is left. [DHR.Verify] looks at what it says.
func (d *DHR) Check(ctx context.Context) (Health, error) {
	h := Health{}
	for _, q := range []struct {
		text string
		into any
	}{
		{"PRAGMA integrity_check(1)", &h.Integrity},
		{"SELECT count(*) FROM pragma_foreign_key_check", &h.ForeignKeys},
		{"SELECT coalesce(max(number), 0) FROM leaves", &h.Leaves},
		{"SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", &h.Bytes},
	} {
		if err := d.reads.row(ctx, q.text, nil, []any{q.into}); err != nil {
			return h, fault(err)
		}
	}
	free, err := freeSpace(filepath.Dir(d.path))
	h.FreeBytes = free
	h.OK = err == nil && h.Integrity == "ok" && h.ForeignKeys == 0 && free >= lowSpace
	return h, fault(err)
}
