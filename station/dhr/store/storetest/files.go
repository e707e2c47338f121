// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station/dhr/store"
	"bindery/station/stationtest"
)

// Copy opens a copy of the record as any tool would, with no guards.
func Copy(t testing.TB, path string) (*sql.DB, string) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db, path
}

// Forge runs statements with the triggers out of the way and puts those back.
func Forge(t testing.TB, path string, statements ...string) (string, error) {
	t.Helper()
	db, path := Copy(t, path)
	defer db.Close()
	for _, aside := range []string{
		"PRAGMA writable_schema = ON", "CREATE TEMP TABLE guards AS SELECT * FROM sqlite_schema WHERE type = 'trigger'",
		"DELETE FROM sqlite_schema WHERE type = 'trigger'", "PRAGMA writable_schema = RESET", "PRAGMA ignore_check_constraints = 1",
	} {
		Exec(t, db, aside)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return path, err
		}
	}
	for _, back := range []string{
		"PRAGMA writable_schema = ON", "INSERT INTO sqlite_schema SELECT * FROM guards", "PRAGMA writable_schema = RESET",
	} {
		Exec(t, db, back)
	}
	return path, nil
}

// Column is what a query finds, of one column.
func Column(t testing.TB, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// Exec runs one statement.
func Exec(t testing.TB, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// ExecFile runs one statement on a file as any tool would.
func ExecFile(t testing.TB, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	Exec(t, db, statement)
}

// Write puts a text into a file.
func Write(t testing.TB, path, body string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Replace puts one file in the place of a record.
func Replace(t testing.TB, from, to string) {
	t.Helper()
	body, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	Write(t, to, string(body))
}

// Tables names the tables, but those of the index of parts and the columns of scopes,
// which follow from the others.
func Tables(t testing.TB, db *sql.DB) []string {
	t.Helper()
	return Column(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'part*' AND name NOT GLOB 'scope_*' ORDER BY name")
}

// Contents is everything that the tables of [Tables] say.
func Contents(t testing.TB, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all strings.Builder
	for _, table := range Tables(t, db) {
		columns := Column(t, db, "SELECT 'quote(' || name || ')' FROM pragma_table_info('"+table+"')")
		for _, row := range Column(t, db, "SELECT "+strings.Join(columns, "||','||")+" FROM "+table) {
			all.WriteString(row + "\n")
		}
	}
	return all.String()
}

// Edit is a connection to an open record for what no leaf tells of.
func Edit(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := store.Connect(path, "_txlock=immediate", store.Writing)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	return db
}

// Acts lists what the leaves of a record say was done, the first first.
func Acts(t testing.TB, path string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	stationtest.NoError(t, err)
	defer db.Close()
	return Column(t, db, "SELECT json_extract(body, '$.what') FROM leaves ORDER BY number")
}
