// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/ledger"
)

// hashes reads the hashes of the tree: those of leaves from the leaves, the
// others from the nodes.
func hashes(get queryRow) tlog.HashReader {
	return tlog.HashReaderFunc(func(ids []int64) ([]ledger.Hash, error) {
		list := make([]ledger.Hash, len(ids))
		for i, id := range ids {
			var raw []byte
			query := "SELECT hash FROM nodes WHERE id = ?"
			if level, n := tlog.SplitStoredHashIndex(id); level == 0 {
				query, id = "SELECT hash FROM leaves WHERE number = ?", n+1
			}
			if err := get(query, []any{id}, &raw); err != nil {
				return nil, err
			}
			copy(list[i][:], raw)
		}
		return list, nil
	})
}

// Prove gives the proof that leaf number is one of the first size leaves of
// the record (RFC 6962 §2.1.1), to be checked with [tlog.CheckRecord] against
// the root in a checkpoint of that size.
func (d *DHR) Prove(ctx context.Context, number, size int64) (tlog.RecordProof, error) {
	p, err := tlog.ProveRecord(size, number-1, d.hashes(ctx))
	return p, known(err)
}

// ProveGrowth gives the proof that the first size leaves begin with the first
// was leaves (RFC 6962 §2.1.2), for [tlog.CheckTree].
func (d *DHR) ProveGrowth(ctx context.Context, was, size int64) (tlog.TreeProof, error) {
	p, err := tlog.ProveTree(size, was, d.hashes(ctx))
	return p, known(err)
}

func (d *DHR) hashes(ctx context.Context) tlog.HashReader {
	return hashes(d.queryRow(ctx))
}
