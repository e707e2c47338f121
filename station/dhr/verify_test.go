// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/backup"
	"bindery/station/dhr/verify"
	"bindery/station/history"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// full is a record that has rows in every table, closed.
func full(t *testing.T) (path string) {
	t.Helper()
	fullOnce.Do(func() { fullRecord, fullKey = makeFull(t) })
	path = filepath.Join(t.TempDir(), "dhr.db")
	write(t, path, fullRecord)
	write(t, path+".key", fullKey)
	return path
}

var (
	fullOnce   sync.Once
	fullRecord string // the bytes of the file
	fullKey    string // those of the station's key
)

func makeFull(t *testing.T) (file, key string) {
	t.Helper()
	path := written(t, stationtest.NewClock())
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.NewClock(), Program: program, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if r := provision(t.Context(), bench(d, n), stationtest.Serial(n)); r.Outcome != station.Pass {
			t.Fatalf("unit %d: %s %v", n, r.Outcome, r.Fault)
		}
	}
	// A device that changed its IMEI raises an alarm.
	if r := provision(t.Context(), bench(d, 9), stationtest.Serial(0)); r.Outcome != station.Fail {
		t.Fatalf("a changed IMEI: %s %v", r.Outcome, r.Fault)
	}
	ctx := t.Context()
	do := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	do(d.CloseAlarm(ctx, 1, "quality", "the module was swapped for a test"))
	// A label that was not scanned back is explained, and the next order begins.
	try(t, bench(d, 3), stationtest.Serial(3))
	do(d.ExplainLabels(ctx, "WO-1", "lead", "to be scanned later"))
	if r, _ := try(t, bench(d, 3), stationtest.Serial(3), "right"); r.Outcome != station.Pass {
		t.Fatalf("the unit of the open label: %s %v", r.Outcome, r.Fault)
	}
	secondOrder(t, d)
	do(d.ClearLine(ctx, "WO-2", "operator", 0, ""))
	do(d.Checkpoint(ctx, "lead"))
	do(nil, d.SetSecret(ctx, "quality", "quality", dhr.Password, password))
	do(d.CloseOrder(ctx, "WO-1", "lead", "short: 4 of 20"))
	do(d.ReleaseLot(ctx, record.Signing{Badge: "B-quality", Password: password, Meaning: dhr.Approval}, "L2603"))
	fromBefore(t, d)
	do(d.ListDevice(ctx, "admin", station.Device{Kind: station.DeviceStation, Name: "bench-1", Allowed: true}, "line 1"))
	do(nil, backup.Make(ctx, d, filepath.Join(t.TempDir(), "backup.db")))
	sound(t, d)
	noError(t, d.Close())
	body, err := os.ReadFile(path)
	noError(t, err)
	text, err := os.ReadFile(path + ".key")
	noError(t, err)
	return string(body), string(text)
}

// fromBefore brings in a list of another system, a SIM that was swapped in the
// field, and a flag.
func fromBefore(t *testing.T, d *dhr.DHR) {
	t.Helper()
	text := fmt.Sprintf("serial,imei,imei2,iccid,imsi,maker,ref,lot,order,bound_at\nOLD-1,%s,%s,%s,001010000000077,Quectel,CL-9,L9,W9,2020-01-01T00:00:00Z\n",
		stationtest.IMEI(77), stationtest.IMEI(78), stationtest.ICCID(77))
	given := fmt.Sprintf("serial,iccid,from,to,by,why\nOLD-1,%s,2019-01-01T00:00:00Z,2020-01-01T00:00:00Z,LD-1,broken\n", stationtest.ICCID(76))
	files, err := history.Import(t.Context(), d, "admin",
		[]history.List{listOf(record.UnitList, "old.csv", []byte(text)), listOf(record.GivenUpList, "given.csv", []byte(given))}, nil)
	if err != nil {
		t.Fatal(err)
	}
	done(t)(d.CompareHistory(t.Context(), "lead", files[0].ID))
	done(t)(d.AcceptHistory(t.Context(), record.Signing{Badge: "B-quality", Password: password, Meaning: dhr.Approval}, files[0].ID))
	list := record.SourceFile{Name: "sims.csv", Hash: strings.Repeat("a", 64), Source: "carrier"}
	imported(t, "a subscription", func() (record.Import, error) {
		return d.ImportSubscriptions(t.Context(), "quality", list, []record.Subscription{{Serial: "OLD-1", ICCID: stationtest.ICCID(79), IMSI: "001010000000079",
			From: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC), SaidBy: "field", Reason: "swapped", Row: 2}})
	})
	done(t)(d.Flag(t.Context(), "lead", record.FlagRequest{Serial: "OLD-1", Flag: station.FlagLost, Reason: "on the way"}))
	done(t)(d.Move(t.Context(), record.MoveRequest{Serial: "OLD-1", To: station.Quarantined, By: "quality", Reason: "to be looked at"}))
	done(t)(d.Unflag(t.Context(), "quality", "OLD-1", station.FlagLost, "found"))
}

const password = "a long enough password"

// raw opens a copy of the record as any tool would, with no guards.
func raw(t *testing.T, path string) (*sql.DB, string) {
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

// forge runs statements with the triggers out of the way and puts those back.
func forge(t *testing.T, path string, statements ...string) (string, error) {
	t.Helper()
	db, path := raw(t, path)
	defer db.Close()
	for _, aside := range []string{
		"PRAGMA writable_schema = ON", "CREATE TEMP TABLE guards AS SELECT * FROM sqlite_schema WHERE type = 'trigger'",
		"DELETE FROM sqlite_schema WHERE type = 'trigger'", "PRAGMA writable_schema = RESET", "PRAGMA ignore_check_constraints = 1",
	} {
		must(t, db, aside)
	}
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return path, err
		}
	}
	for _, back := range []string{
		"PRAGMA writable_schema = ON", "INSERT INTO sqlite_schema SELECT * FROM guards", "PRAGMA writable_schema = RESET",
	} {
		must(t, db, back)
	}
	return path, nil
}

func keyColumn(t *testing.T, db *sql.DB, query string) []string {
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
	return list
}

func must(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

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
	path := full(t)
	db, _ := raw(t, path)
	defer db.Close()
	tables := keyColumn(t, db, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> 'sqlite_schema'`)
	for _, table := range tables {
		if n := keyColumn(t, db, "SELECT count(*) FROM "+table); n[0] == "0" {
			t.Errorf("table %s has no row to change", table)
			continue
		}
		rowid := !strings.Contains(keyColumn(t, db, "SELECT sql FROM sqlite_schema WHERE name = '"+table+"'")[0], "WITHOUT ROWID")
		for _, c := range keyColumn(t, db, fmt.Sprintf("SELECT name || ' ' || type FROM pragma_table_info('%s')", table)) {
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
				forged, err := forge(t, path, fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", table, name, value, where))
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
	path := full(t)
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
			forged, err := forge(t, path, c.do)
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
	path := full(t)
	for _, c := range []struct{ name, do, want string }{
		{"a trigger taken away", "DROP TRIGGER units_kept", "trigger units_kept was changed or removed"},
		{"an index taken away", "DROP INDEX leaves_by_subject", "index leaves_by_subject was changed or removed"},
		{"a table taken away", "DROP TABLE sign_ins", "table sign_ins is gone"},
		{"a trigger taken away and a row changed", "DROP TRIGGER bindings_once; UPDATE bindings SET model = 'x' WHERE id = 1", "row of table bindings (id 1) is not as leaf"},
		{"the name of a table in capitals", "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET tbl_name = 'UNITS' WHERE name = 'units_kept'", "trigger units_kept was changed"},
		{"a table added", "CREATE TABLE extra (x)", "a table extra that does not belong"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db, copied := raw(t, path)
			must(t, db, c.do)
			db.Close() //nolint:errcheck // only to let the file go
			if got := firstFault(t, copied); !strings.Contains(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// sqlite runs one statement on a file as any tool would.
func sqlite(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	must(t, db, statement)
}

func write(t *testing.T, path, body string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

// replace puts one file in the place of a record.
func replace(t *testing.T, from, to string) {
	t.Helper()
	body, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	write(t, to, string(body))
}

// A byte that a hex editor changes either shows, or nothing that the record
// says has changed.
func TestAFlippedByteShowsWhereItMatters(t *testing.T) {
	path := full(t)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := contents(t, path)
	dice := rand.New(rand.NewPCG(1, 2))
	silent := 0
	for range 60 {
		at := dice.IntN(len(body))
		flipped := bytes.Clone(body)
		flipped[at] ^= 1 << dice.IntN(8)
		copied := filepath.Join(t.TempDir(), "dhr.db")
		write(t, copied, string(flipped))
		if firstFault(t, copied) != "" {
			continue
		}
		silent++
		if got := contents(t, copied); got != want {
			t.Errorf("byte %d of %d was flipped, what the record says has changed, and nothing was found", at, len(body))
		}
	}
	t.Logf("%d of 60 flips were in space that says nothing", silent)
}

// contents is everything that the tables say.
func contents(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var all strings.Builder
	for _, table := range keyColumn(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") {
		columns := keyColumn(t, db, "SELECT 'quote(' || name || ')' FROM pragma_table_info('"+table+"')")
		for _, row := range keyColumn(t, db, "SELECT "+strings.Join(columns, "||','||")+" FROM "+table) {
			all.WriteString(row + "\n")
		}
	}
	return all.String()
}

func TestVerifyHoldsOneStateWhileTheLineRuns(t *testing.T) {
	d := factory(t)
	ctx, stop := context.WithCancel(t.Context())
	line := make(chan error, 1)
	go func() {
		for n := 0; ctx.Err() == nil; n++ {
			if r := provision(t.Context(), bench(d, n%20), stationtest.Serial(n%20)); r.Fault != nil {
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
