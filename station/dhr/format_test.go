// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The verifier in Python was written from docs/record-format.md alone: where
// the two disagree, the page is wrong, or one of them.
func TestAnotherVerifierAgrees(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	says := func(path string) string {
		out, _ := exec.Command(python, "../../docs/verify_record.py", path).CombinedOutput() //nolint:errcheck // the text tells
		return strings.TrimSpace(string(out))
	}
	path := full(t)
	if got := says(path); !strings.HasPrefix(got, "sound: ") {
		t.Fatal(got)
	}
	for _, do := range []string{
		"UPDATE bindings SET imei = '358123091000990' WHERE id = 1",
		"DELETE FROM moves WHERE id = 1",
		"UPDATE units SET disposition = 'in-process', leaf = (SELECT leaf FROM bindings b WHERE b.serial = units.serial) WHERE serial = 'CL-000001'",
		"UPDATE leaves SET body = replace(body, 'bench-1', 'bench-2') WHERE number = 7",
		"DELETE FROM leaves WHERE number > 20",
		"UPDATE evidence SET exchanges = CAST('x' AS BLOB) WHERE attempt = 1",
	} {
		forged, err := forge(t, path, do)
		if err != nil {
			t.Fatal(err)
		}
		if got := says(forged); !strings.HasPrefix(got, "not sound: ") || firstFault(t, forged) == "" {
			t.Errorf("%s: Python says %q", do, got)
		}
	}
}

func TestThePageNamesEveryTable(t *testing.T) {
	page, err := os.ReadFile("../../docs/record-format.md")
	if err != nil {
		t.Fatal(err)
	}
	db, _ := raw(t, full(t))
	defer db.Close()
	for _, table := range column(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		if !strings.Contains(string(page), "\n| `"+table+"` |") {
			t.Errorf("docs/record-format.md has no row for the table %s", table)
		}
	}
}
