// SPDX-License-Identifier: Apache-2.0

package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"bindery/station/ledger"
)

// Insert writes a new row; columns that r leaves out have their default, else
// they are NULL. It returns the row's number, where the table has one.
func (t *Tx) Insert(name string, r Values) (id int64, err error) {
	def := t.Tables[name]
	if err := r.checkColumns(name, def); err != nil {
		return 0, err
	}
	r["leaf"] = t.Leaf.Number
	args, rowImage := make([]any, len(def.Columns)), make(map[string]any, len(def.Columns))
	for i, c := range def.Columns {
		args[i] = r[c]
		if s, ok := args[i].(string); ok {
			args[i] = Text(s)
		} else if byDefault, ok := def.later[c]; ok && args[i] == nil {
			args[i] = byDefault
		}
		if !def.LeftOut(c, args[i]) {
			rowImage[c] = ImageValue(args[i])
		}
	}
	done, err := t.exec(def.insert, args...)
	if err != nil {
		return 0, err
	}
	if len(def.Key) == 1 && r[def.Key[0]] == nil {
		if id, err = done.LastInsertId(); err != nil {
			return 0, err
		}
		rowImage[def.Key[0]] = id
	}
	t.Leaf.Rows = append(t.Leaf.Rows, ledger.RowImage{Table: name, Row: rowImage})
	if name == importedBindings {
		t.keepImportedParts(r)
	}
	return id, err
}

// Update sets columns of the row under key, which itself never changes. What
// they were goes to the leaf.
func (t *Tx) Update(name string, key []any, set Values) error {
	def := t.Tables[name]
	if err := set.checkColumns(name, def); err != nil {
		return err
	}
	for _, c := range def.Key {
		if _, ok := set[c]; ok {
			return fmt.Errorf("table %q never changes its key %q", name, c)
		}
	}
	old, err := t.whole(def, key)
	if err != nil {
		return err
	}
	r, was, changed := Values{}, old["leaf"].(int64), map[string]any{} // STRICT: leaf is an integer
	for _, c := range def.Columns {
		r[c] = old[c]
		if v, ok := set[c]; ok {
			if s, ok := v.(string); ok {
				v = Text(s)
			}
			if r[c] = v; def.LeftOut(c, old[c]) && !def.LeftOut(c, v) {
				changed[c] = ledger.LeftOut
			} else if !def.LeftOut(c, old[c]) {
				changed[c] = ImageValue(old[c])
			}
		}
	}
	r["leaf"] = t.Leaf.Number
	var args []any
	for _, c := range def.Columns {
		if !slices.Contains(def.Key, c) {
			args = append(args, r[c])
		}
	}
	if _, err := t.exec(def.update, append(args, key...)...); err != nil {
		return err
	}
	t.Leaf.Rows = append(t.Leaf.Rows, ledger.RowImage{Table: name, Row: RowImage(def, r), Old: changed, Was: was})
	return nil
}

// whole reads one row under its key.
func (t *Tx) whole(def TableSchema, key []any) (Values, error) {
	values, into := Slots(len(def.Columns))
	if err := t.Get(def.Select, key, into...); err != nil {
		return nil, err
	}
	r := Values{}
	for i, c := range def.Columns {
		r[c] = values[i]
	}
	return r, nil
}

// Slots are so many values of a row, and what a scan puts them into.
func Slots(n int) (values, into []any) {
	values, into = make([]any, n), make([]any, n)
	for i := range values {
		into[i] = &values[i]
	}
	return values, into
}

// RowImage is a row as leaves show it.
func RowImage(def TableSchema, r Values) map[string]any {
	m := make(map[string]any, len(def.Columns))
	for _, c := range def.Columns {
		if !def.LeftOut(c, r[c]) {
			m[c] = ImageValue(r[c])
		}
	}
	return m
}

// ImageValue is a value as leaves show it: of a blob its hash.
func ImageValue(v any) any {
	if b, ok := v.([]byte); ok {
		sum := sha256.Sum256(b)
		return "sha256:" + hex.EncodeToString(sum[:])
	}
	return v
}
