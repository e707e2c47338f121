// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"bindery/station"
)

// Restore puts a backup in the place of a record that is lost or damaged, and
// writes a leaf that says so; by is who does it. The backup is only read. Its
// copy is verified first; what stood there is set aside, never deleted. No
// program may have the record open.
//
// What was written after the backup is lost; [Drill] tells what. Where
// checkpoints in a second place cover more than the backup has, the restored
// record is not opened with that place until somebody has taken those
// checkpoints away: a restore must not pass for nothing.
func Restore(ctx context.Context, backup, path, by string, o Options) (aside string, err error) {
	o.Copies = ""
	partial := path + ".partial"
	discard(partial)
	defer discard(partial)
	if r, err := tryOut(ctx, backup, partial, o); err != nil {
		return "", err
	} else if !r.OK {
		return "", station.NewFault(station.RecordDamaged, "the backup: "+r.FirstFault, nil)
	}
	if aside, err = setAside(path, path+".replaced-"+o.Clock.Now().UTC().Format("20060102T150405Z")); err != nil {
		return aside, fault(err)
	}
	if err := errors.Join(os.Rename(partial, path), syncFolder(filepath.Dir(path))); err != nil {
		return aside, fault(err)
	}
	restored, err := Open(ctx, path, o)
	if err != nil {
		return aside, err
	}
	_, err = restored.write(ctx, act{what: "restore", who: by, why: "from " + filepath.Base(backup)}, func(*tx) error { return nil })
	return aside, errors.Join(err, restored.Close())
}

// tryOut copies a backup to a file and does with the copy what a restore must
// be able to: open it, bring it up to date, verify the whole of it.
func tryOut(ctx context.Context, backup, to string, o Options) (r VerifyReport, err error) {
	for _, tail := range []string{"", "-wal"} { // a plain copy of a record may have its log beside it
		err := copyFile(backup+tail, to+tail)
		if err != nil && (tail == "" || !errors.Is(err, os.ErrNotExist)) {
			return r, station.NewFault(station.RecordFault, "the copy of the backup", err)
		}
	}
	d, err := Open(ctx, to, o)
	if err != nil {
		return r, err
	}
	r, err = d.Verify(ctx, nil)
	return r, errors.Join(err, d.Close()) // closing it folds its log into the file
}

// copyFile writes a durable copy that only its owner can read.
func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Sync(), dst.Close())
}

// discard removes a copy and all that SQLite and a migration put beside it. A
// log or journal that is left of an earlier copy would be taken for one of the
// next.
func discard(path string) {
	beside, _ := filepath.Glob(path + ".version-*") //nolint:errcheck // the pattern is sound
	for _, name := range append(beside, path, path+"-wal", path+"-shm", path+"-journal") {
		os.Remove(name) //nolint:errcheck // it may be gone, and what cannot go is told by who writes it anew
	}
}

// setAside moves a record with its write-ahead log, which may hold commits
// that the file itself does not have yet. A log goes also where its file is
// lost: SQLite would write it over the one that is put there.
func setAside(path, to string) (aside string, err error) {
	for _, tail := range []string{"", "-wal", "-shm", "-journal"} {
		switch err := os.Rename(path+tail, to+tail); {
		case err == nil:
			aside = to
		case !errors.Is(err, os.ErrNotExist):
			return aside, err
		}
	}
	return aside, nil
}
