// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/ledger"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// tampering is one thing done to a record.
type tampering struct {
	name string
	do   []string // statements, with the guards out of the way
	bare string   // or one statement with the guards where they are
}

// Whatever is done to a record, with the hashes made good where that takes no
// key: the program and the reader beside it refuse it. With BINDERY_EDITS, as
// make soak sets it, all of some thousands are tried; without it each edit of a
// leaf, and some of the others.
func TestATamperedRecordIsRefusedByBothVerifiers(t *testing.T) {
	path := dhrtest.FullRecord(t)
	if ours, theirs := verdicts(t, path, nil); ours != "" || theirs != "" {
		t.Fatalf("the record itself: ours says %q, the one in Python %q", ours, theirs)
	}
	list, step := tamperedLeaves(t, path), 40
	if os.Getenv("BINDERY_EDITS") != "" {
		step = 1
	}
	others := append(tamperedRows(t, path), tamperedDefinitions(t, path)...)
	for i := 0; i < len(others); i += step {
		list = append(list, others[i])
	}
	says, tried, idle := everything(t, path), 0, 0
	for _, c := range list {
		forged, err := tamper(t, path, c)
		if err != nil { // SQLite itself does not take it
			continue
		}
		tried++
		ours, theirs := verdicts(t, forged, nil)
		switch {
		case ours == "" && theirs == "" && everything(t, forged) == says:
			idle++ // a column that was NULL or empty as it is
		case ours == "" || theirs == "":
			t.Errorf("%s: ours says %q, the one in Python %q", c.name, ours, theirs)
		}
	}
	t.Logf("of %d %d were tried, %d of them of no effect", len(list), tried, idle)
	if tried-idle < len(list)/2 {
		t.Error("most could not be tried")
	}
}

// verdicts are what both verifiers find wrong; the one in Python agrees where
// there is none.
func verdicts(t *testing.T, path string, keys []string) (ours, theirs string) {
	t.Helper()
	d, err := dhr.OpenReadOnly(t.Context(), path, dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"})
	if err != nil {
		ours = err.Error()
	} else {
		r, err := verify.RecordAgainst(t.Context(), d.Reader(), record.Against{Keys: keys}, nil)
		if ours = r.FirstFault; err != nil {
			ours = err.Error()
		}
		d.Close() // nothing was written
	}
	if p := python(); p != nil {
		return ours, p.says(t, append([]string{path}, keys...)...)
	}
	return ours, ours
}

func tamper(t *testing.T, path string, c tampering) (string, error) {
	t.Helper()
	if c.bare == "" {
		return storetest.Forge(t, path, c.do...)
	}
	db, copied := storetest.Copy(t, path)
	defer db.Close()
	_, err := db.Exec(c.bare)
	return copied, err
}

// tamperedRows are edits of each table: rows gone, rows more, each column of a
// row another.
func tamperedRows(t *testing.T, path string) (list []tampering) {
	t.Helper()
	do := func(format string, args ...any) {
		s := fmt.Sprintf(format, args...)
		list = append(list, tampering{name: s, do: []string{s}})
	}
	for _, s := range shapes(t, path) {
		key := strings.Join(s.key, ", ")
		for _, place := range []int{0, s.rows - 1} {
			one := fmt.Sprintf("(%s) = (SELECT %[1]s FROM %s ORDER BY %[1]s LIMIT 1 OFFSET %[3]d)", key, s.name, place)
			do("DELETE FROM %s WHERE %s", s.name, one)
			for _, c := range s.columns {
				for _, value := range []string{c + " || 'x'", c + " + 1000", "NULL", "''", "CAST(hex(" + c + ") || 'x' AS BLOB)"} {
					do("UPDATE %s SET %s = %s WHERE %s AND %[2]s IS NOT %[3]s", s.name, c, value, one)
				}
			}
			more := map[string]string{"leaf": "leaf"}
			for _, c := range s.columns {
				more[c] = c
			}
			k := s.key[len(s.key)-1]
			more[k] = fmt.Sprintf("CASE typeof(%s) WHEN 'integer' THEN (SELECT max(%[1]s) + 1 FROM %s) ELSE %[1]s || 'x' END", k, s.name)
			var values []string
			for _, c := range s.columns {
				values = append(values, more[c])
			}
			do("INSERT INTO %s (%s) SELECT %s FROM %[1]s WHERE %s", s.name, strings.Join(s.columns, ", "), strings.Join(values, ", "), one)
		}
	}
	return list
}

// tamperedDefinitions are edits of what guards the rows, and how they are found.
func tamperedDefinitions(t *testing.T, path string) (list []tampering) {
	t.Helper()
	const schema = "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET "
	do := func(s string) { list = append(list, tampering{name: s, bare: s}) }
	for _, s := range shapes(t, path) {
		for _, trigger := range s.triggers {
			do("DROP TRIGGER " + trigger)
		}
		do(schema + "sql = replace(sql, 'ABORT', 'IGNORE') WHERE type = 'trigger' AND tbl_name = '" + s.name + "'")
		do(schema + "sql = replace(sql, ' NOT NULL', '') WHERE name = '" + s.name + "'")
		do("CREATE INDEX more ON " + s.name + " (" + s.columns[0] + ")")
		do("CREATE TRIGGER more AFTER INSERT ON " + s.name + " BEGIN SELECT 1; END")
		do("ALTER TABLE " + s.name + " ADD COLUMN more TEXT NOT NULL DEFAULT ''")
	}
	for _, s := range []string{
		"CREATE TABLE more (x)", "CREATE VIEW more AS SELECT 1", "ANALYZE", "PRAGMA user_version = 1", "PRAGMA user_version = 99",
		"PRAGMA application_id = 1", "DROP INDEX leaves_by_subject", "CREATE TABLE more (id INTEGER PRIMARY KEY, leaf INTEGER)",
		schema + "tbl_name = 'UNITS' WHERE name = 'units_kept'",
	} {
		do(s)
	}
	return list
}

// leafEdits are changes of the body of a leaf, of which the first that has the
// text is changed.
var leafEdits = []struct{ name, old, new string }{
	{"who", `"who":"`, `"who":"x`},
	{"what it was", `"old":{"`, `"old":{"a":1,"`},
	{"an empty old", `"old":{`, `"old":{},"old":{`},
	{"an old that is not there", `{"row":{`, `{"old":{"x":null},"row":{`},
	{"another leaf before", `,"was":`, `,"was":1`},
	{"a leaf before as a boolean", `,"was":`, `,"was":true,"was":`},
	{"a number as a boolean", `"allowed":1`, `"allowed":true`},
	{"a number as a fraction", `"allowed":1`, `"allowed":1.0`},
	{"a number with an exponent", `"allowed":1`, `"allowed":1e0`},
	{"a number as a text", `"allowed":1`, `"allowed":"1"`},
	{"a negative zero", `"closed":0`, `"closed":-0`},
	{"false in a row", `"allowed":1`, `"allowed":false`},
	{"a state before", `"disposition":"passed"},"row"`, `"disposition":"scrapped"},"row"`},
	{"a state before that was left out", `"old":{"disposition":"passed"}`, `"old":{"disposition":false}`},
	{"a column more before", `"old":{"disposition":"passed"}`, `"old":{"disposition":"passed","zzz":false}`},
	{"a key that changed", `"old":{"disposition":"passed"}`, `"old":{"disposition":"passed","serial":"CL-9"}`},
	{"a leaf that is said to have been", `"old":{"disposition":"passed"}`, `"old":{"disposition":"passed","leaf":1}`},
	{"a member twice", `{"at":`, `{"at":"2026-01-01T00:00:00.000Z","at":`},
	{"a blank", `,"what":`, `, "what":`},
	{"an escape that need not be", `"what":"b`, `"what":"\u0062`},
	{"an escaped solidus", `"subject":"lot:`, `"subject":"lot\/:`},
	{"members in another order", `"what":"release-lot","who":"quality"`, `"who":"quality","what":"release-lot"`},
	{"a member less", `,"zone":"+00:00"`, ``},
	{"another zone", `"zone":"+00:00"`, `"zone":"UTC"`},
	{"a time with a comma", `.000Z","number"`, `,000Z","number"`},
	{"a time with a shorter hour", `T0`, `T`},
	{"a time of before", `{"at":"2026`, `{"at":"2019`},
	{"a day that is not there", `{"at":"2026-0`, `{"at":"2026-9`},
	{"another number", `,"number":`, `,"number":9`},
	{"a row less", `"rows":[{`, `"rows":[],"rows":[{`},
	{"a row of a table that is not there", `"table":"devices"`, `"table":"more"`},
	{"a row of the leaves", `"table":"devices"`, `"table":"leaves"`},
	{"a row of another leaf", `"leaf":`, `"leaf":1`},
	{"a null table", `"table":"devices"`, `"table":null`},
	{"another subject", `"subject":"`, `"subject":"x`},
}

// tamperedLeaves are edits of leaves early and late, with the hashes of all
// later ones and the nodes made good: those that no checkpoint covers take no
// key. What such a leaf says of itself alone, such as who, could not be found
// there.
func tamperedLeaves(t *testing.T, path string) (list []tampering) {
	t.Helper()
	db, _ := storetest.Copy(t, path)
	defer db.Close()
	var covered int64
	if err := db.QueryRow("SELECT max(size) FROM checkpoints").Scan(&covered); err != nil {
		t.Fatal(err)
	}
	bodies := storetest.Column(t, db, "SELECT body FROM leaves ORDER BY number")
	for _, e := range leafEdits {
		for _, late := range []bool{false, true} {
			if late && (e.name == "who" || e.name == "another subject") {
				continue
			}
			edited := append([]string{}, bodies...)
			for i, body := range bodies {
				if late == (int64(i) >= covered) && strings.Contains(body, e.old) {
					edited[i] = strings.Replace(body, e.old, e.new, 1)
					list = append(list, tampering{name: fmt.Sprintf("leaf %d: %s", i+1, e.name), do: rechained(t, path, edited)})
					break
				}
			}
		}
	}
	for name, edited := range map[string][]string{
		"the last leaf gone":            bodies[:len(bodies)-1],
		"two leaves changed about":      append(append(append([]string{}, bodies[:len(bodies)-2]...), bodies[len(bodies)-1]), bodies[len(bodies)-2]),
		"the last leaf there twice":     append(append([]string{}, bodies...), bodies[len(bodies)-1]),
		"the leaves after a checkpoint": bodies[:covered],
	} {
		list = append(list, tampering{name: name, do: rechained(t, path, edited)})
	}
	return list
}

var prevIn = regexp.MustCompile(`"prev":"[0-9a-f]{64}"`)

// rechained are statements that write leaves with all hashes made good, and indexes
// that have all rows which have to be there from the start.
func rechained(t *testing.T, path string, bodies []string) []string {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	stationtest.NoError(t, err)
	defer db.Close()
	list := append(chained(bodies), "INSERT INTO parts (parts) VALUES ('delete-all')", "UPDATE parts_reach SET upto = 0",
		"DELETE FROM scope_chunks", "UPDATE scope_reach SET unit = 0, seen = 0")
	return append(list, storetest.Column(t, db, `SELECT printf('INSERT INTO parts (rowid, grams) VALUES (%d, %Q)', doc, group_concat(term, ' '))
		FROM part_entries WHERE doc >= 4 << 40 GROUP BY doc ORDER BY doc`)...)
}

// chained are statements that write leaves with all hashes made good.
func chained(bodies []string) []string {
	list := []string{"DELETE FROM leaves", "DELETE FROM nodes"}
	var tree ledger.Tree
	var last ledger.Hash
	for i, body := range bodies {
		body = prevIn.ReplaceAllString(body, `"prev":"`+hex.EncodeToString(last[:])+`"`)
		last = sha256.Sum256([]byte("\x00" + body))
		subject := regexp.MustCompile(`"subject":"([^"]*)"`).FindStringSubmatch(body)[1]
		list = append(list, fmt.Sprintf("INSERT INTO leaves VALUES (%d, x'%x', '%s', '%s')",
			i+1, last[:], strings.ReplaceAll(body, "'", "''"), strings.ReplaceAll(subject, "'", "''")))
		for _, n := range tree.Add(last) {
			list = append(list, fmt.Sprintf("INSERT INTO nodes VALUES (%d, x'%x')", n.ID, n.Hash[:]))
		}
	}
	return list
}

// Who writes the whole record anew, and signs it with a key of their own, is
// found by the key that was got elsewhere, and by nothing else.
func TestARecordThatWasSignedAnewIsRefusedByBothWhoKnowTheKey(t *testing.T) {
	path := dhrtest.FullRecord(t)
	forged, right, own, old := signedAnew(t, path)
	if ours, theirs := verdicts(t, forged, nil); ours != "" || theirs != "" {
		t.Errorf("by itself it should be of one piece: ours says %q, the one in Python %q", ours, theirs)
	}
	if ours, theirs := verdicts(t, forged, []string{right}); ours == "" || theirs == "" {
		t.Errorf("beside the right key: ours says %q, the one in Python %q", ours, theirs)
	}
	if ours, theirs := verdicts(t, path, []string{right}); ours != "" || theirs != "" {
		t.Errorf("the record itself: ours says %q, the one in Python %q", ours, theirs)
	}
	if ours, theirs := verdicts(t, path, []string{own}); ours == "" || theirs == "" {
		t.Errorf("beside a wrong key: ours says %q, the one in Python %q", ours, theirs)
	}
	kept := filepath.Join(t.TempDir(), "kept.checkpoint")
	storetest.Write(t, kept, old)
	if p := python(); p != nil && (p.says(t, forged, kept) == "" || p.says(t, path, kept) != "") {
		t.Error("the one in Python does not hold a checkpoint that was kept against the record")
	}
}

// signedAnew is a record whose leaves, checkpoint and key were all written anew;
// with it come the right key, the one that signed it, and the checkpoint before.
func signedAnew(t *testing.T, path string) (forged, right, own, old string) {
	t.Helper()
	db, _ := storetest.Copy(t, path)
	bodies := storetest.Column(t, db, "SELECT body FROM leaves ORDER BY number")
	right = storetest.Column(t, db, "SELECT key FROM station_keys")[0]
	size := storetest.Column(t, db, "SELECT size FROM checkpoints")[0]
	old = storetest.Column(t, db, "SELECT note FROM checkpoints")[0]
	db.Close() // only to let the file go
	private, own, err := ledger.NewKey(rand.Reader, "bench-1")
	stationtest.NoError(t, err)
	var covered int64
	if _, err := fmt.Sscan(size, &covered); err != nil {
		t.Fatal(err)
	}
	quoted := func(s string) string { q := ledger.Quoted(s); return q[1 : len(q)-1] }
	for i, body := range bodies {
		bodies[i] = strings.ReplaceAll(strings.ReplaceAll(body, quoted(right), quoted(own)), `"who":"operator"`, `"who":"lead"`)
	}
	// The leaves that the checkpoint covers come first: its root is of them.
	note, err := ledger.Sign(private, covered, rootOf(t, bodies[:covered]))
	if err != nil {
		t.Fatal(err)
	}
	for i, body := range bodies {
		bodies[i] = strings.ReplaceAll(body, quoted(old), quoted(string(note)))
	}
	forged, err = storetest.Forge(t, path, append(rechained(t, path, bodies),
		"UPDATE station_keys SET key = '"+own+"'", "UPDATE enrolments SET key = '"+own+"'",
		"UPDATE checkpoints SET note = '"+string(note)+"'")...)
	stationtest.NoError(t, err)
	return forged, right, own, old
}

// The names that a key can have are those of Unicode, which other languages
// than Go see otherwise; and a key that checks nothing need not be a point.
func TestAKeyIsSoundOrNotForBothByTheSameRule(t *testing.T) {
	path := dhrtest.FullRecord(t)
	db, _ := storetest.Copy(t, path)
	bodies := storetest.Column(t, db, "SELECT body FROM leaves ORDER BY number")
	db.Close() // only to let the file go
	public := func(name string, fill byte) string {
		raw := append([]byte{1}, bytes.Repeat([]byte{fill}, 32)...)
		hash := sha256.Sum256(append([]byte(name+"\n"), raw...))
		return fmt.Sprintf("%s+%x+%s", name, hash[:4], base64.StdEncoding.EncodeToString(raw))
	}
	for key, sound := range map[string]bool{
		public("bench", 7): true, public("bench", 0xff): true, public("be\x1cnch", 7): true, public("be\x1fnch", 7): true,
		public("be\u200bnch", 7): true, public("be nch", 7): false, public("be\u0085nch", 7): false, public("be\u2028nch", 7): false, public("", 7): false,
	} {
		n := len(bodies) + 1
		body := fmt.Sprintf(`{"at":"9999-12-31T23:59:59.999Z","number":%d,"prev":"%064d","rows":[{"row":{"key":%s,"leaf":%d,"station":"x"},"table":"station_keys"}],`+
			`"station":"","subject":"","what":"new-key","who":"","why":"","zone":"+00:00"}`, n, 0, ledger.Quoted(key), n)
		added := append(rechained(t, path, append(slices.Clone(bodies), body)), fmt.Sprintf("INSERT INTO station_keys (key, station, leaf) VALUES ('%s', 'x', %d)", key, n))
		forged, err := storetest.Forge(t, path, added...)
		if err != nil {
			t.Fatal(err)
		}
		if ours, theirs := verdicts(t, forged, nil); (ours == "") != sound || (theirs == "") != sound {
			t.Errorf("key %q, sound %t: ours says %q, the one in Python %q", key, sound, ours, theirs)
		}
	}
}

func rootOf(t *testing.T, bodies []string) ledger.Hash {
	t.Helper()
	db, err := sql.Open("sqlite", "file::memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	storetest.Exec(t, db, "CREATE TABLE leaves (number, hash, body, subject); CREATE TABLE nodes (id, hash)")
	for _, s := range chained(bodies) {
		storetest.Exec(t, db, s)
	}
	var tree ledger.Tree
	for _, h := range storetest.Column(t, db, "SELECT hex(hash) FROM leaves ORDER BY number") {
		var hash ledger.Hash
		if _, err := hex.Decode(hash[:], []byte(h)); err != nil {
			t.Fatal(err)
		}
		tree.Add(hash)
	}
	return tree.Root()
}

// What the writer itself got wrong is found too, though each leaf holds what
// was written.
func TestWhatIsNotWhatItsHashSaysIsRefusedByBothVerifiers(t *testing.T) {
	path := dhrtest.FullRecord(t)
	db, _ := storetest.Copy(t, path)
	defer db.Close()
	bodies := storetest.Column(t, db, "SELECT body FROM leaves ORDER BY number")
	hash := storetest.Column(t, db, "SELECT hash FROM signatures")[0]
	other := strings.Repeat("0", 64)
	for i := range bodies {
		bodies[i] = strings.ReplaceAll(bodies[i], `"hash":"`+hash, `"hash":"`+other)
	}
	forged, err := storetest.Forge(t, path, append(rechained(t, path, bodies), "UPDATE signatures SET hash = '"+other+"' WHERE hash = '"+hash+"'")...)
	if err != nil {
		t.Fatal(err)
	}
	if ours, theirs := verdicts(t, forged, nil); !strings.Contains(ours, "does not have the hash beside it") || !strings.Contains(theirs, "not that of its hash") {
		t.Errorf("ours says %q, the one in Python %q", ours, theirs)
	}
}

func TestAnEmptyRecordAndOneWithoutACheckpointAreSoundToBothVerifiers(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "dhr.db")
	d, err := dhr.Open(t.Context(), empty, dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	young := dhrtest.Written(t, stationtest.NewClock())
	d = dhrtest.Open(t, young, stationtest.NewClock())
	if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 1), stationtest.Serial(1)); r.Outcome != station.Pass {
		t.Fatal(r.Fault)
	}
	for name, path := range map[string]string{"an empty record": empty, "one that is open": young} {
		if ours, theirs := verdicts(t, path, nil); ours != "" || theirs != "" {
			t.Errorf("%s: ours says %q, the one in Python %q", name, ours, theirs)
		}
	}
}
