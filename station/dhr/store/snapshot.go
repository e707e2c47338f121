// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"errors"
)

// SnapshotReader reads the file as it stood at one moment, while others go on writing.
// It holds one connection, and the write-ahead log grows until it is closed.
type SnapshotReader struct {
	Reader
	tx *sql.Tx
}

// Snapshot takes one. ctx must live as long as the snapshot is used.
func (r *Reader) Snapshot(ctx context.Context) (*SnapshotReader, error) {
	tx, err := r.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, AsFault(err)
	}
	s := &SnapshotReader{
		Reader: Reader{Path: r.Path, Tables: r.Tables, Pool: poolOf(r.DB, tx.PrepareContext), moment: true},
		tx:     tx,
	}
	if _, err := s.Head(ctx); err != nil { // the first read fixes the moment
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close lets the moment go.
func (s *SnapshotReader) Close() error { return AsFault(s.tx.Rollback()) }

// AtOneMoment calls do with the file as it stands at one moment: that of r, if it is
// read so, else the present one.
func (r *Reader) AtOneMoment(ctx context.Context, do func(*Reader) error) error {
	if r.moment {
		return do(r)
	}
	s, err := r.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // it was only read
	return do(&s.Reader)
}
