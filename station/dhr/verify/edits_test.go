// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// Whatever anybody does to the file of a record, with SQL or a hex editor:
// both verifiers say so, or the record says just what it said before. Each kind
// of edit is tried, on other rows and bytes each time; BINDERY_EDITS sets how many
// edits there are, BINDERY_SEED tries those of an earlier run again.
func TestNoEditOfTheFilePasses(t *testing.T) {
	t.Parallel()
	edits, seed := 72, rand.Uint64() // of three ways, each as often; the kinds of one way are at most 24
	for name, into := range map[string]any{"BINDERY_EDITS": &edits, "BINDERY_SEED": &seed} {
		if s := os.Getenv(name); s != "" {
			if _, err := fmt.Sscan(s, into); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := dhrtest.FullRecord(t)
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("BINDERY_SEED=%d", seed)
	e := editor{Rand: rand.New(rand.NewPCG(seed, 4)), left: map[string][]int{}, says: everything(t, path), shapes: shapes(t, path)}
	for range edits {
		copied := filepath.Join(t.TempDir(), "dhr.db")
		storetest.Write(t, copied, string(body))
		switch e.kind("way", 3) {
		case 0:
			e.define(t, copied)
		case 1:
			e.sql(t, copied)
		default:
			e.hex(t, copied, body)
		}
	}
	t.Logf("%d edits: %d found, %d of no effect, %d that SQLite does not take", edits, e.found, e.idle, e.refused)
}

// editor edits records at random.
type editor struct {
	*rand.Rand
	left                 map[string][]int // kinds of each choice that are not yet tried
	says                 string           // what the sound record says
	shapes               []shape
	found, idle, refused int
}

// shape is a table, as far as an editor needs it.
type shape struct {
	name                   string
	columns, key, triggers []string
	rows                   int
}

func shapes(t *testing.T, path string) (list []shape) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, name := range storetest.Tables(t, db) {
		s := shape{name: name, columns: storetest.Column(t, db, "SELECT name FROM pragma_table_info('"+name+"')")}
		s.key = storetest.Column(t, db, "SELECT name FROM pragma_table_info('"+name+"') WHERE pk > 0")
		s.triggers = storetest.Column(t, db, "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = '"+name+"'")
		if _, err := fmt.Sscan(storetest.Column(t, db, "SELECT count(*) FROM "+name)[0], &s.rows); err != nil || len(s.key) == 0 || len(s.triggers) == 0 {
			t.Fatal(name, err)
		}
		if s.rows > 0 { // else there is nothing to edit
			list = append(list, s)
		}
	}
	return list
}

// everything is what a record says, with its definitions.
func everything(t *testing.T, path string) string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	head := storetest.Column(t, db, "SELECT type || name || tbl_name || coalesce(sql, '') FROM sqlite_schema ORDER BY 1")
	for _, pragma := range []string{"application_id", "user_version", "encoding"} {
		head = append(head, storetest.Column(t, db, "PRAGMA "+pragma)...)
	}
	return strings.Join(head, "\n") + storetest.Contents(t, path)
}

// judge holds what Verify says of an edited record against what it says now.
func (e *editor) judge(t *testing.T, edit, path string) {
	t.Helper()
	ours, theirs := verdicts(t, path, nil)
	if ours != "" && theirs != "" {
		e.found++
		return
	}
	now := everything(t, path)
	if now == e.says {
		e.idle++
		return
	}
	i := 0
	for i < min(len(now), len(e.says)) && now[i] == e.says[i] {
		i++
	}
	t.Errorf("not found: %s (ours says %q, the one in Python %q): %.300q became %.300q", edit, ours, theirs, e.says[max(0, i-100):], now[max(0, i-100):])
}

// sql makes one edit as any tool would, with the guards out of the way.
func (e *editor) sql(t *testing.T, path string) {
	t.Helper()
	edit := e.statement()
	forged, err := storetest.Forge(t, path, edit)
	if err != nil {
		e.refused++
		return
	}
	e.judge(t, edit, forged)
}

func (e *editor) statement() string {
	s := e.shapes[e.IntN(len(e.shapes))]
	c, key := e.pick(s.columns), strings.Join(s.key, ", ")
	one := fmt.Sprintf("(%s) = (SELECT %[1]s FROM %s LIMIT 1 OFFSET %d)", key, s.name, e.IntN(s.rows))
	how := e.kind("statement", 8)
	if how == 0 {
		return fmt.Sprintf("DELETE FROM %s WHERE %s", s.name, one)
	}
	value := e.value(s, c)
	copied := strings.ReplaceAll(", "+strings.Join(s.columns, ", ")+",", ", "+c+",", ", "+value+",")
	switch how {
	case 1:
		return fmt.Sprintf("DELETE FROM %s WHERE %s > %s", s.name, s.key[0], value)
	case 2:
		return fmt.Sprintf("INSERT INTO %s (%s) SELECT %s FROM %[1]s WHERE %s", s.name, strings.Join(s.columns, ", "), strings.Trim(copied, ", "), one)
	}
	return fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s", s.name, c, value, one)
}

// kind is one of n kinds at a choice, all of them before one comes again.
func (e *editor) kind(choice string, n int) int {
	if len(e.left[choice]) == 0 {
		e.left[choice] = e.Perm(n)
	}
	k := e.left[choice][0]
	e.left[choice] = e.left[choice][1:]
	return k
}

func (e *editor) pick(list []string) string { return list[e.IntN(len(list))] }

// value is something that a column might be changed to.
func (e *editor) value(s shape, c string) string {
	list := []string{
		c + " || ' '", c + " + 1", c + " - 1", "-" + c, "NULL", "''", "0", "upper(" + c + ")", "x'00'", "hex(" + c + ")",
		"CAST(" + c + " AS BLOB)", "CAST(" + c + " AS REAL)", "replace(" + c + ", '1', '2')", "substr(" + c + ", 2)", c + " || char(0)",
		fmt.Sprintf("(SELECT %s FROM %s LIMIT 1 OFFSET %d)", c, s.name, e.IntN(s.rows)),
		fmt.Sprintf("(SELECT max(%s) FROM %s)", c, s.name),
	}
	return list[e.kind("value", len(list))]
}

// define changes what guards the rows, and how they are found.
func (e *editor) define(t *testing.T, path string) {
	t.Helper()
	db, path := storetest.Copy(t, path)
	defer db.Close()
	s := e.shapes[e.IntN(len(e.shapes))]
	schema := "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET "
	list := []string{
		"CREATE TABLE more (x)", "CREATE VIEW more AS SELECT 1", "CREATE INDEX more ON " + s.name + " (" + s.columns[0] + ")", "ANALYZE", "REINDEX", "VACUUM",
		"CREATE TRIGGER more AFTER INSERT ON " + s.name + " BEGIN SELECT 1; END", "DROP TRIGGER " + e.pick(s.triggers),
		"PRAGMA user_version = 0", "PRAGMA user_version = 99", "PRAGMA application_id = 1", "PRAGMA journal_mode = DELETE",
		"ALTER TABLE " + s.name + " ADD COLUMN more TEXT", "ALTER TABLE " + s.name + " RENAME TO more", "DROP TABLE " + s.name,
		"ALTER TABLE " + s.name + " RENAME COLUMN " + s.columns[0] + " TO more",
		schema + "sql = replace(sql, ' NOT NULL', '') WHERE name = '" + s.name + "'",
		schema + "sql = replace(sql, ' CHECK', ' /*CHECK') WHERE name = '" + s.name + "'",
		schema + "sql = replace(sql, 'ABORT', 'IGNORE') WHERE type = 'trigger' AND tbl_name = '" + s.name + "'",
		schema + "tbl_name = upper(tbl_name) WHERE name = '" + e.pick(s.triggers) + "'",
		schema + "rootpage = rootpage + 1 WHERE tbl_name = '" + s.name + "'",
		"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE type = 'index' AND tbl_name = '" + s.name + "'",
		"PRAGMA writable_schema = ON; INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE tbl_name = '" + s.name + "'",
	}
	edit := list[e.kind("definition", len(list))]
	if _, err := db.Exec(edit); err != nil {
		e.refused++
		return
	}
	e.judge(t, edit, path)
}

// hex makes one edit as a hex editor would, or a disk that fails.
func (e *editor) hex(t *testing.T, path string, body []byte) {
	t.Helper()
	const page = 4096
	b := []byte(string(body))
	at, n := e.IntN(len(b)), 1+e.IntN(64)
	from, to := e.IntN(len(b)/page)*page, e.IntN(len(b)/page)*page
	edit := fmt.Sprintf("%d bytes at %d, pages at %d and %d", n, at, from, to)
	switch e.kind("bytes", 8) {
	case 0:
		b = b[:at]
	case 1:
		b = append(b, b[from:from+page]...)
	case 2:
		copy(b[to:], b[from:from+page])
	case 3:
		swapped := string(b[to : to+page])
		copy(b[to:], b[from:from+page])
		copy(b[from:], swapped)
	case 4:
		clear(b[at:min(at+n, len(b))])
	case 5:
		for i := at; i < min(at+n, len(b)); i++ {
			b[i] = byte(e.IntN(256))
		}
	default:
		b[at] ^= 1 << e.IntN(8)
		edit = fmt.Sprintf("one bit at %d", at)
	}
	storetest.Write(t, path, string(b))
	e.judge(t, edit, path)
}

// The file and its -wal are copied at many moments and put together anew, as a
// restore by hand might: an older file, an older -wal, or none. With the newest
// checkpoint at hand nothing passes but the newest state.
func TestNoMixOfFilesFromDifferentTimesPasses(t *testing.T) {
	t.Parallel()
	path := dhrtest.Written(t, stationtest.NewClock())
	d := dhrtest.Open(t, path, stationtest.NewClock())
	var moments []moment
	keep := func() {
		file, err1 := os.ReadFile(path)
		wal, err2 := os.ReadFile(path + "-wal")
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		moments = append(moments, moment{string(file), string(wal)})
	}
	for n := range 4 {
		if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, n), stationtest.Serial(n)); r.Outcome != station.Pass {
			t.Fatalf("unit %d: %s %v", n, r.Outcome, r.Fault)
		}
		if keep(); n%2 == 1 {
			storetest.ExecFile(t, path, "PRAGMA wal_checkpoint(RESTART)")
			keep()
		}
	}
	note, err := d.Checkpoint(t.Context(), "lead")
	if err != nil {
		t.Fatal(err)
	}
	keep()
	newest := storetest.Contents(t, path)
	passed := mixesThatPass(t, moments, note, newest)
	if passed == 0 {
		t.Error("the newest state itself did not pass")
	}
	t.Logf("%d mixes, %d of which are the newest state", len(moments)*(len(moments)+1), passed)
}

// moment is what stood on the disk at one.
type moment struct{ file, wal string }

// mixesThatPass puts each file beside each -wal and beside none, and counts
// what is not found; that must be the newest state.
func mixesThatPass(t *testing.T, moments []moment, note []byte, newest string) (passed int) {
	t.Helper()
	for i, a := range moments {
		for j, b := range append(moments, moment{}) {
			mixed := filepath.Join(t.TempDir(), "dhr.db")
			storetest.Write(t, mixed, a.file)
			storetest.Write(t, mixed+"-wal", b.wal)
			if foundAgainst(t, mixed, note) {
				continue
			}
			if passed++; storetest.Contents(t, mixed) != newest {
				t.Errorf("the file of moment %d with the -wal of moment %d of %d was taken for the newest", i, j, len(moments))
			}
		}
	}
	return passed
}

// foundAgainst reports whether a record that is only looked at fails, beside
// a checkpoint where one is given.
func foundAgainst(t *testing.T, path string, note []byte) bool {
	t.Helper()
	var against record.Against
	if note != nil {
		against.Notes = [][]byte{note}
	}
	d, err := dhr.OpenReadOnly(t.Context(), path, dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"})
	if err != nil {
		return true
	}
	defer d.Close() // nothing was written
	r, err := verify.RecordAgainst(t.Context(), d.Reader(), against, nil)
	if err != nil || r.OK {
		return err != nil
	}
	if r.FirstFault == "" || r.Trusted == "" {
		t.Errorf("it does not say what is wrong, and what is not: %+v", r)
	}
	return true
}
