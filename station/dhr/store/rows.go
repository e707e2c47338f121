// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"fmt"
	"strings"

	"bindery/station"
	"bindery/station/record"
)

// unitParts are all rows about the unit of a serial, ?1.
var unitParts = []struct{ table, where string }{
	{"units", "serial = ?1"},
	{"bindings", "serial = ?1"},
	{"attempts", "serial = ?1"},
	{"evidence", "attempt IN (SELECT id FROM attempts WHERE serial = ?1)"},
	{"verdicts", "attempt IN (SELECT id FROM attempts WHERE serial = ?1)"},
	{"prints", "serial = ?1"},
	{"moves", "serial = ?1"},
	{"alarms", "serial = ?1"},
	{"flags", "serial = ?1"},
	{"subscriptions", "serial = ?1"},
	// What was left out of a list may be the identities of another unit.
	{"imported_units", "serial = ?1 AND disposition <> '" + string(station.LeftOut) + "' AND file IN (SELECT id FROM history_files WHERE state IN " + CountingLists + ")"},
	{"imported_bindings", "serial = ?1 AND state IN " + CountingBindings + " AND file IN (SELECT id FROM history_files WHERE state IN " + CountingLists + ")"},
}

// UnitRows calls do for every row about a unit. Secrets and badges are in none
// of them.
func (s *SnapshotReader) UnitRows(ctx context.Context, serial string, do func(record.LeafRow) error) error {
	for _, p := range unitParts {
		if err := s.RowsWhere(ctx, p.table, p.where, []any{Text(serial)}, do); err != nil {
			return AsFault(err)
		}
	}
	return nil
}

// RowsWhere calls do for the rows of a table that a condition takes, in the order
// of its key.
func (s *SnapshotReader) RowsWhere(ctx context.Context, name, where string, args []any, do func(record.LeafRow) error) error {
	def := s.Tables[name]
	values, into := Slots(len(def.Columns))
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s", strings.Join(def.Columns, ", "), name, where, strings.Join(def.Key, ", "))
	return s.Each(ctx, query, args, func(scan func(...any) error) error {
		if err := scan(into...); err != nil {
			return err
		}
		r, blobs := Values{}, map[string][]byte{}
		for i, c := range def.Columns {
			r[c] = values[i]
			if b, ok := values[i].([]byte); ok {
				blobs[c] = b
			}
		}
		return do(record.LeafRow{Table: name, Row: RowImage(def, r), Blobs: blobs})
	})
}
