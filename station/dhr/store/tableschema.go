// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// TableSchema is what the one door for writing needs to know of a table.
type TableSchema struct {
	Columns []string // in their order, leaf among them
	Key     []string
	later   map[string]any // defaults of the columns that came with a later migration; see leftOut
	insert  string
	update  string   // sets every column but the key
	Select  string   // the whole row under a key
	Sorted  []string // columns in the order of their names, as leaves have them
	ScanAll string   // all rows, so, in the order of the key
}

// LeftOut reports whether a row's image leaves a column out: one that came with
// a later migration, while it holds its default. So rows that were written
// before it keep the image that their leaf has.
func (t TableSchema) LeftOut(column string, value any) bool {
	byDefault, later := t.later[column]
	return later && value == byDefault
}

// tablesOf reads the tables whose rows name their leaf: all of ours but those
// of the ledger itself. A column with a DEFAULT came with a later migration.
func tablesOf(ctx context.Context, db rowsQueryer) (map[string]TableSchema, error) {
	rows, err := db.QueryContext(ctx, `SELECT t.name, c.name, c.pk, c.dflt_value FROM pragma_table_list t, pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.schema = 'main'
		ORDER BY t.name, c.cid`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	tables := map[string]TableSchema{}
	for rows.Next() {
		var name, column string
		var pk int
		var byDefault sql.NullString
		if err := rows.Scan(&name, &column, &pk, &byDefault); err != nil {
			return nil, err
		}
		t := tables[name]
		if t.Columns = append(t.Columns, column); byDefault.Valid {
			if t.later == nil {
				t.later = map[string]any{}
			}
			t.later[column] = literal(byDefault.String)
		}
		if pk > 0 {
			t.Key = append(t.Key, column)
		}
		tables[name] = t
	}
	for name, t := range tables {
		if !slices.Contains(t.Columns, "leaf") || len(t.Key) == 0 {
			delete(tables, name)
			continue
		}
		tables[name] = t.statements(name)
	}
	return tables, rows.Err()
}

// literal is the value of a DEFAULT of a migration: a whole number, or a text
// in quotes.
func literal(text string) any {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	return strings.Trim(text, "'")
}

func (t TableSchema) statements(name string) TableSchema {
	var set []string
	for _, c := range t.Columns {
		if !slices.Contains(t.Key, c) {
			set = append(set, c+" = ?")
		}
	}
	key := strings.Join(t.Key, " = ? AND ") + " = ?"
	all := strings.Join(t.Columns, ", ")
	t.insert = fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", name, all, strings.Repeat(", ?", len(t.Columns)-1))
	t.update = fmt.Sprintf("UPDATE %s SET %s WHERE %s", name, strings.Join(set, ", "), key)
	t.Select = fmt.Sprintf("SELECT %s FROM %s WHERE %s", all, name, key)
	t.Sorted = slices.Sorted(slices.Values(t.Columns))
	t.ScanAll = fmt.Sprintf("SELECT %s FROM %s ORDER BY %s", strings.Join(t.Sorted, ", "), name, strings.Join(t.Key, ", "))
	return t
}
