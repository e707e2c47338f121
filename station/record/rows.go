// SPDX-License-Identifier: Apache-2.0

package record

// LeafRow is a row as its leaf shows it, with the bytes of its blobs, of which
// the leaf has only the hash.
type LeafRow struct {
	Table string
	Row   map[string]any    // every column: string, int64, nil; a blob as "sha256:" and hex
	Blobs map[string][]byte // by column
}

// Leaf is the number of the leaf that wrote the row last.
func (r LeafRow) Leaf() int64 {
	n, _ := r.Row["leaf"].(int64) // STRICT: leaf is an integer
	return n
}
