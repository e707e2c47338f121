// SPDX-License-Identifier: Apache-2.0

package verify

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"bindery/station/dhr/store"
	"bindery/station/ledger"
)

// schema compares the definitions of tables, indexes and triggers with what
// the migrations make.
func (v *verifier) schema() error {
	want, err := freshSchema()
	if err != nil {
		return err
	}
	got, err := schemaOf(v.ctx, v.tx.QueryContext)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			if _, object, _ := strings.Cut(name, " "); store.IsOfParts(object) {
				return ErrParts
			} else if store.IsOfScopes(object) {
				return ErrScopes
			}
			return ledger.IntegrityError(fmt.Sprintf("The definition of %s was changed or removed.", name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			return ledger.IntegrityError(fmt.Sprintf("There is a %s that does not belong to the record.", name))
		}
	}
	return nil
}

// schemaOf reads all definitions of a file, by what each defines.
func schemaOf(ctx context.Context, query func(ctx context.Context, text string, args ...any) (*sql.Rows, error)) (map[string]string, error) {
	rows, err := query(ctx, "SELECT type || ' ' || name, tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	defs := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		if _, twice := defs[name]; twice {
			name += ", a second one,"
		}
		defs[name] = text
	}
	return defs, rows.Err()
}

// freshSchema is what the migrations make of an empty file.
var freshSchema = sync.OnceValues(func() (map[string]string, error) {
	db, err := store.Fresh()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return schemaOf(context.Background(), db.QueryContext)
})
