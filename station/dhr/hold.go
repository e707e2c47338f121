// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
)

// hold keeps everybody else out of the record at path until it is let go. It
// fails at once with record-locked while a program has it open: that would go
// on writing into the file after it was set aside. A file that is lost, or that
// SQLite cannot make anything of, is nobody's.
func hold(ctx context.Context, path string) (letGo func(), err error) {
	if err := process(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn(path, "mode=rw", []string{"locking_mode(EXCLUSIVE)"}))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	letGo = func() { db.Close() } //nolint:errcheck // nothing was written
	for _, text := range []string{"PRAGMA busy_timeout = 0", "BEGIN EXCLUSIVE"} {
		if _, err = db.ExecContext(ctx, text); err != nil {
			break
		}
	}
	if gone := ctx.Err(); busy(err) || gone != nil {
		letGo()
		return nil, errors.Join(gone, err)
	}
	return letGo, nil
}
