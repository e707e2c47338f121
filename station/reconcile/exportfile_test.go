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

// workbook is the export as one of several sheets, under titles over merged cells.
func (x madeExport) workbook(t *testing.T, r *rand.Rand, rows, whole []madeRow) (text string, lines []int) {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	day, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	must(err)
	fifteen := "000000000000000"
	digits, err := f.NewStyle(&excelize.Style{CustomNumFmt: &fifteen})
	must(err)
	const sheet = "Sheet1"
	n := 0
	put := func(cells []string) {
		n++
		for i, c := range cells {
			at, err := excelize.CoordinatesToCellName(i+1, n)
			must(err)
			kind := columnKind("")
			if i < len(x.columns) {
				kind = x.columns[i]
			}
			number, err := strconv.ParseFloat(c, 64)
			switch {
			case kind == "date" && x.dates == "serial" && err == nil:
				must(f.SetCellFloat(sheet, at, number, 5, 64))
				must(f.SetCellStyle(sheet, at, at, day))
			case kind == "imei" && x.numeric && len(c) == 15 && strings.Trim(c, "0123456789") == "":
				must(f.SetCellFloat(sheet, at, number, 0, 64))
				must(f.SetCellStyle(sheet, at, at, digits))
			case c != "":
				must(f.SetCellStr(sheet, at, c))
			}
		}
	}
	for _, s := range x.titles {
		put([]string{s})
		to, err := excelize.CoordinatesToCellName(len(x.columns)+x.empty, n)
		must(err)
		must(f.MergeCell(sheet, fmt.Sprintf("A%d", n), to))
	}
	put(x.names)
	for i, row := range rows {
		if x.again > 0 && i > 0 && i%x.again == 0 {
			put(x.names)
		}
		lines = append(lines, n+1)
		put(x.cells(r, i+1, row, whole[i]))
	}
	for _, s := range x.below {
		put([]string{s})
	}
	for _, s := range x.sheets {
		_, err := f.NewSheet(s)
		must(err)
		for i, row := range rows[:5] {
			must(f.SetSheetRow(s, fmt.Sprintf("A%d", i+1), &[]any{row.status, i, row.iccid}))
		}
	}
	if len(x.sheets) > 0 {
		must(f.MoveSheet("Summary", sheet))
	}
	var b bytes.Buffer
	must(f.Write(&b))
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
