// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"context"
	"database/sql"
	"sync"

	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
)

// verifier is one run of [Record].
type verifier struct {
	ctx         context.Context
	path        string
	db          *sql.DB
	tx          *sql.Tx // walks the leaves
	beside      *sql.Tx // looks at the same state meanwhile
	tables      map[string]store.TableSchema
	against     record.Against
	points      map[int64][]namedCheckpoint // checkpoints by size
	chain       ledger.Chain
	tree        ledger.Tree
	last        int64                    // number of the last leaf
	key         []byte                   // of the multiset hashes
	before      []byte                   // room for an image
	want        map[string]*multisetHash // by table, as the leaves have it
	rows        int64
	trusted     string
	checkpoints int
	covered     int64
	keyUses     []*record.KeyUse

	partsDamaged bool // by what SQLite says of the pages

	progress func(done, of int64)
	counting sync.Mutex
	done, of int64
}

// namedCheckpoint is a checkpoint to be held against the leaves.
type namedCheckpoint struct {
	ledger.Checkpoint
	name string
}

// step counts what was looked at, and what was found that must be.
func (v *verifier) step(done, more int64) {
	v.counting.Lock()
	defer v.counting.Unlock()
	v.done, v.of = v.done+done, v.of+more
	if v.done%1000 == 0 || v.done == v.of {
		v.progress(v.done, v.of)
	}
}

// nothing can be trusted of a file that is damaged.
const nothing = "Nothing, until the file is restored from a good backup."
