// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"database/sql"
	"errors"

	"bindery/station/dhr/store"
	"bindery/station/ledger"
)

// ErrScopes is what is wrong with columns of scopes that are not what the rows make:
// [dhr.DHR.RebuildIndex] makes them anew.
const ErrScopes = ledger.IntegrityError("The columns of scopes have not what the rows have: the count of a scope may be wrong. Quality or an admin rebuilds them.")

// scopes holds the columns of scopes against the rows. They are no evidence, but a
// count believes them.
func (v *verifier) scopes() error {
	err := v.compareScopes()
	if store.Damaged(err) || errors.Is(err, sql.ErrNoRows) { // the rows themselves have been read
		return ErrScopes
	}
	return err
}

func (v *verifier) compareScopes() error {
	c := scopeComparison{verifier: v, stale: map[int64]bool{}, codes: map[store.ScopeColumn]map[string]int64{}}
	var seen int64
	var sound bool
	err := v.tx.QueryRowContext(v.ctx, selectReach, store.ScopeDisposition, store.ScopeDialect).Scan(&c.upto, &seen, &sound)
	if err != nil {
		return err
	} else if !sound {
		return ErrScopes
	}
	if err := c.readStale(seen); err != nil {
		return err
	}
	if err := c.readCodes(); err != nil {
		return err
	}
	for _, column := range store.ScopeColumns {
		c.want = append(c.want, make([]int64, store.ScopeChunk))
		c.columns = append(c.columns, column)
	}
	return c.compare()
}

// selectReach reads how far the columns have come, and whether they can have come so
// far and the numbers of their texts are all that there are.
const selectReach = `SELECT unit, seen, id = 1 AND (unit = 0 OR unit IN (SELECT id FROM bindings)) AND seen <= (SELECT coalesce(max(number), 0) FROM leaves)
	AND NOT EXISTS (SELECT 1 FROM scope_values WHERE field NOT BETWEEN ?1 AND ?2)
	AND NOT EXISTS (SELECT 1 FROM scope_values GROUP BY field HAVING max(code) <> count(*))
	FROM scope_reach`

// scopeComparison makes the columns from the rows, one chunk of all of them at a time.
type scopeComparison struct {
	*verifier
	upto    int64          // the last unit that is in them
	stale   map[int64]bool // those of which something was written since
	codes   map[store.ScopeColumn]map[string]int64
	columns []store.ScopeColumn
	want    [][]int64 // by column
	chunk   int64     // that want is of
	found   int64     // rows of scope_chunks that are as they must be
}

// readStale reads which units the columns may have as they were before.
func (c *scopeComparison) readStale(seen int64) error {
	rows, err := c.tx.QueryContext(c.ctx, `SELECT (SELECT min(id) FROM bindings WHERE serial = s.serial) FROM (`+store.ScopeTouched+`) s`, seen)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n sql.NullInt64 // an attempt may be of no unit
		if err := rows.Scan(&n); err != nil {
			return err
		}
		c.stale[n.Int64] = true
	}
	return rows.Err()
}

func (c *scopeComparison) readCodes() error {
	rows, err := c.tx.QueryContext(c.ctx, `SELECT field, code, value FROM scope_values`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var column store.ScopeColumn
		var code int64
		var value string
		if err := rows.Scan(&column, &code, &value); err != nil {
			return err
		}
		if c.codes[column] == nil {
			c.codes[column] = map[string]int64{}
		}
		c.codes[column][value] = code
	}
	return rows.Err()
}

func (c *scopeComparison) compare() error {
	rows, err := c.tx.QueryContext(c.ctx, store.ScopeRowsAfter, 0, c.upto)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		u, err := store.ReadScopeUnit(rows.Scan)
		if err != nil {
			return err
		}
		for u.Number/store.ScopeChunk > c.chunk {
			if err := c.compareChunk(); err != nil {
				return err
			}
		}
		for i, column := range c.columns {
			if c.want[i][u.Number%store.ScopeChunk], err = u.Value(column, c.codeOf); err != nil {
				return err
			}
		}
	}
	if err := errors.Join(rows.Err(), c.compareChunk()); err != nil {
		return err
	}
	var n int64
	if err := c.tx.QueryRowContext(c.ctx, `SELECT count(*) FROM scope_chunks`).Scan(&n); err != nil {
		return err
	}
	if n != c.found {
		return ErrScopes
	}
	return nil
}

// codeOf is the number of a text; one that has none stands in no column.
func (c *scopeComparison) codeOf(column store.ScopeColumn, text string) (int64, error) {
	if code := c.codes[column][text]; code > 0 {
		return code, nil
	}
	return -1, nil
}

// compareChunk holds what was made of a chunk against what the columns have.
func (c *scopeComparison) compareChunk() error {
	for i, column := range c.columns {
		var got store.Packed
		err := c.tx.QueryRowContext(c.ctx, `SELECT low, high, packed FROM scope_chunks WHERE id = ?`, store.ChunkID(column, c.chunk)).
			Scan(&got.Low, &got.High, &got.Bytes)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			got = store.Pack(make([]int64, store.ScopeChunk))
		case err != nil:
			return err
		default:
			c.found++
		}
		if !c.same(got, c.want[i]) {
			return ErrScopes
		}
		clear(c.want[i])
	}
	c.chunk++
	return nil
}

// same reports whether a chunk has what it must have, but for what has changed since.
func (c *scopeComparison) same(got store.Packed, want []int64) bool {
	if !got.Sound() {
		return false
	}
	has := make([]int64, store.ScopeChunk)
	got.Unpack(has)
	for i := range want {
		if n := c.chunk*store.ScopeChunk + int64(i); c.stale[n] && n <= c.upto {
			want[i] = has[i]
		}
	}
	p := store.Pack(want)
	return p.Low == got.Low && p.High == got.High && string(p.Bytes) == string(got.Bytes)
}
