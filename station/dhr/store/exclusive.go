// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"errors"
)

// LockExclusive shuts everybody else out of the record at path until it is let go. It
// fails at once with record-locked while a program has it open: that would go
// on writing into the file after it was set aside. A file that is lost, or that
// SQLite cannot make anything of, is nobody's.
func LockExclusive(ctx context.Context, path string) (release func(), err error) {
	db, err := Connect(path, "mode=rw", []string{"locking_mode(EXCLUSIVE)"})
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	release = func() { db.Close() } // nothing was written
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
