// SPDX-License-Identifier: Apache-2.0

package store

import (
	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/ledger"
)

// Hashes reads the hashes of the tree: those of leaves from the leaves, the
// others from the nodes.
func Hashes(get QueryRow) tlog.HashReader {
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
