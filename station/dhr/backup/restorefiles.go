// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/safefile"
)

// openReadable looks at a record; nil when none is there that can be read.
func openReadable(ctx context.Context, path string, o dhr.Options) (*dhr.DHR, error) {
	d, err := dhr.OpenReadOnly(ctx, path, o)
	var f *station.Fault
	if ctx.Err() != nil || errors.As(err, &f) && f.Code == station.RecordLocked {
		return nil, err
	}
	return d, nil
}

// tryOut copies a backup to a file and does with the copy what a restore must
// be able to: open it, bring it up to date, verify the whole of it.
func tryOut(ctx context.Context, backup, to string, o dhr.Options) (r record.VerifyReport, err error) {
	for _, tail := range []string{"", "-wal"} { // a plain copy of a record may have its log beside it
		err := copyFile(backup+tail, to+tail)
		var f *station.Fault
		if errors.As(err, &f) {
			return r, err
		}
		if err != nil && (tail == "" || !errors.Is(err, os.ErrNotExist)) {
			return r, station.NewFault(station.RecordFault, "the copy of the backup", err)
		}
	}
	d, err := dhr.Open(ctx, to, o)
	if err != nil {
		return r, err
	}
	r, err = verify.Record(ctx, d, nil)
	return r, errors.Join(err, d.Close()) // closing it folds its log into the file
}

// copyFile writes a durable copy that only its owner can read, where there is
// room for it.
func copyFile(from, to string) error {
	src, size, err := safefile.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	free, err := safefile.FreeSpace(filepath.Dir(to))
	if err != nil {
		return station.NewFault(station.RecordFault, "the free space on its disk is not known", err)
	}
	if !station.BackupSpace.LeftBy(size, free) {
		return station.NewFault(station.RecordFull, "", nil)
	}
	dst, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, io.LimitReader(src, size))
	return errors.Join(err, dst.Sync(), dst.Close())
}

// setAside moves a record with its write-ahead log, which may hold commits
// that the file itself does not have yet. A log goes also where its file is
// lost: SQLite would write it over the one that is put there. It gets a name
// that nothing has.
func setAside(path string, now time.Time) (aside string, err error) {
	tails := []string{"", "-wal", "-shm", "-journal"}
	to := path + ".replaced-" + now.UTC().Format(backupStamp)
	for n := 2; slices.ContainsFunc(tails, func(tail string) bool { return there(to + tail) }); n++ {
		to = fmt.Sprintf("%s.replaced-%s-%d", path, now.UTC().Format(backupStamp), n)
	}
	for _, tail := range tails {
		switch err := safefile.Rename(path+tail, to+tail, safefile.Rules{Own: true}); {
		case err == nil:
			aside = to
		case !errors.Is(err, os.ErrNotExist):
			return aside, err
		}
	}
	return aside, nil
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// replace puts a file that was made in a folder of its own in the place of the
// record, which is set aside while nobody has it open.
func replace(ctx context.Context, path string, from *safefile.Folder, now time.Time) (aside string, err error) {
	release, err := store.LockExclusive(ctx, path)
	if err != nil {
		return "", err
	}
	defer release()
	if aside, err = setAside(path, now); err != nil {
		return aside, err
	}
	return aside, from.Publish(filepath.Base(path), path, safefile.Rules{Own: true})
}
