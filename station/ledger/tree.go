// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// TreeNode is the hash of a complete subtree, at its place in the order of
// [tlog.StoredHashIndex]. Level 0, the leaves themselves, is not kept twice.
type TreeNode struct {
	ID   int64
	Hash Hash
}

// Nodes are the subtrees that leaf number completes. r reads hashes that were
// kept before.
func Nodes(number int64, leaf Hash, r tlog.HashReader) ([]TreeNode, error) {
	hashes, err := tlog.StoredHashesForRecordHash(number-1, leaf, r)
	if err != nil {
		return nil, err
	}
	return numbered(number, hashes[1:]), nil
}

func numbered(number int64, hashes []Hash) []TreeNode {
	first := tlog.StoredHashIndex(0, number-1)
	nodes := make([]TreeNode, len(hashes))
	for i, h := range hashes {
		nodes[i] = TreeNode{first + 1 + int64(i), h}
	}
	return nodes
}

// Tree is the RFC 6962 tree over leaf hashes that are added one by one. It
// keeps only the roots of its complete subtrees: at most one for each bit of
// Size.
type Tree struct {
	Size  int64
	peaks []Hash // the largest first
}

// Add adds the hash of the next leaf and returns the subtrees that it
// completes.
func (t *Tree) Add(h Hash) []TreeNode {
	t.Size++
	t.peaks = append(t.peaks, h)
	completed := make([]Hash, bits.TrailingZeros64(uint64(t.Size)))
	for i := range completed {
		n := len(t.peaks)
		h = tlog.NodeHash(t.peaks[n-2], t.peaks[n-1])
		t.peaks = append(t.peaks[:n-2], h)
		completed[i] = h
	}
	return numbered(t.Size, completed)
}

// Root is the root hash of the leaves so far (RFC 6962 §2.1).
func (t *Tree) Root() Hash {
	if t.Size == 0 {
		root, _ := tlog.TreeHash(0, nil) // it reads nothing
		return root
	}
	root := t.peaks[len(t.peaks)-1]
	for i := len(t.peaks) - 2; i >= 0; i-- {
		root = tlog.NodeHash(t.peaks[i], root)
	}
	return root
}
