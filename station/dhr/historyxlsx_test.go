// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/history"
	"bindery/station/stationtest"
)

// workbook writes rows into the only sheet of a workbook: texts as texts, numbers
// as numbers.
func workbook(t *testing.T, rows [][]any) []byte {
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
	return b.Bytes()
}

func TestAListComesInFromAWorkbookAsFromText(t *testing.T) {
	lines, err := csv.NewReader(bytes.NewReader(fileOf(t, "world.csv"))).ReadAll()
	stationtest.NoError(t, err)
	var rows [][]any
	for _, line := range lines {
		var cells []any
		for _, c := range line {
			cells = append(cells, c)
		}
		rows = append(rows, cells)
	}
	d := signing(t)
	accepted(t, d, dhrtest.ListOf(station.UnitList, "world.xlsx", workbook(t, rows)))
	for _, r := range csvRows(t, "world.csv") {
		isShownAsImported(t, d, r)
	}
	dhrtest.Sound(t, d)
}

// Fifteen digits fit a number cell, nineteen do not: what a spreadsheet has spoilt
// is an error of its row, and nothing of the list is written.
func TestANumberThatASpreadsheetSpoiltIsNotTakenFromAWorkbook(t *testing.T) {
	d := signing(t)
	spoilt := workbook(t, [][]any{{"serial", "imei", "iccid"}, {"A-1", stationtest.IMEI(1), stationtest.ICCID(1)}, {"A-2", stationtest.IMEI(2), 8.988239e+18}})
	_, err := history.Import(t.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "old.xlsx", spoilt)}, nil)
	var e *history.ListError
	if !asError(err, &e) || len(e.Rows) != 1 || e.Rows[0].Row != 3 || e.Rows[0].Column != "iccid" {
		t.Errorf("%v", err)
	}
	if files, err := d.HistoryFiles(t.Context()); err != nil || len(files) != 0 {
		t.Errorf("%+v, %v", files, err)
	}
}
