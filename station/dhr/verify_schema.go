// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"bindery/migrations"

	"bindery/station/ledger"
)

// schema compares the definitions of tables, indexes and triggers with what
// the migrations make.
func (v *verifier) schema() error {
	want, err := freshSchema()
	if err != nil {
		return err
	}
	got, err := schemaOf(v.ctx, v.tx)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
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

type rowsQueryer interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

func schemaOf(ctx context.Context, db rowsQueryer) (map[string]string, error) {
	rows, err := db.QueryContext(ctx, "SELECT type || ' ' || name, tbl_name || ': ' || coalesce(sql, '') FROM sqlite_schema")
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
	db, err := fresh()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return schemaOf(context.Background(), db)
})

// fresh is a new record in memory, without a row.
func fresh() (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file::memory:?_dqs=0")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	for _, text := range migrations.All() {
		if _, err := db.Exec(text); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return db, nil
}
