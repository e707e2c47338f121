// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"math"

	"bindery/station/dhr/store"
	"bindery/station/ledger"
)

// entrySum is what an entry of the index of parts has: how many rows, and a keyed
// sum over their numbers, for whoever changed the index could choose others that add
// up to the same.
type entrySum struct{ rows, sum int64 }

// modulus is a prime; numbers of rows are taken in three pieces of 24 bits, so that
// nothing of the sum goes beyond 63.
const modulus, piece = 1<<31 - 1, 1<<24 - 1

// ErrParts is what is wrong with an index that is not what the rows make: [dhr.DHR.RebuildIndex] makes it anew.
const ErrParts = ledger.IntegrityError("The index of parts has not what the rows have: a search for a part of a number may miss units. Quality or an admin rebuilds it.")

func (v *verifier) partKeys() (keys [3]int64) {
	for i := range keys {
		keys[i] = 1 + int64(binary.LittleEndian.Uint32(v.key[4*i:]))%(modulus-1)
	}
	return keys
}

// parts holds the index of parts against the rows. It is no evidence, but a search
// believes it that there is no more.
func (v *verifier) parts() error {
	err := v.compareParts()
	if v.partsDamaged || store.Damaged(err) { // the rows themselves have been read
		return ErrParts
	}
	return err
}

func (v *verifier) compareParts() error {
	keys, want := v.partKeys(), map[string]entrySum{}
	for _, s := range store.PartSources {
		if err := v.expectParts(s, keys, want); err != nil {
			return err
		}
	}
	rows, err := v.tx.QueryContext(v.ctx, `SELECT term, count(*), sum(((doc >> 48) * ?1 + ((doc >> 24) & ?5) * ?2 + (doc & ?5) * ?3) % ?4)
		FROM part_entries GROUP BY term`, keys[0], keys[1], keys[2], modulus, piece)
	if err != nil {
		return err
	}
	defer rows.Close()
	found := 0
	for rows.Next() {
		var term string
		var got entrySum
		if err := rows.Scan(&term, &got.rows, &got.sum); err != nil {
			return err
		}
		if found++; got != want[term] {
			return ErrParts
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if found != len(want) {
		return ErrParts
	}
	return v.partsAreFound(want)
}

// partsAreFound asks for each entry as a search does: an entry that stands where a
// search does not look is none.
func (v *verifier) partsAreFound(want map[string]entrySum) error {
	ask, err := v.tx.PrepareContext(v.ctx, `SELECT count(*) FROM parts(?)`)
	if err != nil {
		return err
	}
	defer ask.Close()
	for term, w := range want {
		var n int64
		if err := ask.QueryRowContext(v.ctx, term).Scan(&n); err != nil {
			return err
		}
		if n != w.rows {
			return ErrParts
		}
	}
	return nil
}

// expectParts adds what the rows of a source have, as far as they are in the index.
func (v *verifier) expectParts(s store.PartSource, keys [3]int64, want map[string]entrySum) error {
	upto, last := int64(math.MaxInt64), int64(0)
	if s.Behind {
		err := v.tx.QueryRowContext(v.ctx, `SELECT upto FROM parts_reach WHERE source = ?`, s.Name).Scan(&upto)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrParts
		} else if err != nil {
			return err
		}
	}
	rows, err := v.tx.QueryContext(v.ctx, s.Rows, 0, -1)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		n, values, err := store.PartRow(rows.Scan)
		if err != nil {
			return err
		}
		if n > upto {
			break
		}
		last = n
		n += s.First
		sum := ((n>>48)*keys[0] + (n>>24&piece)*keys[1] + (n&piece)*keys[2]) % modulus
		for _, e := range s.Entries(values) {
			w := want[e]
			want[e] = entrySum{w.rows + 1, w.sum + sum}
		}
	}
	if s.Behind && last != upto && rows.Err() == nil { // rows that are still to come would be missed
		return ErrParts
	}
	return rows.Err()
}
