// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"archive/zip"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bindery/station/report"
	"bindery/station/stationtest"
)

// sheet reads the rows of the only sheet of a workbook.
func sheet(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil || f.SheetCount != 1 {
		t.Fatal(f.SheetCount, err)
	}
	return rows
}

// A workbook has the table of the CSV, value for value, and no marks.
func TestAWorkbookHasTheSameTableAsTheCSV(t *testing.T) {
	d := openCopy(t)
	for name, s := range subjects {
		t.Run(name, func(t *testing.T) {
			want, got := rows(t, export(t, d, s, report.CSV)), sheet(t, export(t, d, s, report.XLSX))
			if len(got) != len(want)+1 && s.Kind != report.Audit { // the second export is a leaf more
				t.Fatalf("%d rows, the CSV has %d", len(got)-1, len(want))
			}
			for i, line := range want {
				one := map[string]string{}
				for c, name := range got[0] {
					one[name] = ""
					if c < len(got[i+1]) {
						one[name] = got[i+1][c]
					}
				}
				if diff := cmp.Diff(line, one); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

// part is one file of a workbook.
func part(t *testing.T, path, name string) string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What a cell is stands in its file, whatever a program makes of it: a number
// would be rounded above 15 digits, a formula would be run.
func TestEveryCellIsATextWithTheFormatOfOneAndTheHeadStaysInSight(t *testing.T) {
	path := export(t, openCopy(t), subjects["an order"], report.XLSX)
	xml := part(t, path, "xl/worksheets/sheet1.xml")
	cells := regexp.MustCompile(`<c [^>]*>`).FindAllString(xml, -1)
	styled := regexp.MustCompile(`^<c r="[A-Z]+\d+" s="[12]" t="inlineStr">$`)
	for _, c := range cells {
		if !styled.MatchString(c) {
			t.Errorf("a cell is %s", c)
		}
	}
	if len(cells) < 100 || strings.Contains(xml, "<f>") || strings.Contains(xml, "<v>") {
		t.Errorf("%d cells; formulas or numbers in\n%s", len(cells), xml)
	}
	if !strings.Contains(xml, `state="frozen"`) || !strings.Contains(xml, `ySplit="1"`) {
		t.Error("the head is not frozen")
	}
	for _, want := range []string{stationtest.IMEI(1), stationtest.ICCID(12), "=HYPERLINK"} {
		if !strings.Contains(xml, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if n := strings.Count(part(t, path, "xl/styles.xml"), `numFmtId="49"`); n < 2 {
		t.Errorf("%d styles have the format of a text", n)
	}
}

func TestWhatACellCannotHoldIsNamedAndNeverCutInSilence(t *testing.T) {
	long := strings.Repeat("ü\U0001F600", 20_000)
	for text, want := range map[string]string{
		"": "", "358123091000016": "358123091000016", "_x0041_": "_x0041_", " blanks ": " blanks ", "two\nlines": "two\nlines",
		"a\x1b[31mb\x00": "a<U+001B>[31mb<U+0000>", "\u202egnp": "<U+202E>gnp", "\xff": "<FF>", "\uFFFF": "<U+FFFF>",
		"two\r\nlines\tand a tab": "two\r\nlines\tand a tab", "<b>&amp;": "<b>&amp;",
		strings.Repeat("x", excelize.TotalCellChars): strings.Repeat("x", excelize.TotalCellChars),
	} {
		if got := report.ThroughACell(t, text); got != want {
			t.Errorf("%q is read again as %q, want %q", text, got, want)
		}
	}
	got := report.ThroughACell(t, long)
	if begin, end, _ := strings.Cut(got, " … "); !strings.HasPrefix(long, begin) || end != "CUT: 40000 characters, whole in CSV and JSON Lines" {
		t.Errorf("it ends with %q", end)
	}
}

// A sheet has an end; the rows after it go into another file.
func TestATableThatIsLongerThanASheetGoesOnInTheNextFile(t *testing.T) {
	report.SetMostRows(t, 3)
	j := job(t, subjects["an order"], report.XLSX)
	res, err := report.Export(t.Context(), openCopy(t), j)
	if err != nil {
		t.Fatal(err)
	}
	var serials []string
	for _, file := range res.Files {
		rows := sheet(t, file)
		if len(rows) > 3 || rows[0][1] != "serial" {
			t.Errorf("%s has %d rows under %v", filepath.Base(file), len(rows)-1, rows[0])
		}
		for _, r := range rows[1:] {
			serials = append(serials, r[1])
		}
	}
	want := []string{stationtest.Serial(1), stationtest.Serial(2), stationtest.Serial(2), stationtest.Serial(3), stationtest.Serial(900)}
	if !slices.Equal(serials, want) || len(res.Files) != 3 || filepath.Base(res.Files[0]) != "out-001.xlsx" {
		t.Errorf("%v in %v", serials, res.Files)
	}
	if left := folder(t, j); len(left) != 3 {
		t.Errorf("the folder has %v", left)
	}
}
