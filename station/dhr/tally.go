// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"crypto/sha256"
	"encoding/binary"
)

// tally sums up the rows of a table, in whatever order they come: how many
// there are, the numbers of the leaves that they name, and a fingerprint of
// all their images. What the leaves wrote, less what they replaced, must come
// to the same as what the table holds.
//
// The fingerprint adds up SHA-256 over each image, lane by lane, after a key
// drawn anew for each run: who forged the record could not know it, and other
// rows come to the same sum by luck alone, less than once in 2^90.
type tally struct {
	rows, leaves int64
	images       [4]uint64
	text         []byte // the key, then room for an image
	key          int    // its length
}

func newTally(key []byte) *tally { return &tally{text: append([]byte{}, key...), key: len(key)} }

func (t *tally) put(image []byte, leaf int64) {
	t.rows++
	t.leaves += leaf
	for i, n := range t.lanes(image) {
		t.images[i] += n
	}
}

func (t *tally) take(image []byte, leaf int64) {
	t.rows--
	t.leaves -= leaf
	for i, n := range t.lanes(image) {
		t.images[i] -= n
	}
}

func (t *tally) lanes(image []byte) (n [4]uint64) {
	t.text = append(t.text[:t.key], image...)
	sum := sha256.Sum256(t.text)
	for i := range n {
		n[i] = binary.LittleEndian.Uint64(sum[8*i:])
	}
	return n
}

func (t *tally) equals(o *tally) bool {
	return t.rows == o.rows && t.leaves == o.leaves && t.images == o.images
}
