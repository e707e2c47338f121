// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/stationtest"
)

// firstFault opens a forged record and verifies it.
func firstFault(t *testing.T, path string) string {
	t.Helper()
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"})
	if err != nil {
		return err.Error()
	}
	defer d.Close()
	r, err := verify.Record(t.Context(), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.OK != (r.FirstFault == "") || r.Trusted == "" {
		t.Errorf("the report contradicts itself: %+v", r)
	}
	return r.FirstFault
}

func TestEveryColumnOfEveryTableIsWatched(t *testing.T) {
	path := dhrtest.FullRecord(t)
	db, _ := storetest.Copy(t, path)
	defer db.Close()
	tables := storetest.Column(t, db, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> 'sqlite_schema'`)
	for _, table := range tables {
		if n := storetest.Column(t, db, "SELECT count(*) FROM "+table); n[0] == "0" {
			t.Errorf("table %s has no row to change", table)
			continue
		}
		rowid := !strings.Contains(storetest.Column(t, db, "SELECT sql FROM sqlite_schema WHERE name = '"+table+"'")[0], "WITHOUT ROWID")
		for _, c := range storetest.Column(t, db, fmt.Sprintf("SELECT name || ' ' || type FROM pragma_table_info('%s')", table)) {
			name, kind, _ := strings.Cut(c, " ")
			where := fmt.Sprintf("%[1]s = (SELECT max(%[1]s) FROM %[2]s)", name, table)
			if rowid {
				where = fmt.Sprintf("rowid = (SELECT max(rowid) FROM %s WHERE %s IS NOT NULL)", table, name)
			}
			t.Run(table+"."+name, func(t *testing.T) {
				t.Parallel()
				value := map[string]string{
					"TEXT": name + " || 'x'", "INTEGER": name + " + 1000", "BLOB": "CAST(hex(" + name + ") || 'x' AS BLOB)",
				}[kind]
				if table+"."+name == "leaves.body" {
					value = "replace(body, 'bench-1', 'bench-2')" // anything but JSON would be refused
				}
				forged, err := storetest.Forge(t, path, fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", table, name, value, where))
				if err != nil {
					t.Skip("SQLite itself does not take it:", err)
				}
				if firstFault(t, forged) == "" {
					t.Errorf("a change of %s.%s was not found", table, name)
				}
			})
		}
	}
}

func TestVerifyNamesWhatIsWrong(t *testing.T) {
	path := dhrtest.FullRecord(t)
	old := `UPDATE units SET disposition = 'in-process', leaf = (SELECT leaf FROM bindings b WHERE b.serial = units.serial) WHERE serial = 'CL-000001'`
	for _, c := range []struct {
		name, do, want string
	}{
		{"a row deleted", "DELETE FROM alarms", "lacks 1 of its 1 row."},
		{"a row added", "INSERT INTO people SELECT 'eve', name, 'B-eve', role, active, trained_until, leaf FROM people LIMIT 1", "is not as leaf"},
		{"a row set back to an older state with its older leaf", old, "was set back"},
		{"the last leaves cut off", "DELETE FROM leaves WHERE number > 20", "more nodes than the leaves make"},
		{"a leaf cut out", "DELETE FROM leaves WHERE number = 3", "leaf 3 is missing"},
		{"two units that swap their IMEI", `CREATE TEMP TABLE was AS SELECT id, imei FROM bindings;
			UPDATE bindings SET imei = '000000000000000' WHERE id = 1;
			UPDATE bindings SET imei = (SELECT imei FROM was WHERE id = 1) WHERE id = 2;
			UPDATE bindings SET imei = (SELECT imei FROM was WHERE id = 2) WHERE id = 1`, "is not as leaf"},
		{"a checkpoint about other leaves", "UPDATE checkpoints SET size = size - 1", "is about another number of leaves"},
		{"a checkpoint without its signature", "UPDATE checkpoints SET note = substr(note, 1, length(note) - 20)", "is not signed by a known key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			forged, err := storetest.Forge(t, path, c.do)
			if err != nil {
				t.Fatal(err)
			}
			if got := firstFault(t, forged); !strings.Contains(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestAChangedDefinitionIsFound(t *testing.T) {
	path := dhrtest.FullRecord(t)
	for _, c := range []struct{ name, do, want string }{
		{"a trigger taken away", "DROP TRIGGER units_kept", "trigger units_kept was changed or removed"},
		{"an index taken away", "DROP INDEX leaves_by_subject", "index leaves_by_subject was changed or removed"},
		{"a table taken away", "DROP TABLE sign_ins", "table sign_ins is gone"},
		{"a trigger taken away and a row changed", "DROP TRIGGER bindings_once; UPDATE bindings SET model = 'x' WHERE id = 1", "row of table bindings (id 1) is not as leaf"},
		{"the name of a table in capitals", "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET tbl_name = 'UNITS' WHERE name = 'units_kept'", "trigger units_kept was changed"},
		{"a table added", "CREATE TABLE extra (x)", "a table extra that does not belong"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, copied := storetest.Copy(t, path)
			storetest.Exec(t, db, c.do)
			db.Close() // only to let the file go
			if got := firstFault(t, copied); !strings.Contains(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// A byte that a hex editor changes either shows, or nothing that the record
// says has changed.
func TestAFlippedByteShowsWhereItMatters(t *testing.T) {
	path := dhrtest.FullRecord(t)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := storetest.Contents(t, path)
	dice := rand.New(rand.NewPCG(1, 2))
	silent := 0
	for range 60 {
		at := dice.IntN(len(body))
		flipped := bytes.Clone(body)
		flipped[at] ^= 1 << dice.IntN(8)
		copied := filepath.Join(t.TempDir(), "dhr.db")
		storetest.Write(t, copied, string(flipped))
		if firstFault(t, copied) != "" {
			continue
		}
		silent++
		if got := storetest.Contents(t, copied); got != want {
			t.Errorf("byte %d of %d was flipped, what the record says has changed, and nothing was found", at, len(body))
		}
	}
	t.Logf("%d of 60 flips were in space that says nothing", silent)
}

func TestVerifyHoldsOneStateWhileTheLineRuns(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx, stop := context.WithCancel(t.Context())
	line := make(chan error, 1)
	go func() {
		for n := 0; ctx.Err() == nil; n++ {
			if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, n%20), stationtest.Serial(n%20)); r.Fault != nil {
				line <- r.Fault
				return
			}
		}
		line <- nil
	}()
	for range 30 {
		if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
			t.Error(r.FirstFault, err)
		}
	}
	stop()
	if err := <-line; err != nil {
		t.Error(err)
	}
}
