// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// released puts a copy of the record that an earlier program wrote, with its
// key, in a folder of the test.
func released(t *testing.T, version string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "dhr.db")
	from := filepath.Join("testdata", version)
	packed, err := os.Open(filepath.Join(from, "record.db.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(plain)
	if err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(from, "station.key"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{path: text, path + ".key": key} {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// openReleased opens such a record as this program does, at a time after its
// last leaf.
func openReleased(t *testing.T, version string) *DHR {
	t.Helper()
	return openedAfter(t, released(t, version))
}

// openedAfter opens a record at a time after its last leaf.
func openedAfter(t *testing.T, path string) *DHR {
	t.Helper()
	db, err := store.Connect(path, "mode=ro", store.Reading)
	if err != nil {
		t.Fatal(err)
	}
	var last string
	if err := db.QueryRow("SELECT json_extract(body, '$.at') FROM leaves ORDER BY number DESC LIMIT 1").Scan(&last); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	clock := stationtest.NewClock()
	clock.Add(store.ParseStamp(last).Sub(stationtest.Start))
	d, err := Open(t.Context(), path, Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestARecordOfTheFirstReleaseIsCarriedOver(t *testing.T) {
	d := openReleased(t, "version-1")
	r, err := verify.Record(t.Context(), d, nil)
	if err != nil || !r.OK || r.Leaves < 97 || r.Checkpoints != 5 {
		t.Fatalf("%+v %v", r, err)
	}
	for serial, want := range map[string]station.Disposition{
		"CL-000102": station.Scrapped, "CL-000103": station.Released, "CL-000104": station.Quarantined,
	} {
		if u, err := d.Unit(t.Context(), serial); err != nil || u.Disposition != want {
			t.Errorf("%s is %v, want %s; %v", serial, u.Disposition, want, err)
		}
	}
}

// A list of another system stood in leaves of 250 rows each. These stay what they
// are.
func TestARecordWhoseListsStandInLeavesOfManyUnitsIsCarriedOver(t *testing.T) {
	d := openReleased(t, "version-7")
	r, err := verify.Record(t.Context(), d, nil)
	if err != nil || !r.OK || r.Leaves < 57 {
		t.Fatalf("%+v %v", r, err)
	}
	u, err := d.Show(t.Context(), "CL-000405")
	if err != nil || u.Disposition != station.Passed || u.Imported == nil || len(u.SIMs) != 1 {
		t.Errorf("%+v, %v", u, err)
	}
}

// The reader beside the program knows a record as that program left it, and as
// this one carries it over.
func TestTheReaderInPythonKnowsRecordsOfEarlierProgramsBeforeAndAfter(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	says := func(path string) string {
		cmd := exec.Command(python, "../../docs/verify_record.py", path)
		cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
		out, _ := cmd.CombinedOutput() // the text tells
		return string(out)
	}
	for _, version := range []string{"version-1", "version-7"} {
		before := says(released(t, version))
		d := openReleased(t, version)
		for when, said := range map[string]string{"before": before, "after": says(d.Path())} {
			if !strings.HasPrefix(said, "sound: ") {
				t.Errorf("%s %s: %s", version, when, said)
			}
		}
	}
}

func TestALabelOfBeforeSaysThatItsProofWasNotRecorded(t *testing.T) {
	d := openReleased(t, "version-1")
	r, err := d.Show(t.Context(), "CL-000103")
	if err != nil || len(r.Prints) == 0 {
		t.Fatalf("%+v %v", r.Prints, err)
	}
	p := r.Prints[len(r.Prints)-1]
	if p.State != station.PrintVerified || p.Proof == nil || *p.Proof != (record.LabelProof{Method: "not recorded", Words: "not recorded"}) {
		t.Errorf("the print is %s, proven %+v", p.State, p.Proof)
	}
}

// A column that comes with a later migration is not in the leaves of before:
// rows from then keep their image, and each way that a row can change is
// followed.
func TestALaterColumnLeavesOldRowsAsTheirLeavesHaveThem(t *testing.T) {
	watch := store.WhenPrepared
	store.WhenPrepared = func(string) {} // the plans of this table are nobody's
	defer func() { store.WhenPrepared = watch }()
	path := released(t, "version-1")
	stationtest.NoError(t, openedAfter(t, path).Close()) // which brings it up to date
	ctx, db := t.Context(), storetest.Edit(t, path)
	for _, text := range []string{
		"ALTER TABLE orders ADD COLUMN shift TEXT NOT NULL DEFAULT ''",
		"ALTER TABLE orders ADD COLUMN hours INTEGER NOT NULL DEFAULT 8",
	} {
		if _, err := db.ExecContext(ctx, text); err != nil {
			t.Fatal(err)
		}
	}
	d := openedAfter(t, path)
	const only = "The definition of table orders was changed or removed." // said last: every row was sound before it
	for i, set := range []store.Values{
		{"planned": int64(21)},
		{"shift": "late"},
		{"shift": "night", "hours": int64(9)},
		{"shift": "", "planned": int64(22)},
		{"shift": "", "hours": int64(8)},
		{"shift": ""},
	} {
		_, err := d.write(ctx, auditEntry{what: "test"}, func(tx *tx) error { return tx.Update("orders", []any{"WO-118204"}, set) })
		if err != nil {
			t.Fatalf("change %d: %v", i, err)
		}
		if r, err := verify.Record(ctx, d, nil); err != nil || r.FirstFault != only {
			t.Fatalf("change %d: %q %v", i, r.FirstFault, err)
		}
	}
	var kept int64
	if err := db.QueryRowContext(ctx, "SELECT hours FROM orders").Scan(&kept); err != nil || kept != 8 {
		t.Errorf("%d hours, %v", kept, err)
	}
	if _, err := db.ExecContext(ctx, "UPDATE orders SET hours = 7"); err != nil {
		t.Fatal(err)
	}
	if r, err := verify.Record(ctx, d, nil); err != nil || r.FirstFault == only || r.OK {
		t.Errorf("a forged later column was not found: %+v %v", r, err)
	}
}

func TestAnOlderRecordThatIsToBeReadOnlyIsNamedAsSuch(t *testing.T) {
	path := released(t, "version-1")
	_, err := OpenReadOnly(t.Context(), path, Options{Clock: stationtest.NewClock()})
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.RecordOlder {
		t.Errorf("%v", err)
	}
}
