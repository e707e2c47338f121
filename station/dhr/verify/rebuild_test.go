// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/history"
	"bindery/station/ledger"
	"bindery/station/stationtest"
)

// damages are ways in which an index is not what the rows make.
var damages = append(damagesOfParts, damagesOfScopes...)

var damagesOfScopes = []string{
	"UPDATE scope_chunks SET low = low + 1, high = high + 1 WHERE id = 1 << 32", "UPDATE scope_chunks SET packed = zeroblob(length(packed)) WHERE id = 12 << 32",
	"UPDATE scope_chunks SET packed = x'00' WHERE id = 12 << 32", "DELETE FROM scope_chunks WHERE id = 6 << 32",
	"INSERT INTO scope_chunks VALUES ((1 << 32) + 7, 1, 1, x'')", "INSERT INTO scope_chunks VALUES ((99 << 32) + 7, 0, 0, x'')", "DELETE FROM scope_values",
	"UPDATE scope_values SET value = value || 'x' WHERE field = 4", "UPDATE scope_reach SET unit = unit + 1000", "UPDATE scope_reach SET unit = 0",
	"UPDATE scope_reach SET seen = seen + 1000", "DELETE FROM scope_reach", "DROP TABLE scope_reach", "DROP TABLE scope_chunks", "DROP TABLE scope_values",
}

var damagesOfParts = []string{
	"INSERT INTO parts (parts) VALUES ('delete-all')",
	"INSERT INTO parts (rowid, grams) VALUES (1000, 'i9999')",
	"UPDATE parts_reach SET upto = upto + 1000", "DELETE FROM parts_reach WHERE source = 'bindings'", "DROP TABLE parts_reach",
	"DELETE FROM parts_data", "UPDATE parts_data SET block = zeroblob(length(block))", "UPDATE parts_data SET block = x'00ff' WHERE id > 1",
	"DELETE FROM parts_config", "UPDATE parts_config SET v = 99",
	"DROP TABLE parts_idx", "DROP TABLE parts_config", "DROP TABLE parts_data", "DROP TABLE part_entries", "DROP TABLE parts",
}

// wrongWith is what is said of the index that was damaged.
func wrongWith(edit string) ledger.IntegrityError {
	if slices.Contains(damagesOfScopes, edit) {
		return verify.ErrScopes
	}
	return verify.ErrParts
}

// damaged opens a full record of which an index was damaged.
func damaged(t *testing.T, edit string) (*dhr.DHR, string) {
	t.Helper()
	path, err := storetest.Forge(t, dhrtest.FullRecord(t), edit)
	stationtest.NoError(t, err)
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.NewClock(), Program: dhrtest.Program, Station: "bench-1"})
	if err != nil {
		t.Fatalf("%s keeps the record from being opened: %v", edit, err)
	}
	t.Cleanup(func() { d.Close() })
	return d, path
}

// leadsTo fails the test unless a text leads to one unit.
func leadsTo(t *testing.T, d *dhr.DHR, text, serial string) {
	t.Helper()
	f, err := d.Find(t.Context(), text)
	if err != nil || len(f.Units) != 1 || f.Units[0].Serial != serial {
		t.Errorf("%d units, %v, want %s", len(f.Units), err, serial)
	}
}

func TestADamagedIndexIsRebuilt(t *testing.T) {
	for _, edit := range damages {
		t.Run(edit, func(t *testing.T) {
			d, path := damaged(t, edit)
			if r, err := verify.Record(t.Context(), d, nil); err != nil || r.FirstFault != string(wrongWith(edit)) || !strings.HasPrefix(r.Trusted, "Every leaf and every row.") {
				t.Fatalf("%+v %v", r, err)
			}
			if _, err := d.RebuildIndex(t.Context(), "lead", "verify says so"); stationtest.RefusalCode(t, err) != station.PersonNotAllowed {
				t.Fatal(err)
			}
			if _, err := d.RebuildIndex(t.Context(), "quality", " "); stationtest.RefusalCode(t, err) != station.ReasonMissing {
				t.Fatal(err)
			}
			for range 2 { // also one that is sound
				if _, err := d.RebuildIndex(t.Context(), "quality", "verify says so"); err != nil {
					t.Fatal(err)
				}
			}
			leadsTo(t, d, "*"+stationtest.IMEI(77)[7:14]+"*", "OLD-1")
			leadsTo(t, d, "*"+stationtest.IMEI(1)[7:14]+"*", stationtest.Serial(1))
			if h, err := d.Check(t.Context()); err != nil || h.Parts != "ok" || h.Integrity != "ok" {
				t.Errorf("%+v %v", h, err)
			}
			stationtest.NoError(t, d.Close())
			if ours, theirs := verdicts(t, path, nil); ours != "" || theirs != "" {
				t.Errorf("ours says %q, the one in Python %q", ours, theirs)
			}
			if acts := storetest.Acts(t, path); acts[len(acts)-1] != "rebuild-index" {
				t.Errorf("the last leaf says %q", acts[len(acts)-1])
			}
		})
	}
}

// A search that cannot read the index says that it is to be rebuilt, and not that a
// backup is to be restored; a whole number needs no index of parts.
func TestASearchThatCannotReadTheIndexCallsForNoRestore(t *testing.T) {
	told := 0
	for _, edit := range damages {
		d, _ := damaged(t, edit)
		_, err := d.Find(t.Context(), "*"+stationtest.IMEI(1)[7:14]+"*")
		if err != nil {
			var f *station.Fault
			if told++; !errors.As(err, &f) || f.Code != station.IndexDamaged || !strings.Contains(f.Next, "rebuild-index") {
				t.Errorf("%s: %v", edit, err)
			}
		}
		leadsTo(t, d, stationtest.IMEI(1), stationtest.Serial(1))
	}
	if told == 0 {
		t.Error("no damage kept a search from reading the index")
	}
}

// What SQLite finds in the index of parts alone does not call for a restore.
func TestADamagedIndexOfPartsIsNoDamagedFile(t *testing.T) {
	for _, edit := range []string{"DELETE FROM parts_data", "DELETE FROM parts_config", "DROP TABLE parts_config", "DROP TABLE parts_idx"} {
		d, _ := damaged(t, edit)
		if h, err := d.Check(t.Context()); err != nil || h.Parts == "ok" || h.Integrity != "ok" || h.OK {
			t.Errorf("%s: %+v %v", edit, h, err)
		}
	}
	d, path := damaged(t, "DELETE FROM parts_config")
	storetest.ExecFile(t, path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'units') WHERE name = 'orders'")
	if r, err := verify.Record(t.Context(), d, nil); err == nil && r.FirstFault == string(verify.ErrParts) {
		t.Errorf("what else is wrong is not told: %+v", r)
	}
}

func TestADamagedIndexKeepsNoListFromBeingBroughtIn(t *testing.T) {
	for _, edit := range damages {
		d, _ := damaged(t, edit)
		text := "serial,imei,ref,lot,order,bound_at\nOLD-2," + stationtest.IMEI(90) + ",CL-9,L9,W9,2020-01-01T00:00:00Z\n"
		files, err := history.Import(t.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "more.csv", []byte(text))}, nil)
		if err != nil || len(files) != 1 {
			t.Errorf("%s: %v", edit, err)
			continue
		}
		_, err = d.RebuildIndex(t.Context(), "admin", "the disk failed")
		stationtest.NoError(t, err)
		if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
			t.Errorf("%s: %+v %v", edit, r, err)
		}
	}
}
