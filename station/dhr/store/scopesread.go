// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
)

// ScopeReach is how far the columns of scopes have come.
type ScopeReach struct {
	Units   int64    // the last that is in them
	Changed []string // serials of units that are newer, or of which something was written since
	Stale   []int64  // numbers of those that are in them
}

// scopesBehind is how many units and leaves the columns may be behind: those are read
// one by one.
const scopesBehind = 4 * partsEvery

// ScopeReach tells how far the columns of scopes have come; ok is false where they are
// being filled or are damaged, so that the rows are to be read. It belongs to one
// moment of the record ([Reader.AtOneMoment]).
func (r *Reader) ScopeReach(ctx context.Context) (s ScopeReach, ok bool, err error) {
	var seen int64
	err = r.Row(ctx, `SELECT unit, seen, (SELECT coalesce(max(id), 0) FROM bindings) <= unit + ?1 AND (SELECT coalesce(max(number), 0) FROM leaves) <= seen + ?1
		FROM scope_reach`, []any{scopesBehind}, []any{&s.Units, &seen, &ok})
	if errors.Is(err, sql.ErrNoRows) || Damaged(err) { // verify says so
		return s, false, nil
	} else if err != nil || !ok {
		return s, false, AsFault(err)
	}
	err = r.Each(ctx, ScopeTouched+` AND r.value ->> '$.row.serial' <> '' UNION SELECT serial FROM bindings NOT INDEXED WHERE id > ?2`, []any{seen, s.Units},
		func(scan func(...any) error) error {
			var serial string
			err := scan(&serial)
			s.Changed = append(s.Changed, serial)
			return err
		})
	if err != nil {
		return s, false, AsFault(err)
	}
	list, err := json.Marshal(s.Changed)
	if err != nil {
		return s, false, err
	}
	err = r.Each(ctx, `SELECT min(id) FROM bindings WHERE serial IN (SELECT value FROM json_each(?1)) GROUP BY serial`, []any{string(list)},
		func(scan func(...any) error) error {
			var n int64
			err := scan(&n)
			s.Stale = append(s.Stale, n)
			return err
		})
	return s, err == nil, AsFault(err)
}

// ScopeChunks calls do for each part of a column from one to before another, in their
// order; one in which no number but 0 would stand may be missing. Its bytes are only
// good until do returns.
func (r *Reader) ScopeChunks(ctx context.Context, c ScopeColumn, from, before int64, do func(n int64, p Packed) error) error {
	return r.Each(ctx, `SELECT id, low, high, packed FROM scope_chunks WHERE id >= ? AND id < ? ORDER BY id`,
		[]any{ChunkID(c, from), ChunkID(c, before)}, func(scan func(...any) error) error {
			var id int64
			var p Packed
			if err := scan(&id, &p.Low, &p.High, (*sql.RawBytes)(&p.Bytes)); err != nil {
				return err
			}
			if !p.Sound() {
				return errScopes
			}
			return do(id-ChunkID(c, 0), p)
		})
}

var errScopes = errors.New("the columns of scopes are damaged: rebuild the index")

// ScopeCodes are the numbers of the values of a column that meet a condition on
// scope_values v: a place for each number, up to the last that does.
func (r *Reader) ScopeCodes(ctx context.Context, c ScopeColumn, condition string, args ...any) (list []bool, err error) {
	err = r.Each(ctx, `SELECT v.code FROM scope_values v WHERE v.field = ? AND `+condition, append([]any{int64(c)}, args...),
		func(scan func(...any) error) error {
			var code int
			err := scan(&code)
			for len(list) <= code && err == nil {
				list = append(list, false)
			}
			list[code] = true
			return err
		})
	return list, AsFault(err)
}
