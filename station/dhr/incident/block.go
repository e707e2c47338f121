// SPDX-License-Identifier: Apache-2.0

package incident

import "bindery/station/dhr/store"

// block are the chunks from one to before another.
type block struct{ from, before int64 }

func (b block) none() []uint64 { return make([]uint64, (b.before-b.from)*chunkWords) }

// numbers sets the bits of some units.
func (b block) numbers(list []int64) []uint64 {
	set := b.none()
	for _, n := range list {
		if i := n - b.from*store.ScopeChunk; i >= 0 && i < int64(len(set))*64 {
			set[i/64] |= 1 << (i % 64)
		}
	}
	return set
}

// chunkWords is how many words the bits of a chunk take.
const chunkWords = store.ScopeChunk / 64
