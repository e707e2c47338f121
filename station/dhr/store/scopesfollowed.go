// SPDX-License-Identifier: Apache-2.0

package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
)

// scopeTables are those of the columns of scopes.
var scopeTables = []string{"scope_values", "scope_chunks", "scope_reach"}

// IsOfScopes reports whether an object of the file is one of them, or an index of one.
func IsOfScopes(name string) bool {
	return slices.ContainsFunc(scopeTables, func(t string) bool { return strings.Contains(name, t) })
}

// scopesSince is the version of the tables from which on there are columns of scopes.
const scopesSince = 11

// RebuildScopes makes the columns of scopes anew, as [Tx.RebuildParts] does the index
// of parts; they are filled by [Store.CatchUpScopes].
func (t *Tx) RebuildScopes() error { return t.makeAnew(scopeTables, scopesSince) }

// scopesAtOnce is how many units of before enter the columns at once, while others
// wait to write.
const scopesAtOnce = ScopeChunk / 4

// scopeWriter changes columns, some units at a time.
type scopeWriter struct {
	t      partsTx
	chunks map[int64][]int64 // by their number in scope_chunks
	was    map[int64]Packed
	codes  map[textOf]int64 // that were asked for
}

// textOf is a text in a column.
type textOf struct {
	column ScopeColumn
	text   string
}

// put sets all columns of a unit.
func (w *scopeWriter) put(u ScopeUnit) error {
	for _, c := range ScopeColumns {
		v, err := u.Value(c, w.code)
		if err != nil {
			return err
		}
		chunk, err := w.chunk(ChunkID(c, u.Number/ScopeChunk))
		if err != nil {
			return err
		}
		chunk[u.Number%ScopeChunk] = v
	}
	return nil
}

// code is the number of a text, which it gets now where it is new.
func (w *scopeWriter) code(c ScopeColumn, text string) (int64, error) {
	code, ok := w.codes[textOf{c, text}]
	if ok {
		return code, nil
	}
	code, err := w.codeIn(c, text)
	w.codes[textOf{c, text}] = code
	return code, err
}

func (w *scopeWriter) codeIn(c ScopeColumn, text string) (code int64, err error) {
	err = w.t.Get(`SELECT code FROM scope_values WHERE field = ? AND value = ?`, []any{int64(c), text}, &code)
	if !errors.Is(err, sql.ErrNoRows) {
		return code, err
	}
	if err = w.t.Get(`SELECT coalesce(max(code), 0) + 1 FROM scope_values WHERE field = ?`, []any{int64(c)}, &code); err == nil {
		_, err = w.t.exec(`INSERT INTO scope_values (field, code, value) VALUES (?, ?, ?)`, int64(c), code, text)
	}
	return code, err
}

func (w *scopeWriter) chunk(id int64) ([]int64, error) {
	if values := w.chunks[id]; values != nil {
		return values, nil
	}
	values := make([]int64, ScopeChunk)
	var p Packed
	err := w.t.Get(`SELECT low, high, packed FROM scope_chunks WHERE id = ?`, []any{id}, &p.Low, &p.High, &p.Bytes)
	if err == nil && p.Sound() { // what is not is refused by verify
		p.Unpack(values)
		w.was[id] = p
	} else if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	w.chunks[id] = values
	return values, nil
}

// write writes the columns that have changed.
func (w *scopeWriter) write() error {
	for _, id := range slices.Sorted(maps.Keys(w.chunks)) {
		p := Pack(w.chunks[id])
		if was, there := w.was[id]; there && was.Low == p.Low && was.High == p.High && string(was.Bytes) == string(p.Bytes) {
			continue
		}
		_, err := w.t.exec(`INSERT INTO scope_chunks (id, low, high, packed) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (id) DO UPDATE SET low = ?2, high = ?3, packed = ?4`, id, p.Low, p.High, p.Bytes)
		if err != nil {
			return err
		}
	}
	return nil
}

// putScopes enters the units of a query into the columns.
func putScopes(t partsTx, query string, args ...any) error {
	w := &scopeWriter{t: t, chunks: map[int64][]int64{}, was: map[int64]Packed{}, codes: map[textOf]int64{}}
	var units []ScopeUnit
	err := t.Each(query, args, func(scan func(...any) error) error {
		u, err := ReadScopeUnit(scan)
		units = append(units, u)
		return err
	})
	for _, u := range units {
		if err == nil {
			err = w.put(u)
		}
	}
	if err != nil {
		return err
	}
	return w.write()
}

// followScopes has the columns follow what leaves tell, and what was there before
// there were columns a little at a time; it reports whether it has to go on.
func followScopes(t partsTx) (more bool, err error) {
	var unit, seen, last, leaf int64
	err = t.Get(`SELECT unit, seen, (SELECT coalesce(max(id), 0) FROM bindings), (SELECT coalesce(max(number), 0) FROM leaves) FROM scope_reach`, nil,
		&unit, &seen, &last, &leaf)
	if errors.Is(err, sql.ErrNoRows) { // verify says so
		return false, nil
	} else if err != nil {
		return false, err
	}
	upto := min(last, unit+scopesAtOnce)
	if upto == last { // what changed meanwhile
		if err := followTouched(t, unit, seen); err != nil {
			return false, err
		}
		seen = leaf
	}
	if err := putScopes(t, ScopeRowsAfter, unit, upto); err != nil {
		return false, err
	}
	_, err = t.exec(`UPDATE scope_reach SET unit = ?, seen = ?`, upto, seen)
	return upto < last, err
}

// followTouched enters anew the units up to a number of which leaves after one tell.
func followTouched(t partsTx, unit, seen int64) error {
	serials, err := touched(t, seen)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(serials, scopesAtOnce) {
		list, err := json.Marshal(some)
		if err != nil {
			return err
		}
		if err := putScopes(t, scopeRowsOf, string(list), unit); err != nil {
			return err
		}
	}
	return nil
}

func touched(t partsTx, seen int64) (serials []string, err error) {
	err = t.Each(ScopeTouched, []any{seen}, func(scan func(...any) error) error {
		var s sql.NullString // an attempt may be of none
		err := scan(&s)
		serials = append(serials, s.String)
		return err
	})
	return serials, err
}

// followScopes is [followScopes] of a transaction that writes something else: now and
// then, but not with the leaf that the index of parts follows with.
func (t *Tx) followScopes() error {
	if t.Leaf.Number%partsEvery != partsEvery/2 {
		return nil
	}
	return t.writeUnlessDamaged(scopeTables, func() error {
		_, err := followScopes(t)
		return err
	})
}
