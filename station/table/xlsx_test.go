// SPDX-License-Identifier: Apache-2.0

package table_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bindery/station/table"
)

func must(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// workbook is what excelize writes after fill, saved with options.
func workbook(t testing.TB, fill func(f *excelize.File), o ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	must(t, f.Write(&b, o...))
	return b.Bytes()
}

// sheet1 is a workbook whose first sheet has these cells.
func sheet1(t testing.TB, cells map[string]any) []byte {
	t.Helper()
	return workbook(t, func(f *excelize.File) { put(t, f, "Sheet1", cells) })
}

func put(t testing.TB, f *excelize.File, sheet string, cells map[string]any) {
	t.Helper()
	for _, at := range slices.Sorted(maps.Keys(cells)) { // texts are numbered as they come
		must(t, f.SetCellValue(sheet, at, cells[at]))
	}
}

// shown shows a cell by a code of a number.
func shown(t testing.TB, f *excelize.File, at, code string) {
	t.Helper()
	id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
	must(t, err, f.SetCellStyle("Sheet1", at, at, id))
}

func TestAWorkbookIsReadAsItIsSeen(t *testing.T) {
	day := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	file := workbook(t, func(f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{
			"B3": "id", "C3": "Name", "E3": "count", "F3": "day", "G3": "open",
			"B5": 118204, "C5": "Prüfung & <Öl>", "E5": 20, "F5": day, "G5": true,
			"B6": "0012", "C6": "a_b", "E6": 1234567, "F6": day.Add(13*time.Hour + 5*time.Second), "G6": false,
			"B7": 1234567, "C7": 4.5, "E7": 1000, "F7": 123456789012345,
		})
		must(t, f.SetCellRichText("Sheet1", "C8", []excelize.RichTextRun{{Text: "two "}, {Text: "runs", Font: &excelize.Font{Bold: true}}}))
		shown(t, f, "B7", "00000000")
		shown(t, f, "E7", "#,##0_ ;\\-#,##0\\ ")
		shown(t, f, "F7", "General")
		shown(t, f, "A900", "0.00") // a form and nothing else
		shown(t, f, "ZZ5", "0.00")
	})
	want := [][]string{
		{"3", "", "id", "Name", "", "count", "day", "open"},
		{"5", "", "118204", "Prüfung & <Öl>", "", "20", "2026-07-01", "TRUE"},
		{"6", "", "0012", "a_b", "", "1234567", "2026-07-01 13:00:05", "FALSE"},
		{"7", "", "01234567", "4.5", "", "1000", "123456789012345"},
		{"8", "", "", "two runs"},
	}
	got, wrong := rows(t, "x.XLSX", file, table.Options{Limits: limits})
	if diff := cmp.Diff(want, got); diff != "" || wrong != nil {
		t.Errorf("%v\n%s", wrong, diff)
	}
}

func TestACellSaysWhatItWasWrittenAs(t *testing.T) {
	file := sheet1(t, map[string]any{"A1": "x", "B1": 7, "C1": time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), "D1": true})
	tab, err := table.Open("x.xlsx", bytes.NewReader(file), int64(len(file)), table.Options{Limits: limits})
	must(t, err)
	r, err := tab.Next()
	must(t, err, tab.Close())
	want := []table.Cell{{Text: "x"}, {Text: "7", Kind: table.Number}, {Text: "2026-07-01", Kind: table.Date}, {Text: "TRUE", Kind: table.Bool}}
	if diff := cmp.Diff(want, r.Cells); diff != "" {
		t.Error(diff)
	}
}

func TestDaysAreCountedAsTheWorkbookSays(t *testing.T) {
	from04 := true
	file := workbook(t, func(f *excelize.File) {
		must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from04}))
		put(t, f, "Sheet1", map[string]any{"A1": 0, "A2": 44742})
		shown(t, f, "A1", "yyyy-mm-dd")
		shown(t, f, "A2", `[$-407]d. mmmm yyyy`)
	})
	got, wrong := rows(t, "x.xlsx", file, table.Options{Limits: limits})
	if diff := cmp.Diff([][]string{{"1", "1904-01-01"}, {"2", "2026-07-01"}}, got); diff != "" || wrong != nil {
		t.Errorf("%v\n%s", wrong, diff)
	}
}

// misleadingCells are cells whose value is not what a person sees.
var misleadingCells = map[string]struct {
	fill func(t *testing.T, f *excelize.File)
	want []string
}{
	"a formula": {func(t *testing.T, f *excelize.File) {
		must(t, f.SetCellFormula("Sheet1", "B2", "A1"), f.SetCellFormula("Sheet1", "B4", `""`))
	}, []string{"row 2, column B: holds a formula", "row 4, column B: holds a formula"}},
	"a number that lost digits": {func(t *testing.T, f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{"B2": 1.2e19, "B3": 8988000000000001428.0, "B4": int64(1234567890123456)})
	}, []string{"row 2, column B: is a number of more than 15 digits (1.2E+19)", "row 3, column B: is a number of more than 15 digits (9.0E+18)", "row 4, column B: is a number of more than 15 digits (1.2E+15)"}},
	"a number that is shown as another text": {func(t *testing.T, f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{"B2": 118204, "B3": 1, "B4": 12345678})
		shown(t, f, "B2", `"WO-"0`)
		shown(t, f, "B3", "0%")
		shown(t, f, "B4", "0,")
	}, []string{"row 2, column B: is a number that is shown as something else", "row 3, column B: is a number that is shown as something else", "row 4, column B: is a number that is shown as something else"}},
	"what is no day": {func(t *testing.T, f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{"B2": 0.5, "B3": 1e7})
		shown(t, f, "B2", "hh:mm")
		shown(t, f, "B3", "yyyy-mm-dd")
	}, []string{"row 2, column B: is shown as a date or time, and is not a day", "row 3, column B: is shown as a date or time, and is not a day"}},
	"a hidden row": {func(t *testing.T, f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{"A2": 1, "A3": 2})
		must(t, f.SetRowVisible("Sheet1", 2, false), f.SetRowVisible("Sheet1", 9, false))
	}, []string{"row 2: the row is hidden"}},
	"a hidden column": {func(t *testing.T, f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{"B2": 1, "B3": 2})
		must(t, f.SetColVisible("Sheet1", "B:C", false))
	}, []string{"row 2, column B: the column is hidden"}},
	"merged cells": {func(t *testing.T, f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{"B2": "own"})
		must(t, f.MergeCell("Sheet1", "B2", "B4"))
	}, []string{`row 2, column B: is one of the merged cells "B2:B4"`}},
	"a long text": {func(t *testing.T, f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{"B2": strings.Repeat("ü", 30_000)})
	}, []string{"row 2, column B: has 30000 characters; at most 200"}},
	"a column too far": {func(t *testing.T, f *excelize.File) {
		put(t, f, "Sheet1", map[string]any{"AZ2": "x"})
	}, []string{"row 2: the row has more than 50 columns"}},
}

func TestACellThatDoesNotHoldWhatIsSeenIsNamed(t *testing.T) {
	for name, c := range misleadingCells {
		t.Run(name, func(t *testing.T) {
			file := workbook(t, func(f *excelize.File) {
				put(t, f, "Sheet1", map[string]any{"A1": "id"})
				c.fill(t, f)
			})
			_, wrong := rows(t, "x.xlsx", file, table.Options{Limits: limits})
			named(t, wrong, c.want)
		})
	}
}

func TestTheSheetThatHoldsSomethingIsRead(t *testing.T) {
	two := func(t *testing.T, hide string) []byte {
		return workbook(t, func(f *excelize.File) {
			for _, s := range []string{"Orders", "Lists"} {
				_, err := f.NewSheet(s)
				must(t, err)
				put(t, f, s, map[string]any{"A1": s})
			}
			if hide != "" {
				must(t, f.SetSheetVisible(hide, false))
			}
		})
	}
	for name, c := range map[string]struct {
		hide, sheet string
		want        string // in A1
		wrong       []string
	}{
		"the only visible one":  {hide: "Lists", want: "Orders"},
		"the one that is named": {sheet: "Lists", want: "Lists"},
		"a hidden one by name":  {hide: "Lists", sheet: "Lists", want: "Lists"},
		"two":                   {wrong: []string{`2 sheets of the workbook hold something ("Orders", "Lists"); name the one`}},
		"none of that name":     {sheet: "lists", wrong: []string{`no sheet of that name; it has "Sheet1", "Orders", "Lists"`}},
	} {
		t.Run(name, func(t *testing.T) {
			got, wrong := rows(t, "x.xlsx", two(t, c.hide), table.Options{Limits: limits, Sheet: c.sheet})
			named(t, wrong, c.wrong)
			if c.want != "" && (len(got) != 1 || got[0][1] != c.want) {
				t.Errorf("%q", got)
			}
		})
	}
	hidden := workbook(t, func(f *excelize.File) {
		_, err := f.NewSheet("Front")
		must(t, err)
		put(t, f, "Sheet1", map[string]any{"A1": "id"})
		f.SetActiveSheet(1)
		must(t, f.SetSheetVisible("Sheet1", false))
	})
	_, wrong := rows(t, "x.xlsx", hidden, table.Options{Limits: limits})
	named(t, wrong, []string{`only hidden sheets of the workbook hold something ("Sheet1")`})
	_, wrong = rows(t, "x.xlsx", sheet1(t, nil), table.Options{Limits: limits})
	named(t, wrong, []string{"row 1: there is no header: the workbook is empty"})
}

// altered is a workbook of which one part was changed.
func altered(t *testing.T, file []byte, name string, change func(string) string) []byte {
	t.Helper()
	return alteredWhere(t, file, func(part string) bool { return part == name }, change)
}

// alteredWhere is a workbook of which some parts were changed.
func alteredWhere(t *testing.T, file []byte, is func(name string) bool, change func(string) string) []byte {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	must(t, err)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range r.File {
		in, err := f.Open()
		must(t, err)
		text, err := io.ReadAll(in)
		must(t, err)
		s := string(text)
		if is(f.Name) {
			if s = change(s); s == string(text) {
				t.Fatalf("nothing of %s was changed:\n%s", f.Name, s)
			}
		}
		out, err := w.Create(f.Name)
		must(t, err)
		_, err = io.WriteString(out, s)
		must(t, err)
	}
	must(t, w.Close())
	return b.Bytes()
}

func replace(old, by string) func(string) string {
	return func(s string) string { return strings.Replace(s, old, by, 1) }
}

const first = "xl/worksheets/sheet1.xml"

func TestAWorkbookInOtherWordsReadsTheSame(t *testing.T) {
	file := sheet1(t, map[string]any{"A1": "id", "B1": "name", "A2": 5, "B2": true})
	want := [][]string{{"1", "id", "name"}, {"2", "5", "TRUE"}}
	for name, change := range map[string]func(string) string{
		"rows without numbers": func(s string) string {
			return strings.NewReplacer(`<row r="1"`, "<row", `<row r="2"`, "<row").Replace(s)
		},
		"cells without places":       func(s string) string { return strings.NewReplacer(` r="A2"`, "", ` r="B2"`, "").Replace(s) },
		"a number with an exponent":  replace("<v>5</v>", "<v>5.0E0</v>"),
		"a text in its place":        replace("<v>5</v>", "<v>5</v><extLst><ext><v>6</v></ext></extLst>"),
		"true in another word":       replace("<v>1</v></c></row></sheetData>", "<v>true</v></c></row></sheetData>"),
		"a text that stands in line": replace(`<c r="A2"><v>5</v>`, `<c r="A2" t="inlineStr"><is><r><t>5</t></r><rPh><t>go</t></rPh></is>`),
		"an escaped letter":          replace(`<c r="A2"><v>5</v>`, `<c r="A2" t="inlineStr"><is><t>_x0035_</t></is>`),
	} {
		t.Run(name, func(t *testing.T) {
			got, wrong := rows(t, "x.xlsx", altered(t, file, first, change), table.Options{Limits: limits})
			if diff := cmp.Diff(want, got); diff != "" || wrong != nil {
				t.Errorf("%v\n%s", wrong, diff)
			}
		})
	}
}

const damaged = "the workbook is damaged: xl/worksheets/sheet1.xml cannot be read"

// damages are what can be wrong with a part of a workbook.
var damages = map[string]struct {
	part string
	do   func(string) string
	want string
}{
	"cut in a row":                 {first, func(s string) string { return s[:strings.Index(s, `<row r="3"`)+12] }, damaged},
	"cut between rows":             {first, func(s string) string { return s[:strings.Index(s, `<row r="3"`)] }, damaged},
	"cut behind the rows":          {first, func(s string) string { return s[:strings.Index(s, `</sheetData>`)] }, damaged},
	"an element that is not ended": {first, replace("</v>", ""), damaged},
	"an entity of its own":         {first, replace("<v>5</v>", "<v>&five;</v>"), damaged},
	"a document type":              {first, replace("<worksheet", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet`), "declares a document type"},
	"deep elements":                {first, replace("<v>5</v>", strings.Repeat("<v>", 100)+strings.Repeat("</v>", 100)), damaged},
	"a row twice":                  {first, replace(`<row r="3"`, `<row r="2"`), damaged},
	"a cell of another row":        {first, replace(`r="B3"`, `r="B2"`), damaged},
	"cells that go back":           {first, replace(`r="B3"`, `r="A3"`), damaged},
	"no text of that number":       {first, replace(`t="s"><v>1</v>`, `t="s"><v>77</v>`), "row 3, column A: names a text that the workbook does not have"},
	"a style that is not there":    {first, replace(`<c r="A2"`, `<c r="A2" s="99"`), "row 2, column A: is shown in a way that the workbook does not tell"},
	"a word for a number":          {first, replace("<v>5</v>", "<v>five</v>"), "row 2, column A: is not a number"},
	"not a number":                 {first, replace("<v>5</v>", "<v>NaN</v>"), "row 2, column A: is not a number"},
	"an error for a value":         {first, replace(`<c r="A2"><v>5</v>`, `<c r="A2" t="e"><v>#N/A</v>`), "row 2, column A: holds an error of the spreadsheet"},
	"an unknown kind":              {first, replace(`<c r="A2"`, `<c r="A2" t="x"`), "row 2, column A: is of a kind"},
	"a text of a megabyte in line": {first, func(s string) string {
		return replace(`<c r="A2"><v>5</v>`, `<c r="A2" t="inlineStr"><is><t>`+strings.Repeat("x", 3<<20)+`</t></is>`)(s)
	}, "row 2, column A: is longer than any cell"},
	"a shared text of a megabyte": {"xl/sharedStrings.xml", func(s string) string { return replace("text", strings.Repeat("x", 3<<20))(s) }, "a text of the workbook has more than"},
	"a part that is too large": {first, func(s string) string {
		return replace("</worksheet>", strings.Repeat(strings.Repeat(" ", 1<<19)+"<!-- -->", 9)+"</worksheet>")(s)
	}, "the workbook unpacks to more than is read here"},
	"no sheet behind the name": {"xl/_rels/workbook.xml.rels", replace("sheet1.xml", "sheet9.xml"), "it has no sheet9.xml"},
	"no workbook":              {"_rels/.rels", replace("officeDocument\"", "other\""), "the file is no workbook"},
}

func TestAWorkbookThatIsNotWholeIsNeverReadInPart(t *testing.T) {
	file := sheet1(t, map[string]any{"A1": "id", "A2": 5, "A3": "text", "B3": 6})
	for name, c := range damages {
		t.Run(name, func(t *testing.T) {
			_, wrong := rows(t, "x.xlsx", altered(t, file, c.part, c.do), table.Options{Limits: limits})
			if len(wrong) == 0 || !strings.Contains(wrong[len(wrong)-1], c.want) {
				t.Errorf("%q, want %q", wrong, c.want)
			}
		})
	}
	secret := workbook(t, func(f *excelize.File) { put(t, f, "Sheet1", map[string]any{"A1": "id"}) }, excelize.Options{Password: "secret"})
	twice := func() []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for range 2 {
			_, err := w.Create("xl/workbook.xml")
			must(t, err)
		}
		must(t, w.Close())
		return b.Bytes()
	}()
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"a password":       {secret, "has a password"},
		"a text":           {[]byte("id,name\n1,2\n"), "no workbook (.xlsx)"},
		"nothing":          {nil, "no workbook (.xlsx)"},
		"half of the file": {file[:len(file)/2], "no workbook (.xlsx)"},
		"a part twice":     {twice, "holds workbook.xml twice"},
	} {
		_, wrong := rows(t, "x.xlsx", c.file, table.Options{Limits: limits})
		t.Run(name, func(t *testing.T) { named(t, wrong, []string{c.want}) })
	}
}

func TestSheetsThatHoldNothingCannotUnpackForEver(t *testing.T) {
	sheets := int(limits.Unpacked>>20) + 1
	file := workbook(t, func(f *excelize.File) {
		for i := range sheets - 1 { // it has one already
			_, err := f.NewSheet(fmt.Sprint("S", i))
			must(t, err)
		}
	})
	isSheet := func(name string) bool { return strings.HasPrefix(name, "xl/worksheets/sheet") }
	file = alteredWhere(t, file, isSheet, replace("</worksheet>", strings.Repeat(" ", 1<<20-1)+"</worksheet>"))
	_, wrong := rows(t, "x.xlsx", file, table.Options{Limits: limits})
	named(t, wrong, []string{"the workbook unpacks to more than is read here"})
}

// Each byte is tried where make soak asks, else one of so many.
func TestAByteThatChangedInAWorkbookIsNoticed(t *testing.T) {
	file := sheet1(t, map[string]any{"A1": "id", "A2": "4711"})
	want, _ := rows(t, "x.xlsx", file, table.Options{Limits: limits})
	for i := 0; i < len(file); i += scale(23, 1) {
		bad := bytes.Clone(file)
		bad[i] ^= 0x10
		if got, wrong := rows(t, "x.xlsx", bad, table.Options{Limits: limits}); wrong == nil && !cmp.Equal(got, want) {
			t.Errorf("byte %d of %d: %q", i, len(file), got)
		}
	}
}

// A sheet that was kept would need more.
func TestAWorkbookIsReadRowByRow(t *testing.T) {
	n := scale(20_000, 100_000)
	file := workbook(t, func(f *excelize.File) {
		w, err := f.NewStreamWriter("Sheet1")
		must(t, err)
		for i := range n {
			must(t, w.SetRow(fmt.Sprintf("A%d", i+1), []any{fmt.Sprintf("89880000000%08d", i), i}))
		}
		must(t, w.Flush())
	})
	read := 0
	most := heap(func(look func()) {
		tab, err := table.Open("x.xlsx", bytes.NewReader(file), int64(len(file)), table.Options{Limits: table.Limits{Rows: n, Columns: 2, Cell: 100, Unpacked: 1 << 30}})
		must(t, err)
		for {
			r, err := tab.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			must(t, err)
			if want := fmt.Sprintf("89880000000%08d", read); r.Cells[0].Text != want || r.Number != read+1 {
				t.Fatalf("%v, want %s", r, want)
			}
			if read++; read%(n/10) == 0 {
				look()
			}
		}
	})
	if read != n || most > 1<<20 {
		t.Errorf("%d rows, %d bytes", read, most)
	}
}
