// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"errors"
	"os"
)

// VacuumInto makes a copy that only its owner can read: it holds identities.
// It works on a connection of its own: the readers may write nowhere, and the
// writer has to go on.
func VacuumInto(ctx context.Context, from, to string) error {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, err := Connect(from, "mode=rw", nil)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	return err
}

// SyncFolder makes the names in a folder durable.
func SyncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
