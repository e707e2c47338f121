// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/stationtest"
)

func mustJSON(t *testing.T, text []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// rows reads a CSV file as docs/export-format.md says: past the byte order mark,
// and one apostrophe at the beginning of a cell is taken away.
func rows(t *testing.T, path string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, marked := bytes.CutPrefix(text, []byte("\ufeff"))
	if !marked {
		t.Error("Excel takes it for another encoding")
	}
	all, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(text, []byte("\r\n")); n < len(all) {
		t.Errorf("%d lines end with CRLF, of %d", n, len(all))
	}
	var list []map[string]string
	for _, r := range all[1:] {
		one := map[string]string{}
		for i, c := range r {
			if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
				t.Errorf("a spreadsheet runs %q", c)
			}
			one[all[0][i]] = strings.TrimPrefix(c, "'")
		}
		list = append(list, one)
	}
	return list
}

func TestTheListOfUnitsHasEveryBindingThatEverWas(t *testing.T) {
	got := rows(t, export(t, openCopy(t), subjects["an order"], report.CSV))
	type line struct{ Serial, State, Disposition, IMEI, ICCID, By, Station, TAC, Label string }
	var lines []line
	for _, r := range got {
		if r["schema"] != "bindery-units/2" {
			t.Errorf("schema %q", r["schema"])
		}
		lines = append(lines, line{r["serial"], r["state"], r["disposition"], r["imei"], r["iccid"], r["bound_by_name"], r["station"], r["tac"], r["label_state"]})
	}
	id := func(n int) (string, string) { return stationtest.IMEI(n), stationtest.ICCID(n) }
	one := func(serial int, n int, state, disposition, label string) line {
		imei, iccid := id(n)
		return line{stationtest.Serial(serial), state, disposition, imei, iccid, hostile, "bench-1", stationtest.TAC, label}
	}
	want := []line{
		one(1, 1, "live", "released", "verified"), one(2, 12, "live", "released", "verified"),
		one(2, 2, "superseded", "released", "void"), one(3, 3, "live", "quarantined", "verified"),
		{Serial: stationtest.Serial(900)}, // which never became a unit
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
	for i, want := range []map[string]string{
		{"made_on": "2026-03-02", "made_zone": "+01:00", "attempts": "1", "not_passed": "0", "labels_printed": "1", "superseded_at": ""},
		{"attempts": "2", "not_passed": "0", "labels_printed": "2", "changes_of_disposition": "1", "superseded_by": ""},
		{"attempts": "2", "superseded_by": "lead", "superseded_by_name": "The lead", "superseded_why": "new module"},
		{"alarms": "0", "changes_of_disposition": "1"},
		{"order": "WO-1", "lot": "L2603", "attempts": "1", "not_passed": "1", "alarms": "1", "made_on": "", "version": ""},
	} {
		for column, value := range want {
			if got[i][column] != value {
				t.Errorf("line %d has %s %q, want %q", i, column, got[i][column], value)
			}
		}
	}
	if at := got[2]["superseded_at"]; !strings.HasPrefix(at, "2026-03-02T") {
		t.Errorf("the binding was given up at %q", at)
	}
}

func TestEveryTableCanBeReadAgain(t *testing.T) {
	d := openCopy(t)
	for name, s := range subjects {
		t.Run(name, func(t *testing.T) {
			path := export(t, d, s, report.CSV)
			got := rows(t, path)
			sqlite, err := exec.LookPath("sqlite3")
			if err != nil {
				t.Skip("sqlite3 is not here to read it too")
			}
			out, err := exec.Command(sqlite, "-cmd", ".import --csv "+path+" t", ":memory:", "SELECT count(*), count(schema) FROM t").CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			want := strings.Repeat("|"+num(len(got)), 2)[1:]
			if len(got) > 0 && strings.TrimSpace(string(out)) != want {
				t.Errorf("sqlite3 reads %q, want %q", out, want)
			}
		})
	}
}

func num(n int) string { b, _ := json.Marshal(n); return string(b) } // a number

func TestTheAuditTrailSaysWhoChangedWhatFromWhatToWhat(t *testing.T) {
	got := rows(t, export(t, openCopy(t), report.Subject{Kind: report.Audit}, report.CSV))
	i := slices.IndexFunc(got, func(r map[string]string) bool { return r["what"] == "move-quarantined" })
	if i < 0 {
		t.Fatal("the trail does not have the move")
	}
	r := got[i]
	if r["who"] != "quality" || r["name"] != "The quality" || r["subject"] != "unit:CL-000003" || r["why"] != "complaint 17" || r["zone"] != "+01:00" ||
		!strings.Contains(r["changes"], "disposition released → quarantined") {
		t.Errorf("%v", r)
	}
	for n, r := range got {
		if r["leaf"] != num(n+1) {
			t.Fatalf("leaf %s stands at %d", r["leaf"], n+1)
		}
	}
}

func TestTheLinesOfAnExportBeginAndEndAsTheyMustAndHoldTheWholeRecord(t *testing.T) {
	d := openCopy(t)
	for name, s := range subjects {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(export(t, d, s, report.JSON))
			if err != nil {
				t.Fatal(err)
			}
			var lines [][]byte
			for in := bufio.NewScanner(bytes.NewReader(text)); in.Scan(); {
				lines = append(lines, slices.Clone(in.Bytes()))
			}
			var head struct{ Schema, Subject, Checkpoint string }
			mustJSON(t, lines[0], &head)
			var end struct{ End *int }
			mustJSON(t, lines[len(lines)-1], &end)
			if head.Schema != "bindery-export/1" || head.Subject != s.String() || head.Checkpoint == "" || end.End == nil || *end.End != len(lines)-2 {
				t.Errorf("head %+v, end %+v, %d lines", head, end, len(lines))
			}
		})
	}
	text, err := os.ReadFile(export(t, d, units(record.BySerial, stationtest.Serial(2)), report.JSON))
	if err != nil {
		t.Fatal(err)
	}
	var line struct{ Unit record.UnitView }
	mustJSON(t, bytes.Split(text, []byte("\n"))[1], &line)
	want, err := d.Show(t.Context(), stationtest.Serial(2))
	if err != nil {
		t.Fatal(err)
	}
	want.Leaves = line.Unit.Leaves // the export before was the first of them
	if diff := cmp.Diff(want, line.Unit); diff != "" {
		t.Error(diff)
	}
	if line.Unit.Disposition != station.Released {
		t.Error(line.Unit.Disposition)
	}
}

// Why an order was closed with fewer units than planned stands with it.
func TestTheLinesOfALotSayWhoClosedItsOrdersAndWhy(t *testing.T) {
	d := openCopy(t)
	for name, want := range map[string]int{"an order": 1, "a lot": 1, "a unit": 0} {
		text, err := os.ReadFile(export(t, d, subjects[name], report.JSON))
		if err != nil {
			t.Fatal(err)
		}
		var head struct {
			Orders []struct {
				station.OrderCounts
				Closing record.Closing
			}
		}
		mustJSON(t, bytes.Split(text, []byte("\n"))[0], &head)
		if len(head.Orders) != want {
			t.Fatalf("%s: %+v", name, head)
		}
		for _, o := range head.Orders {
			if o.Order != "WO-1" || !o.OrderCounts.Closed || o.Built != 3 || o.Closing.By != "lead" || o.Closing.Reason != "three were enough" || o.Closing.Leaf == 0 {
				t.Errorf("%s: %+v", name, o)
			}
		}
	}
}
