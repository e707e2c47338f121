// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"strings"

	"bindery/station"
	"bindery/station/record"

	"bindery/station/dhr/store"
)

// part is some rows of a table.
type part struct{ table, where string }

// ruleParts are the rows that the units of a scope, in place of {}, were
// made by: orders, definitions, numbers, and what was signed of them.
var ruleParts = []part{
	{"orders", "id IN (SELECT u.work_order FROM units u WHERE {})"},
	{"products", "(ref, version) IN (SELECT u.ref, u.version FROM units u WHERE {})"},
	{"layouts", `hash IN (SELECT p.layout_hash FROM products p JOIN units u ON u.ref = p.ref AND u.version = p.version WHERE {}
		UNION SELECT l.layout_hash FROM prints l JOIN units u ON u.serial = l.serial WHERE {})`},
	{"dialects", `hash IN (SELECT p.dialect_hash FROM products p JOIN units u ON u.ref = p.ref AND u.version = p.version WHERE {})
		OR EXISTS (SELECT 1 FROM dialects l WHERE l.name = '` + station.AutoDialect + `' AND instr(l.text, dialects.hash) > 0 AND l.hash IN
			(SELECT p.dialect_hash FROM products p JOIN units u ON u.ref = p.ref AND u.version = p.version WHERE {}))`},
	{"allocations", "id IN (SELECT b.allocation FROM bindings b JOIN units u ON u.serial = b.serial WHERE {})"},
	{"clearances", "order_after IN (SELECT u.work_order FROM units u WHERE {})"},
	{"explanations", "work_order IN (SELECT u.work_order FROM units u WHERE {})"},
	{"signatures", `id IN (SELECT m.signature FROM moves m JOIN units u ON u.serial = m.serial WHERE {})
		OR subject IN (SELECT 'product:' || u.ref || '/' || u.version FROM units u WHERE {}
			UNION SELECT 'lot:' || o.lot FROM orders o JOIN units u ON u.work_order = o.id WHERE {})`},
}

// RuleRows calls do for every row that the units of a scope were made by.
func (s *Snapshot) RuleRows(ctx context.Context, scope record.ExportSubject, do func(record.LeafRow) error) error {
	for _, p := range ruleParts {
		where := strings.ReplaceAll(p.where, "{}", scopes[scope.By].units)
		if err := s.RowsWhere(ctx, p.table, where, SubjectArgs(scope), do); err != nil {
			return store.AsFault(err)
		}
	}
	return nil
}

// InScope reports whether a scope has a serial.
func (s *Snapshot) InScope(ctx context.Context, scope record.ExportSubject, serial string) (in bool, err error) {
	args := append(SubjectArgs(scope), "", "")[:2] // serials stand third whatever the scope takes
	err = s.view.reads.Row(ctx, `SELECT EXISTS (SELECT 1 FROM (`+exportedSerials(scope)+`) WHERE serial = ?3)`,
		append(args, store.Text(serial)), []any{&in})
	return in, store.AsFault(err)
}
