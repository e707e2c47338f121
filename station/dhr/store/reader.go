// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"
)

// Reader is a file that is read, as it goes on or as it stood at one moment.
type Reader struct {
	Path   string
	Tables map[string]TableSchema
	*Pool       // connections that cannot write
	moment bool // it is of a [SnapshotReader]
}

// QueryRow asks the connections that read.
func (r *Reader) QueryRow(ctx context.Context) QueryRow {
	return func(text string, args []any, into ...any) error { return r.Row(ctx, text, args, into) }
}

// Hashes reads the hashes of the tree.
func (r *Reader) Hashes(ctx context.Context) tlog.HashReader { return Hashes(r.QueryRow(ctx)) }

// Prove gives the proof that leaf number is one of the first size leaves of
// the record (RFC 6962 §2.1.1), to be checked with [tlog.CheckRecord] against
// the root in a checkpoint of that size.
func (r *Reader) Prove(ctx context.Context, number, size int64) (tlog.RecordProof, error) {
	p, err := tlog.ProveRecord(size, number-1, r.Hashes(ctx))
	return p, AsRowFault(err)
}

// Keys lists the public keys of every station that signed checkpoints here.
func (r *Reader) Keys(ctx context.Context) (list []string, err error) {
	err = r.Each(ctx, "SELECT key FROM station_keys ORDER BY leaf", nil, func(scan func(...any) error) error {
		var k string
		err := scan(&k)
		list = append(list, k)
		return err
	})
	return list, AsFault(err)
}
