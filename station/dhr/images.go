// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"bindery/station"
	"bindery/station/ledger"
)

// row is what a row of a table holds: string, int64, []byte or nil by column.
type row map[string]any

// insert writes a new row; columns that r leaves out have their default, else
// they are NULL. It returns the row's number, where the table has one.
func (t *tx) insert(name string, r row) (id int64, err error) {
	def := t.tables[name]
	if err := r.fits(name, def); err != nil {
		return 0, err
	}
	r["leaf"] = t.leaf.Number
	args, rowImage := make([]any, len(def.columns)), make(map[string]any, len(def.columns))
	for i, c := range def.columns {
		args[i] = r[c]
		if s, ok := args[i].(string); ok {
			args[i] = text(s)
		} else if byDefault, ok := def.later[c]; ok && args[i] == nil {
			args[i] = byDefault
		}
		if !def.leftOut(c, args[i]) {
			rowImage[c] = imageValue(args[i])
		}
	}
	done, err := t.exec(def.insert, args...)
	if err != nil {
		return 0, err
	}
	if len(def.key) == 1 && r[def.key[0]] == nil {
		if id, err = done.LastInsertId(); err != nil {
			return 0, err
		}
		rowImage[def.key[0]] = id
	}
	t.leaf.Rows = append(t.leaf.Rows, ledger.Row{Table: name, Row: rowImage})
	return id, nil
}

// update sets columns of the row under key, which itself never changes. What
// they were goes to the leaf.
func (t *tx) update(name string, key []any, set row) error {
	def := t.tables[name]
	if err := set.fits(name, def); err != nil {
		return err
	}
	for _, c := range def.key {
		if _, ok := set[c]; ok {
			return fmt.Errorf("table %q never changes its key %q", name, c)
		}
	}
	old, err := t.whole(def, key)
	if err != nil {
		return err
	}
	r, was, changed := row{}, old["leaf"].(int64), map[string]any{} //nolint:errcheck // STRICT: leaf is an integer
	for _, c := range def.columns {
		r[c] = old[c]
		if v, ok := set[c]; ok {
			if s, ok := v.(string); ok {
				v = text(s)
			}
			if r[c] = v; def.leftOut(c, old[c]) && !def.leftOut(c, v) {
				changed[c] = ledger.LeftOut
			} else if !def.leftOut(c, old[c]) {
				changed[c] = imageValue(old[c])
			}
		}
	}
	r["leaf"] = t.leaf.Number
	var args []any
	for _, c := range def.columns {
		if !slices.Contains(def.key, c) {
			args = append(args, r[c])
		}
	}
	if _, err := t.exec(def.update, append(args, key...)...); err != nil {
		return err
	}
	t.leaf.Rows = append(t.leaf.Rows, ledger.Row{Table: name, Row: rowImage(def, r), Old: changed, Was: was})
	return nil
}

// whole reads one row under its key.
func (t *tx) whole(def table, key []any) (row, error) {
	values, into := slots(len(def.columns))
	if err := t.get(def.sel, key, into...); err != nil {
		return nil, err
	}
	r := row{}
	for i, c := range def.columns {
		r[c] = values[i]
	}
	return r, nil
}

func slots(n int) (values, into []any) {
	values, into = make([]any, n), make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	return values, into
}

// fits tells a misspelt column at once.
func (r row) fits(name string, def table) error {
	for c := range r {
		if !slices.Contains(def.columns, c) {
			return fmt.Errorf("table %q has no column %q", name, c)
		}
	}
	return nil
}

// rowImage is a row as leaves show it.
func rowImage(def table, r row) map[string]any {
	m := make(map[string]any, len(def.columns))
	for _, c := range def.columns {
		if !def.leftOut(c, r[c]) {
			m[c] = imageValue(r[c])
		}
	}
	return m
}

func imageValue(v any) any {
	if b, ok := v.([]byte); ok {
		sum := sha256.Sum256(b)
		return "sha256:" + hex.EncodeToString(sum[:])
	}
	return v
}

// text is s as the record can hold it.
func text(s string) string { return station.Recorded(s) }

func stamp(t time.Time) string { return t.UTC().Format(ledger.Stamp) }

func parseStamp(s string) time.Time {
	t, err := time.Parse(ledger.Stamp, s)
	if err != nil {
		return time.Time{} // a CHECK of the table keeps this from happening
	}
	return t
}
