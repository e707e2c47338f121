// SPDX-License-Identifier: Apache-2.0

package history

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"bindery/station"
	"bindery/station/stationtest"
)

// wrongIn reads a list of units, and gives what is wrong with it as "row column", each
// once.
func wrongIn(t *testing.T, name, text string, m FieldColumns) (list []string) {
	t.Helper()
	l := List{Kind: station.UnitList, Name: name, File: strings.NewReader(text), Size: int64(len(text)), Mapping: m}
	_, err := l.check(t.Context(), func(string, List, int64, int64) {})
	var e *ListError
	if err != nil && !errors.As(err, &e) {
		t.Fatal(err)
	}
	if e == nil {
		return nil
	}
	for _, r := range e.Rows {
		list = append(list, fmt.Sprintf("%d %s", r.Row, r.Column))
	}
	return list
}

// sheet is a workbook of rows; a time in a cell is shown as a date.
func sheet(t *testing.T, rows ...[]any) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, cells := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatASpreadsheetSpoiltInAKeyIsToldByRowAndColumn(t *testing.T) {
	day := time.Date(2019, 3, 4, 0, 0, 0, 0, time.UTC)
	head := []any{"serial", "imei", "lot", "order", "ref", "firmware", "bound_at"}
	sound := []any{"OLD-1", stationtest.IMEI(1), "L1", "WO-1", "R-1", "1.10", "2019-03-04T05:00:00Z"}
	with := func(at int, v any) []any {
		row := append([]any{}, sound...)
		row[at] = v
		return row
	}
	for name, c := range map[string]struct {
		row  []any
		want string
	}{
		"sound":                       {sound, ""},
		"a date in lot":               {with(2, day), "3 lot"},
		"the count of a day in lot":   {with(2, 43528), "3 lot"},
		"a number in lot":             {with(2, 118204), ""},
		"a text of digits in lot":     {with(2, "43528"), ""},
		"a date in order":             {with(3, day), "3 order"},
		"a date in serial":            {with(0, day), "3 serial"},
		"a shortened number as text":  {with(0, "1.23E+05"), "3 serial"},
		"the error of a formula":      {with(2, "#N/A"), "3 lot"},
		"the same in German":          {with(2, "#NV"), "3 lot"},
		"an apostrophe":               {with(0, "'0012"), "3 serial"},
		"a formula that keeps a text": {with(4, `="0012"`), "3 ref"},
		"a truth value":               {with(2, true), "3 lot"},
		"a version as a number":       {with(5, 1.1), "3 firmware"},
		"a version as a date":         {with(5, day), "3 firmware"},
		"a date where one is due":     {with(6, day), ""},
		"the count of a day there":    {with(6, 43528.25), "3 bound_at"},
	} {
		if got := strings.Join(wrongIn(t, "old.xlsx", sheet(t, head, with(0, "OLD-0"), c.row), nil), ", "); got != c.want {
			t.Errorf("%s: wrong is %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatASpreadsheetSpoiltIsToldInTextToo(t *testing.T) {
	for cell, want := range map[string]string{
		"L1": "", "1.23E+05": "3 los", "1,23E5": "3 los", "#N/A": "3 los", "#¡REF!": "3 los", "'0012": "3 los", "=\"\"0012\"\"": "3 los",
		"\xd6-1": "3 los", "\xef\xbf\xbd1": "3 los", // Latin-1, and what is left where a program could not read it
	} {
		text := "Seriennummer;IMEI;Los\nOLD-0;" + stationtest.IMEI(1) + ";L0\nOLD-1;" + stationtest.IMEI(2) + ";\"" + cell + "\"\n"
		got := wrongIn(t, "alt.csv", text, FieldColumns{"serial": "Seriennummer", "imei": "IMEI", "lot": "Los"})
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: wrong is %q, want %q", cell, got, want)
		}
	}
}

func TestAListInLatin1IsRefusedByRowAndColumn(t *testing.T) {
	text := "serial,imei,operator\nOLD-0," + stationtest.IMEI(1) + ",Anna\nOLD-1," + stationtest.IMEI(2) + ",J\xf6rg\n"
	if got := wrongIn(t, "old.csv", text, nil); strings.Join(got, ", ") != "3 operator" {
		t.Errorf("a cell: %q", got)
	}
	if got := wrongIn(t, "old.csv", "serial,imei,estaci\xf3n\nOLD-0,"+stationtest.IMEI(1)+",1\n", nil); len(got) == 0 || !strings.HasPrefix(got[0], "1 ") {
		t.Errorf("a name of a column: %q", got)
	}
}

func TestAListWithoutAHeaderShowsNoNumberOfItsFirstUnit(t *testing.T) {
	imei := stationtest.IMEI(1)
	got := wrongIn(t, "old.csv", "OLD-1,"+imei+"\nOLD-2,"+stationtest.IMEI(2)+"\n", nil)
	if len(got) == 0 || strings.Contains(strings.Join(got, " "), imei) {
		t.Errorf("wrong is %q", got)
	}
}
