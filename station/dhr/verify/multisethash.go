// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"crypto/sha256"
	"encoding/binary"
)

// multisetHash sums up the rows of a table, in whatever order they come: how many
// there are, the numbers of the leaves that they name, and a fingerprint of
// all their images. What the leaves wrote, less what they replaced, must come
// to the same as what the table holds.
//
// The fingerprint is MSet-Add-Hash of Clarke, Devadas, van Dijk, Gassend and Suh
// (Incremental Multiset Hash Functions and Their Application to Memory Integrity
// Checking, ASIACRYPT 2003) with SHA-256 over the key and each image, added up
// in four lanes modulo 2^64, and without its nonce, as no sum leaves the run.
// The key is drawn anew for each run: who forged the record could not know it,
// and other rows come to the same sum by luck alone, less than once in 2^90.
type multisetHash struct {
	rows, leaves int64
	images       [4]uint64
	text         []byte // the key, then room for an image
	key          int    // its length
}

func newMultisetHash(key []byte) *multisetHash {
	return &multisetHash{text: append([]byte{}, key...), key: len(key)}
}

// add takes in a row as a leaf wrote it. Sums do not depend on the order, in which
// leaves and tables differ.
func (t *multisetHash) add(image []byte, leaf int64) {
	t.rows++
	t.leaves += leaf
	for i, n := range t.lanes(image) {
		t.images[i] += n
	}
}

// remove takes a row out again that a later leaf changed.
func (t *multisetHash) remove(image []byte, leaf int64) {
	t.rows--
	t.leaves -= leaf
	for i, n := range t.lanes(image) {
		t.images[i] -= n
	}
}

// lanes are four numbers of a row under the key of this run: nobody can choose rows
// whose sums agree.
func (t *multisetHash) lanes(image []byte) (n [4]uint64) {
	t.text = append(t.text[:t.key], image...)
	sum := sha256.Sum256(t.text)
	for i := range n {
		n[i] = binary.LittleEndian.Uint64(sum[8*i:])
	}
	return n
}

func (t *multisetHash) equals(o *multisetHash) bool {
	return t.rows == o.rows && t.leaves == o.leaves && t.images == o.images
}
