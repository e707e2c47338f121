// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"time"

	"bindery/station/safefile"
)

// replace puts a file that was made in a folder of its own in the place of the
// record, which is set aside while nobody has it open.
func replace(ctx context.Context, path string, from *safefile.Folder, now time.Time) (aside string, err error) {
	release, err := lockExclusive(ctx, path)
	if err != nil {
		return "", err
	}
	defer release()
	if aside, err = setAside(path, now); err != nil {
		return aside, err
	}
	return aside, from.Publish(filepath.Base(path), path, safefile.Rules{Own: true})
}

// lockExclusive shuts everybody else out of the record at path until it is let go. It
// fails at once with record-locked while a program has it open: that would go
// on writing into the file after it was set aside. A file that is lost, or that
// SQLite cannot make anything of, is nobody's.
func lockExclusive(ctx context.Context, path string) (release func(), err error) {
	if err := process(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn(path, "mode=rw", []string{"locking_mode(EXCLUSIVE)"}))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	release = func() { db.Close() } //nolint:errcheck // nothing was written
	for _, text := range []string{"PRAGMA busy_timeout = 0", "BEGIN EXCLUSIVE"} {
		if _, err = db.ExecContext(ctx, text); err != nil {
			break
		}
	}
	if gone := ctx.Err(); busy(err) || gone != nil {
		release()
		return nil, errors.Join(gone, err)
	}
	return release, nil
}
