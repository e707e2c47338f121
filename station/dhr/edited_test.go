// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"database/sql"
	"testing"

	"bindery/station/dhr/store"
)

// edited is a connection to an open record for what no leaf tells of.
func edited(t testing.TB, d *DHR) *sql.DB {
	t.Helper()
	return editedFile(t, d.Path())
}

// editedFile is the same for a file.
func editedFile(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := store.Connect(path, "_txlock=immediate", store.Writing)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	return db
}
