// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bindery/station/reconcile"
)

var firstDay = time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)

func (x madeExport) date(n int) string {
	at := firstDay.Add(time.Duration(n) * 7 * time.Hour)
	if x.dates == "serial" { // as a spreadsheet counts days
		return fmt.Sprintf("%.5f", at.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours()/24)
	}
	return at.Format(x.dates)
}

// madeWorkbook is a workbook that is being written.
type madeWorkbook struct {
	*excelize.File
	t            *testing.T
	x            madeExport
	day, fifteen int // styles
	rows         int
}

const firstSheet = "Sheet1"

func (f *madeWorkbook) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// put writes a row: days and, where they are numbers, IMEIs into cells for numbers.
func (f *madeWorkbook) put(cells []string) {
	f.rows++
	for i, c := range cells {
		at, err := excelize.CoordinatesToCellName(i+1, f.rows)
		f.must(err)
		kind := columnKind("")
		if i < len(f.x.columns) {
			kind = f.x.columns[i]
		}
		number, err := strconv.ParseFloat(c, 64)
		switch {
		case kind == "date" && f.x.dates == "serial" && err == nil:
			f.must(f.SetCellFloat(firstSheet, at, number, 5, 64))
			f.must(f.SetCellStyle(firstSheet, at, at, f.day))
		case kind == "imei" && f.x.numeric && len(c) == 15 && strings.Trim(c, "0123456789") == "":
			f.must(f.SetCellFloat(firstSheet, at, number, 0, 64))
			f.must(f.SetCellStyle(firstSheet, at, at, f.fifteen))
		case c != "":
			f.must(f.SetCellStr(firstSheet, at, c))
		}
	}
}

// title writes a line over merged cells.
func (f *madeWorkbook) title(s string) {
	f.put([]string{s})
	to, err := excelize.CoordinatesToCellName(len(f.x.columns)+f.x.empty, f.rows)
	f.must(err)
	f.must(f.MergeCell(firstSheet, fmt.Sprintf("A%d", f.rows), to))
}

// aside writes the other sheets, with some of the numbers, one of them before the list.
func (f *madeWorkbook) aside(rows []madeRow) {
	for _, s := range f.x.sheets {
		_, err := f.NewSheet(s)
		f.must(err)
		for i, row := range rows[:5] {
			f.must(f.SetSheetRow(s, fmt.Sprintf("A%d", i+1), &[]any{row.status, i, row.iccid}))
		}
	}
	if len(f.x.sheets) > 0 {
		f.must(f.MoveSheet("Summary", firstSheet))
	}
}

// workbook is the export as one of several sheets, under titles over merged cells.
func (x madeExport) workbook(t *testing.T, r *rand.Rand, rows, whole []madeRow) (text string, lines []int) {
	t.Helper()
	f := &madeWorkbook{File: excelize.NewFile(), t: t, x: x}
	var err error
	f.day, err = f.NewStyle(&excelize.Style{NumFmt: 22})
	f.must(err)
	fifteen := "000000000000000"
	f.fifteen, err = f.NewStyle(&excelize.Style{CustomNumFmt: &fifteen})
	f.must(err)
	for _, s := range x.titles {
		f.title(s)
	}
	f.put(x.names)
	for i, row := range rows {
		if x.again > 0 && i > 0 && i%x.again == 0 {
			f.put(x.names)
		}
		lines = append(lines, f.rows+1)
		f.put(x.cells(r, i+1, row, whole[i]))
	}
	for _, s := range x.below {
		f.put([]string{s})
	}
	f.aside(rows)
	var b bytes.Buffer
	f.must(f.Write(&b))
	return b.String(), lines
}

// json is the export as an answer of an interface, nested and wrapped, or an entry a
// line.
func (x madeExport) json(t *testing.T, r *rand.Rand, rows, whole []madeRow) (text string, lines []int) {
	t.Helper()
	nested, wrapped := r.IntN(2) == 0, r.IntN(2) == 0
	var list []map[string]any
	for n, row := range rows {
		lines = append(lines, n+1)
		o, inner := map[string]any{}, map[string]any{}
		for i, c := range x.cells(r, n+1, row, whole[n])[:len(x.columns)] {
			to := o
			if nested && (x.columns[i] == "iccid" || x.columns[i] == "state" || x.columns[i] == "twin") {
				to = inner
			}
			if to[x.names[i]] = c; c == "" || c == "NULL" {
				to[x.names[i]] = nil
			}
		}
		if nested {
			o["card"] = inner
		}
		list = append(list, o)
	}
	var b strings.Builder
	var err error
	enc := json.NewEncoder(&b)
	switch {
	case x.kind == "jsonl":
		for _, o := range list {
			if e := enc.Encode(o); e != nil {
				err = e
			}
		}
	case wrapped:
		err = enc.Encode(map[string]any{"meta": map[string]any{"page": 1, "tags": []string{"a", "b"}}, "data": map[string]any{"items": list}, "total": len(list)})
	default:
		err = enc.Encode(list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String(), lines
}

// score holds the result of a made export against how it was made.
func (x madeExport) score(t *testing.T, rows []madeRow, lines []int, missing, unsure map[string]bool, got result) {
	t.Helper()
	at := map[int]bool{}
	for _, l := range lines {
		at[l] = true
	}
	for l, row := range got.rows {
		if !at[l] && row.Class != reconcile.Ignore {
			t.Errorf("line %d is no row of data, and is called %s %s", l, row.Class, row.Damage)
		}
	}
	judgeLines(t, rows, lines, got)
	for _, s := range got.missing {
		if !missing[s] && !unsure[s] {
			t.Errorf("%s was told as missing, and is not", s)
		}
	}
	for s := range missing {
		if !slices.Contains(got.missing, s) {
			t.Errorf("%s is missing, and was not told", s)
		}
	}
}

func TestExportsOfPortalsThatNobodyKnowsAreClassedAsTheyWereMade(t *testing.T) {
	seeds := uint64(60)
	if testing.Short() {
		seeds = 15
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 11))
			x := newExport(r)
			cards := madeWorld(r, 400)
			rows, missing := madeList(r, cards, issuers[seed%2].prefix, x.states)
			whole := slices.Clone(rows)
			unsure := damageBy(r, rows, x.writeNumber)
			text, lines := x.write(t, r, rows, whole)
			f := open(t, "list", text)
			if len(f.Mapping.Doubts) > 0 {
				t.Fatalf("%s\ndoubts %+v", x, f.Mapping.Doubts)
			}
			x.score(t, rows, lines, missing, unsure, run(t, f, newMemory(cards), ""))
			if t.Failed() {
				t.Logf("%s\nread as %+v, header in line %d", x, f.Mapping.Columns, f.Line)
			}
		})
	}
}
