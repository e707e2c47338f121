// SPDX-License-Identifier: Apache-2.0

package store

import "bindery/station"

// followParts is [followParts] of a transaction that writes something else.
func (t *Tx) followParts() error {
	if t.Leaf.Number%partsEvery != 0 {
		return nil
	}
	return t.writeUnlessDamaged(partObjects, func() error {
		_, err := followParts(t)
		return err
	})
}

// addImportedParts adds the rows of lists that the leaves wrote: all of them at once,
// since FTS5 writes out what it has at each savepoint, which takes longer than all else
// of a row.
func (l *LeafWriter) addImportedParts() error {
	if len(l.imported) == 0 {
		return nil
	}
	t := &Tx{ctx: l.ctx, writer: l.store.writer, Tables: l.store.Tables}
	return t.writeUnlessDamaged(partObjects, func() error {
		for _, r := range l.imported {
			if err := addParts(t, PartsOfImported, r.number, r.PartValues); err != nil {
				return err
			}
		}
		return nil
	})
}

// writeUnlessDamaged writes to the tables of an index: one that is damaged does not keep
// from being written what is in no other place.
func (t *Tx) writeUnlessDamaged(tables []string, do func() error) error {
	// Without its index, FTS5 fails at the commit, whatever is taken back before.
	var whole bool
	if err := t.Get(`SELECT count(*) = ? FROM sqlite_schema WHERE name IN (`+quotedList(tables)+`)`, []any{len(tables)}, &whole); err != nil || !whole {
		return err
	}
	if _, err := t.exec("SAVEPOINT followed"); err != nil {
		return err
	}
	err := do()
	if err == nil { // FTS5 writes now, not with the commit
		_, err = t.exec("SAVEPOINT written")
	}
	if err != nil && (Damaged(err) || Refused(err)) {
		_, err = t.exec("ROLLBACK TO followed")
	}
	if err != nil {
		return err
	}
	_, err = t.exec("RELEASE followed")
	return err
}

// AddRefusedParts adds to the index what the device said in an attempt that failed.
func (t *Tx) AddRefusedParts(attempt int64) error {
	number, v := int64(0), PartValues{}
	err := t.Each(PartsOfRefused.Rows, []any{attempt - 1, 1}, func(scan func(...any) error) (err error) {
		number, v, err = PartRow(scan)
		return err
	})
	if err != nil || number != attempt { // its device was not asked
		return err
	}
	return t.writeUnlessDamaged(partObjects, func() error { return addParts(t, PartsOfRefused, number, v) })
}

// importedBindings is the table that [PartsOfImported] reads.
const importedBindings = "imported_bindings"

// keepImportedParts keeps a row of a list, which is of a unit where it is live, until
// its leaf is written.
func (t *Tx) keepImportedParts(r Values) {
	text := func(column string) string { s, _ := r[column].(string); return Text(s) } // STRICT: they are texts
	number := func(column string) int64 { n, _ := r[column].(int64); return n }       // and these numbers
	v := PartValues{IMEI: text("imei"), IMEI2: text("imei2"), ICCID: text("iccid"), IMSI: text("imsi"), EID: text("eid")}
	if text("state") == "live" {
		v.Folded = station.Fold(text("serial"))
	}
	t.imported = append(t.imported, numberedParts{number("file")*partSpan + number("n"), v})
}
