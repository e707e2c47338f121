// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/sys/unix"

	"bindery/cmd/internal/wire"
	"bindery/station/dhr"
	"bindery/station/dhr/verify"
)

// records are copies of one record with the demo's product and numbers, and no
// people: so that the account of the computer may import.
type records struct{ base []byte }

func newRecords(t *testing.T) records {
	t.Helper()
	dir := t.TempDir()
	c := &cli{db: filepath.Join(dir, "base.db"), station: "s"}
	for _, kind := range []string{"products", "allocations"} {
		text, err := factory.ReadFile("factory/" + kind + ".toml")
		noError(t, err)
		file := filepath.Join(dir, kind+".toml")
		noError(t, os.WriteFile(file, text, 0o600))
		done, err := c.importFile(t.Context(), importFlags{kind: kind, file: file})
		if err != nil || done.Added != 1 {
			t.Fatalf("%s: %+v, %v", kind, done, err)
		}
	}
	base, err := os.ReadFile(c.db)
	noError(t, err)
	return records{base}
}

func noError(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// into imports a file into a copy of the record, and fails unless it is all or
// nothing.
func (r records) into(t *testing.T, i importFlags) *imported {
	t.Helper()
	c := &cli{db: filepath.Join(t.TempDir(), "copy.db"), station: "s"}
	noError(t, os.WriteFile(c.db, r.base, 0o600))
	before := leaves(t, c)
	done, err := c.importFile(t.Context(), i)
	noError(t, err)
	after := leaves(t, c)
	switch {
	case len(done.Errors) > 0 && (done.Added != 0 || after != before):
		t.Errorf("refused, and something was written: %+v, %d leaves after %d", done, after, before)
	case len(done.Errors) == 0 && after != before+1:
		t.Errorf("%+v, %d leaves after %d", done, after, before)
	}
	return done
}

func leaves(t *testing.T, c *cli) int64 {
	t.Helper()
	d, err := wire.Open(t.Context(), c.db, dhr.Options{Station: "s"})
	noError(t, err)
	defer d.Close()
	v, err := verify.Record(t.Context(), d, nil)
	if err != nil || !v.OK {
		t.Fatalf("%+v, %v", v, err)
	}
	return v.Leaves
}

// wants fails unless there is one error for each that is wanted, written as
// "row column: part of the message", and so many entries were added.
func wants(t *testing.T, done *imported, added int, want ...string) {
	t.Helper()
	if done.Added != added || len(done.Errors) != len(want) {
		t.Fatalf("%d added, %+v; want %d, %q", done.Added, done.Errors, added, want)
	}
	for i, e := range done.Errors {
		place, message, _ := strings.Cut(want[i], ": ")
		if got := strings.TrimSpace(fmt.Sprint(e.Row, " ", e.Column)); got != place || !strings.Contains(e.Message, message) {
			t.Errorf("%+v, want %q", e, want[i])
		}
	}
}

func TestSharedCasesOfImportsEndAsTheirReadmeSays(t *testing.T) {
	r := newRecords(t)
	for _, c := range []struct {
		file, kind string
		added      int
		want       []string
	}{
		{"a01-utf16.csv", "allocations", 1, nil},
		{"a03-trailing-empty-columns.csv", "allocations", 1, nil},
		{"a04-blank-rows.csv", "allocations", 1, nil},
		{"a05-dup-header.csv", "allocations", 0, []string{"1 to: appears twice in the header, in C and E"}},
		{"a11-mac-cr.csv", "allocations", 0, []string{"1 D: a line ends in CR alone"}},
		{"a25-bom.toml", "allocations", 1, nil},
		{"f1-fibocom-product.toml", "products", 2, nil},
		{"n-numeric-orders.csv", "orders", 3, nil},
		{"o05-lot-space.csv", "orders", 0, []string{`2 lot: "2611 C": the value of (10) BATCH/LOT holds ' '`}},
		{"o07-lot-umlaut.csv", "orders", 0, []string{`2 lot: holds 'ü', which GS1 codes cannot carry (line 40 of the layout). Whoever made the order changes it, or the owner of the layout device-50x25`}},
		{"p01-latin1.csv", "people", 0, []string{"2 name: name is not UTF-8 (byte 0xFC)"}},
		{"p02-zwsp-badge.csv", "people", 0, []string{"2 badge: invisible character (U+200B)"}},
		{"p11-dup-role.csv", "people", 0, []string{"1 role: appears twice"}},
		{"r03-cjk-name.toml", "products", 0, []string{"1 name: the font has no '心' (U+5FC3) (line 12 of the layout). Quality changes it, or the owner of the layout device-70x40"}},
		{"r06-case.toml", "products", 1, nil},
	} {
		t.Run(c.file, func(t *testing.T) {
			done := r.into(t, importFlags{kind: c.kind, file: filepath.Join("testdata", "import", c.file)})
			wants(t, done, c.added, c.want...)
		})
	}
	t.Run("s-dm.toml", func(t *testing.T) {
		dir := t.TempDir()
		text, err := os.ReadFile("testdata/import/s-dm.toml")
		noError(t, err, os.WriteFile(filepath.Join(dir, "s-dm.toml"), text, 0o600))
		file := filepath.Join(dir, "products.csv")
		noError(t, os.WriteFile(file, []byte(`ref,name,maker,gtin,serial,layout
S-1,Sensor,ACME,09521234543213,S-\d{6},s-dm.toml
`), 0o600))
		wants(t, r.into(t, importFlags{kind: "products", file: file}), 1)
	})
}

const (
	orders   = "id,ref,lot,planned\n"
	people   = "id,name,badge,role\n"
	products = "ref,name,maker,gtin,serial,layout\n"
	ranges   = "tac,from,to,product\n"
)

// longText is longer than any column takes.
var longText = strings.Repeat("x", 100_000)

// badFiles are files to be imported, and what has to be said of each.
var badFiles = map[string]struct {
	kind, text string
	want       []string
}{
	"a header twice in capitals":       {"people", "ID,id,name,badge,role\np,p,X,B,lead\n", []string{"1 id: appears twice in the header, in A and B"}},
	"a column that nobody knows":       {"people", "id,name,badge,role,colour\np,X,B,lead,red\nq,Y,C,lead,\n", []string{"1 colour: not a known field"}},
	"something without a header":       {"orders", orders + "WO-1,CL-4G-01,L1,5\nWO-2,CL-4G-01,L1,5,extra\n", []string{"3 E: has no name in the header"}},
	"only a header":                    {"orders", orders, []string{"1: no row under it"}},
	"nothing at all":                   {"orders", "", []string{"1: there is no header"}},
	"each bad row":                     {"orders", orders + "WO-1,CL-4G-01,L 1,0\n\n,CL-4G-01,L1,x\nWO-3,CL-4G-01,L1,5\nWO-4,none,L1,5\n", []string{"2 planned: must be at least 1", "4 id: id is missing", `4 planned: whole number: "x"`, `6 ref: no product "none"`}},
	"an exponent for a count":          {"orders", orders + "WO-1,CL-4G-01,L1,1e3\n", []string{`2 planned: not a whole number: "1e3"`}},
	"a sign before a count":            {"orders", orders + "WO-1,CL-4G-01,L1,+5\n", []string{`2 planned: not a whole number: "+5"`}},
	"a count with a point":             {"orders", orders + "WO-1,CL-4G-01,L1,5.0\n", []string{"2 planned: not a whole number"}},
	"a count beyond what JSON holds":   {"orders", orders + "WO-1,CL-4G-01,L1,9007199254740993\n", []string{"2 planned: above 1000000000"}},
	"a count of twenty digits":         {"orders", orders + "WO-1,CL-4G-01,L1,99999999999999999999\n", []string{"2 planned: not a whole number"}},
	"a GTIN of zeros":                  {"products", products + `Z-1,N,M,00000000000000,Z-\d,device-50x25` + "\n", []string{"2 gtin: all zeros"}},
	"100,000 characters":               {"orders", orders + "WO-1,CL-4G-01," + longText + ",5\n", []string{"2 lot: has 100000 characters"}},
	"a badge that is too long":         {"people", people + "p,X," + longText[:121] + ",lead\n", []string{"2 badge: has 121 characters; at most 120"}},
	"a control character in a key":     {"people", people + "p,X,B\x1b[2J,lead\n", []string{"2 badge: control character (U+001B)"}},
	"a line within a key":              {"people", people + "\"p\n1\",X,B,lead\n", []string{"2 id: control character (U+000A)"}},
	"a mark that turns the direction":  {"people", people + "p,X,B\u202e1,lead\n", []string{"2 badge: turns the direction of writing (U+202E)"}},
	"a blank that looks like one":      {"people", people + "p,X,B\u00a01,lead\n", []string{"2 badge: invisible character (U+00A0)"}},
	"a filler that nobody sees":        {"people", people + "p,X,B\u3164,lead\n", []string{"2 badge: invisible character (U+3164)"}},
	"a letter of two characters":       {"people", people + "p,X,Bu\u0308,lead\n", []string{"2 badge: put together from two characters"}},
	"a lost letter in a name":          {"people", people + "p,M\ufffdller,B,lead\n", []string{"2 name: U+FFFD"}},
	"a key twice":                      {"people", people + "p,X,B,lead\nq,Y,B,lead\np,Z,C,lead\n", []string{"3 badge: badge is the same as in row 2", "4 id: id is the same as in row 2"}},
	"a REF twice":                      {"products", products + `R-1,N,M,09521234543213,R-\d,device-50x25` + "\n" + `R-1,N2,M,09521234543213,R-\d,device-50x25` + "\n", []string{"3 ref: ref is the same as in row 2"}},
	"an order twice":                   {"orders", orders + "WO-1,CL-4G-01,L1,5\nWO-1,CL-4G-01,L1,6\n", []string{"3 id: id is the same as in row 2"}},
	"a row once more":                  {"allocations", ranges + "98000042,2000,2999,CL-4G-01\n98000042,2000,2999,CL-4G-01\n", []string{"3: this repeats row 2"}},
	"a range within another":           {"allocations", ranges + "98000042,2000,2999,CL-4G-01\n98000042,2500,2600,CL-4G-01\n", []string{"3 from: overlaps 002000 to 002999 of TAC 98000042"}},
	"a day that is none":               {"allocations", "tac,from,to,product,cert_date\n98000042,2000,2999,CL-4G-01,01.07.2026\n", []string{`2 cert_date: not "01.07.2026"`}},
	"zero bytes":                       {"orders", "i\x00d\x00,\x00\n", []string{"0: UTF-16 without its byte order mark"}},
	"a workbook by another name":       {"orders", "PK\x03\x04", []string{"0: name it .xlsx"}},
	"a mark that is not closed":        {"orders", orders + "WO-1,\"CL-4G-01,L1,5\n", []string{"2 ref: never closed"}},
	"an unknown layout":                {"products", products + `R-1,N,M,09521234543213,R-\d,none` + "\n", []string{"2 layout: no layout that the record has"}},
	"a layout that is not beside it":   {"products", products + `R-1,N,M,09521234543213,R-\d,none.toml` + "\n", []string{"2 layout: no such file"}},
	"a name that does not fit":         {"products", products + `R-1,` + longText[:60] + `,M,09521234543213,R-\d,device-50x25` + "\n", []string{"2 name: has room for 36.0 mm (line 11 of the layout). Quality changes it, or the owner of the layout device-50x25 changes that"}},
	"a serial that no code takes":      {"products", products + `R-1,N,M,09521234543213,R# \d{4},device-50x25` + "\n", []string{"2 serial: holds '#', which GS1 codes cannot carry"}},
	"a serial that is too long":        {"products", products + `R-1,N,M,09521234543213,R\d{30},device-50x25` + "\n", []string{"2 serial: has room for 29.0 mm"}},
	"a REF that does not fit":          {"products", products + longText[:60] + `,N,M,09521234543213,R-\d,device-50x25` + "\n", []string{"2 ref: has room for"}},
	"a lot with a hash":                {"orders", orders + "WO-1,CL-4G-01,L#1,5\n", []string{"2 lot: holds '#', which GS1 codes cannot carry"}},
	"a lot that is too long":           {"orders", orders + "WO-1,CL-4G-01," + longText[:40] + ",5\n", []string{"2 lot: has 40 characters; this AI takes 1 to 20"}},
	"several lots, each by its row":    {"orders", orders + "WO-1,CL-4G-01,L 1,5\nWO-2,CL-4G-01,L2,5\nWO-3,CL-4G-01,L 3,5\n", []string{"2 lot: holds ' '", "4 lot: holds ' '"}},
	"two ways to separate the columns": {"orders", "id,ref;lot\n", []string{"1: has commas, semicolons and tabs alike"}},
}

func TestWhatIsWrongWithAFileIsNamedByRowAndColumn(t *testing.T) {
	r := newRecords(t)
	for name, c := range badFiles {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "in.csv")
			noError(t, os.WriteFile(file, []byte(c.text), 0o600))
			wants(t, r.into(t, importFlags{kind: c.kind, file: file}), 0, c.want...)
		})
	}
}

func TestATOMLFileIsReadStrictly(t *testing.T) {
	r := newRecords(t)
	order := func(id, ref, lot, planned string) string {
		return fmt.Sprintf("[[order]]\nid = %s\nref = %s\nlot = %s\nplanned = %s\n", id, ref, lot, planned)
	}
	for name, c := range map[string]struct {
		text  string
		added int
		want  []string
	}{
		"texts and a number":      {order(`"WO-1"`, `"CL-4G-01"`, `"L1"`, "5"), 1, nil},
		"UTF-16":                  {"\xff\xfe" + strings.ReplaceAll(order(`"WO-1"`, `"CL-4G-01"`, `"L1"`, "5"), "", "\x00")[1:], 1, nil},
		"an exponent":             {order(`"WO-1"`, `"CL-4G-01"`, `"L1"`, "1e3"), 0, []string{"1 planned: must not be a decimal number"}},
		"a number for a text":     {order(`"WO-1"`, `"CL-4G-01"`, "2611", "5"), 0, []string{"1 lot: write it in quotation marks"}},
		"a date for a text":       {order(`"WO-1"`, `"CL-4G-01"`, "2026-11-01", "5"), 0, []string{"1 lot: is a date (2026-11-01)"}},
		"a list for a text":       {order(`"WO-1"`, `"CL-4G-01"`, `["A", "B"]`, "5"), 0, []string{"1 lot: is a list"}},
		"true":                    {order("true", `"CL-4G-01"`, `"L1"`, "5"), 0, []string{"1 id: must not be true or false"}},
		"a table":                 {order(`"WO-1"`, `"CL-4G-01"`, `{a = 1}`, "5"), 0, []string{"1 lot: must not be a table"}},
		"a key twice":             {order(`"WO-1"`, `"CL-4G-01"`, `"L1"`, "5") + "lot = \"L2\"\n", 0, []string{"0: line 6"}},
		"a key in capitals":       {order(`"WO-1"`, `"CL-4G-01"`, `"L1"`, "5") + "ID = \"L2\"\n", 0, []string{"1 ID: ID is not a known field"}},
		"Latin-1":                 {order(`"WO-1"`, `"CL-4G-01"`, "\"L\xfc\"", "5"), 0, []string{"0: line 4 is not UTF-8 (byte 0xFC)"}},
		"CR alone":                {strings.ReplaceAll(order(`"WO-1"`, `"CL-4G-01"`, `"L1"`, "5"), "\n", "\r"), 0, []string{"0: line 1 a line ends in CR alone"}},
		"another kind of entry":   {"[[orders]]\nid = \"x\"\n", 0, []string{"0: orders is not known here"}},
		"nothing":                 {"", 0, []string{"0: there is no [[order]]"}},
		"an empty list":           {"order = []\n", 0, []string{"0: there is no [[order]]"}},
		"a list of something":     {"order = [1]\n", 0, []string{"1: not a [[order]] table"}},
		"brackets beyond measure": {"order = " + strings.Repeat("[", 100_000), 0, []string{"0: nested more than the maximum"}},
		"two of one number":       {order(`"WO-1"`, `"CL-4G-01"`, `"L1"`, "5") + order(`"WO-1"`, `"CL-4G-01"`, `"L1"`, "6"), 0, []string{"2 id: id is the same as in row 1"}},
		"more than is read":       {strings.Repeat("#", 5<<20), 0, []string{"0: more than 4194304 bytes"}},
	} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "in.toml")
			noError(t, os.WriteFile(file, []byte(c.text), 0o600))
			wants(t, r.into(t, importFlags{kind: "orders", file: file}), c.added, c.want...)
		})
	}
}

// sheetRow is a row of a workbook.
func sheetRow(t *testing.T, f *excelize.File, sheet string, n int, cells ...any) {
	t.Helper()
	noError(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", n), &cells))
}

var firstOfJuly = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)

// workbooks are workbooks to be imported, and what becomes of each.
var workbooks = map[string]struct {
	kind, sheet string
	fill        func(t *testing.T, f *excelize.File)
	added       int
	want        []string
}{
	"orders with numbers for names": {kind: "orders", added: 2, fill: func(t *testing.T, f *excelize.File) {
		sheetRow(t, f, "Sheet1", 1, "ID", "Ref", "Lot", "Planned")
		sheetRow(t, f, "Sheet1", 2, 118204, "CL-4G-01", 2611, 20)
		sheetRow(t, f, "Sheet1", 5, "WO-2", "CL-4G-01", "2611B", "20")
	}},
	"ranges with days": {kind: "allocations", added: 2, fill: func(t *testing.T, f *excelize.File) {
		sheetRow(t, f, "Sheet1", 1, "tac", "from", "to", "product", "cert_date")
		sheetRow(t, f, "Sheet1", 2, 98000042, 2000, 2999, "CL-4G-01", firstOfJuly)
		sheetRow(t, f, "Sheet1", 3, "98000042", "003000", 3999, "CL-4G-01", "2026-07-01")
	}},
	"every bad row": {kind: "orders", want: []string{
		"2 lot: is a date (2026-07-01)", "3 planned: holds a formula", "4 id: more than 15 digits (1.2E+19)",
		`5 planned: not a whole number: "4.5"`, "6 lot: must not be a truth value", "7 lot: is a number (-5)", "8 lot: holds ' '", "9: the row is hidden", "10 lot: merged",
	}, fill: func(t *testing.T, f *excelize.File) {
		sheetRow(t, f, "Sheet1", 1, "id", "ref", "lot", "planned")
		sheetRow(t, f, "Sheet1", 2, "A", "CL-4G-01", firstOfJuly, 5)
		sheetRow(t, f, "Sheet1", 3, "B", "CL-4G-01", "L1")
		noError(t, f.SetCellFormula("Sheet1", "D3", "2+3"))
		sheetRow(t, f, "Sheet1", 4, 1.2e19, "CL-4G-01", "L1", 5)
		sheetRow(t, f, "Sheet1", 5, "D", "CL-4G-01", "L1", 4.5)
		sheetRow(t, f, "Sheet1", 6, "E", "CL-4G-01", true, 5)
		sheetRow(t, f, "Sheet1", 7, "F", "CL-4G-01", -5, 5)
		sheetRow(t, f, "Sheet1", 8, "G", "CL-4G-01", "L 1", 5)
		sheetRow(t, f, "Sheet1", 9, "H", "CL-4G-01", "L1", 5)
		noError(t, f.SetRowVisible("Sheet1", 9, false))
		sheetRow(t, f, "Sheet1", 10, "I", "CL-4G-01", "L1", 5)
		noError(t, f.MergeCell("Sheet1", "C10", "C11"))
	}},
	"two sheets": {kind: "orders", want: []string{`0: 2 sheets of the workbook hold something ("Sheet1", "July"); name the one`}, fill: func(t *testing.T, f *excelize.File) {
		sheetRow(t, f, "Sheet1", 1, "id")
		july(t, f)
	}},
	"the sheet that is named": {kind: "orders", sheet: "July", added: 1, fill: func(t *testing.T, f *excelize.File) {
		sheetRow(t, f, "Sheet1", 1, "notes")
		july(t, f)
	}},
	"nothing": {kind: "orders", fill: func(*testing.T, *excelize.File) {}, want: []string{"1: the workbook is empty"}},
}

func TestAWorkbookIsImportedAsItsCSVWouldBe(t *testing.T) {
	r := newRecords(t)
	for name, c := range workbooks {
		t.Run(name, func(t *testing.T) {
			f := excelize.NewFile()
			defer f.Close()
			c.fill(t, f)
			file := filepath.Join(t.TempDir(), "in.xlsx")
			noError(t, f.SaveAs(file))
			wants(t, r.into(t, importFlags{kind: c.kind, file: file, sheet: c.sheet}), c.added, c.want...)
		})
	}
}

func july(t *testing.T, f *excelize.File) {
	t.Helper()
	_, err := f.NewSheet("July")
	noError(t, err)
	sheetRow(t, f, "July", 3, "id", "ref", "lot", "planned")
	sheetRow(t, f, "July", 4, "WO-7", "CL-4G-01", "2607B", 5)
}

func TestWhatIsNoOrdinaryFileIsNotRead(t *testing.T) {
	r := newRecords(t)
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe.csv")
	noError(t, unix.Mkfifo(pipe, 0o600))
	device := filepath.Join(dir, "device.csv")
	noError(t, os.Symlink("/dev/zero", device))
	folder := filepath.Join(dir, "folder.csv")
	noError(t, os.Mkdir(folder, 0o700))
	for _, file := range []string{pipe, device, folder} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			wants(t, r.into(t, importFlags{kind: "orders", file: file}), 0, "0: a folder, a pipe or a device")
		})
	}
	_, err := (&cli{db: filepath.Join(dir, "none.db")}).importFile(context.Background(), importFlags{kind: "orders", file: filepath.Join(dir, "none.csv")})
	var wrong *useError
	if !errors.As(err, &wrong) {
		t.Errorf("%v", err)
	}
	for name, want := range map[string]string{"in.xls": "another format of Excel", "in.ods": "LibreOffice", "in.pdf": "not a kind of table"} {
		file := filepath.Join(dir, name)
		noError(t, os.WriteFile(file, []byte("x"), 0o600))
		wants(t, r.into(t, importFlags{kind: "orders", file: file}), 0, "0: "+want)
	}
}

func TestAFieldOf300MegabytesIsNamed(t *testing.T) {
	r := newRecords(t)
	file := filepath.Join(t.TempDir(), "in.csv")
	f, err := os.Create(file)
	noError(t, err)
	head := orders + "WO-1,CL-4G-01,\"" + strings.Repeat("x", 1<<20)
	_, err = f.WriteString(head)
	noError(t, err, f.Truncate(300<<20)) // zeros, which take no room on the disk
	noError(t, f.Close())
	wants(t, r.into(t, importFlags{kind: "orders", file: file}), 0, "2 lot: a quotation mark is never closed")
}

func TestALongListOfErrorsSaysHowManyMore(t *testing.T) {
	r := newRecords(t)
	file := filepath.Join(t.TempDir(), "in.csv")
	noError(t, os.WriteFile(file, []byte(orders+strings.Repeat("WO-1,CL-4G-01,L1,x\n", 150)), 0o600))
	done := r.into(t, importFlags{kind: "orders", file: file})
	if n := len(done.Errors); n != mostErrors+1 || !strings.HasPrefix(done.Errors[n-1].Message, "and ") {
		t.Errorf("%d errors, the last %+v", n, done.Errors[n-1])
	}
}

func TestALayoutOfARefusedProductDoesNotStayInTheRecord(t *testing.T) {
	r := newRecords(t)
	dir := t.TempDir()
	text, err := os.ReadFile("testdata/import/s-dm.toml")
	noError(t, err, os.WriteFile(filepath.Join(dir, "own.toml"), text, 0o600))
	file := filepath.Join(dir, "in.csv")
	noError(t, os.WriteFile(file, []byte(products+`R-1,N,M,09521234543213,R-\d,own.toml`+"\n"+`R-2,N,M,0,R-\d,own.toml`+"\n"), 0o600))
	wants(t, r.into(t, importFlags{kind: "products", file: file}), 0, "3 gtin: gtin-malformed")
}
