// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"bindery/migrations"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/ledger"
)

// The reader in Python knows the definitions of each version by their hash,
// which is made as the page says.
func TestTheReaderInPythonKnowsTheDefinitionsOfEachVersion(t *testing.T) {
	text, err := os.ReadFile("../../docs/verify_record.py")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file::memory:?_dqs=0")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	want := "SCHEMAS = {\n"
	for i, step := range migrations.All() {
		storetest.Exec(t, db, step)
		rows := storetest.Column(t, db, "SELECT json_array(type, name, tbl_name, sql) FROM sqlite_schema")
		for i, row := range rows {
			var plain []any
			if err := json.Unmarshal([]byte(row), &plain); err != nil {
				t.Fatal(err)
			}
			line, err := ledger.Canonical(plain)
			if err != nil {
				t.Fatal(err)
			}
			rows[i] = string(line) + "\n"
		}
		slices.Sort(rows)
		want += fmt.Sprintf("    %d: \"%x\",\n", i+1, sha256.Sum256([]byte(strings.Join(rows, ""))))
	}
	if want += "}\n"; !strings.Contains(string(text), want) {
		t.Errorf("docs/verify_record.py should have\n%s", want)
	}
}

func TestThePageNamesEveryTable(t *testing.T) {
	page, err := os.ReadFile("../../docs/record-format.md")
	if err != nil {
		t.Fatal(err)
	}
	db, _ := storetest.Copy(t, dhrtest.FullRecord(t))
	defer db.Close()
	for _, table := range storetest.Column(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		if !strings.Contains(string(page), "\n| `"+table+"` |") {
			t.Errorf("docs/record-format.md has no row for the table %s", table)
		}
	}
}
