// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"strings"
	"testing"

	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
)

// Who takes a unit out of the index of parts would hide it from a search.
func TestAnIndexOfPartsThatIsNotWhatTheRowsMakeIsRefused(t *testing.T) {
	path := dhrtest.FullRecord(t)
	db, _ := storetest.Copy(t, path)
	defer db.Close()
	entries := storetest.Column(t, db, "SELECT group_concat(DISTINCT term) FROM part_entries WHERE doc = 1")[0]
	one, rest, _ := strings.Cut(entries, ",")
	if rest == "" {
		t.Fatal("no unit is in the index")
	}
	add := func(place, what string) string {
		return "INSERT INTO parts (rowid, grams) VALUES (" + place + ", '" + strings.ReplaceAll(what, ",", " ") + "')"
	}
	for _, edit := range []string{
		"INSERT INTO parts (parts, rowid, grams) VALUES ('delete', 1, '" + strings.ReplaceAll(entries, ",", " ") + "')",
		"INSERT INTO parts (parts, rowid, grams) VALUES ('delete', 1, '" + one + "')",
		"INSERT INTO parts (parts, rowid, grams) VALUES ('delete', 1, '" + one + "'); " + add("(SELECT max(id) + 9 FROM bindings)", one),
		"INSERT INTO parts (parts, rowid, grams) VALUES ('delete', 1, '" + one + "'); " + add("1 + 2147483647", one),
		"INSERT INTO parts (parts) VALUES ('delete-all')",
		add("1000", one), add("1", "i9999"), add("-1", one),
		"UPDATE parts_reach SET upto = upto + 1000", "UPDATE parts_reach SET upto = upto - 1", "UPDATE parts_reach SET upto = -1 WHERE source = 'prints'",
		"DELETE FROM parts_reach WHERE source = 'bindings'", "UPDATE parts_reach SET source = 'x' WHERE source = 'leaves'",
		"DELETE FROM parts_data", "UPDATE parts_data SET block = zeroblob(length(block))",
	} {
		forged, err := storetest.Forge(t, path, edit)
		if err != nil {
			t.Fatal(edit, err)
		}
		if ours, theirs := verdicts(t, forged, nil); ours == "" || theirs == "" {
			t.Errorf("%s: ours says %q, the one in Python %q", edit, ours, theirs)
		}
	}
}
