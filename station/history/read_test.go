// SPDX-License-Identifier: Apache-2.0

package history

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"bindery/station"
)

// rowsOf reads a list of units.
func rowsOf(name, text string, m FieldColumns) (rows []listRow, err error) {
	l := List{Kind: station.UnitList, Name: name, File: strings.NewReader(text), Size: int64(len(text)), Mapping: m}
	err = l.each(func(r listRow) error { rows = append(rows, r); return nil })
	return rows, err
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestAListIsReadInAnyEncodingAndByAnyNamesOfColumns(t *testing.T) {
	german := FieldColumns{"serial": "Seriennummer", "imei": "Gerät", "lot": ""}
	for name, c := range map[string]struct {
		text string
		m    FieldColumns
	}{
		"plain":         {"serial,imei\nOLD-1,980000420220000\n", nil},
		"mark":          {"\xef\xbb\xbfserial,imei\r\nOLD-1,980000420220000\r\n", nil},
		"UTF-16":        {utf16le("serial,imei\r\nOLD-1,980000420220000\r\n"), nil},
		"semicolon":     {"serial;imei\nOLD-1;980000420220000\n", nil},
		"tab":           {"serial\timei\nOLD-1\t980000420220000\n", nil},
		"mapped":        {"Gerät;Seriennummer;Farbe\n980000420220000;OLD-1;rot\n", german},
		"UTF-16 mapped": {utf16le("Gerät;Seriennummer\n980000420220000;OLD-1\n"), german},
	} {
		rows, err := rowsOf("old.csv", c.text, c.m)
		if err != nil || len(rows) != 1 || rows[0].field("serial") != "OLD-1" || rows[0].field("imei") != "980000420220000" {
			t.Errorf("%s: %+v, %v", name, rows, err)
		}
	}
	for name, text := range map[string]string{
		"a column that is no field": "serial,colour\nOLD-1,red\n", "two of one field": "serial,imei,imei\nOLD-1,1,2\n", "no serial": "imei\n980000420220000\n",
		"nothing": "", "a header alone": "serial,imei\n", "a preamble": "Units of 2019\n\nserial,imei\nOLD-1,980000420220000\n",
	} {
		if rows, err := rowsOf("old.csv", text, nil); err == nil {
			t.Errorf("%s is read: %+v", name, rows)
		}
	}
}

func TestANumberOfAWorkbookIsReadAsItStandsThereOrRefused(t *testing.T) {
	f := excelize.NewFile()
	for cell, v := range map[string]any{"A1": "serial", "B1": "imei", "C1": "iccid", "A2": "OLD-1", "B2": 980000420220000.0, "A3": "OLD-2", "C3": 89999330001012299549.0} {
		if err := f.SetCellValue("Sheet1", cell, v); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := rowsOf("old.xlsx", b.String(), nil)
	if err != nil || len(rows) != 2 || rows[0].field("imei") != "980000420220000" || len(rows[0].wrong) != 0 {
		t.Fatalf("%+v, %v", rows, err)
	}
	_, wrong := station.ReadImportedUnit(rows[1].row, rows[1].field)
	if len(rows[1].wrong) == 0 && len(wrong) == 0 {
		t.Errorf("an ICCID of which a workbook has lost digits is taken: %+v", rows[1])
	}
}

// FuzzList: whatever a file is, it is read or refused, and a row has only fields.
func FuzzList(f *testing.F) {
	for _, s := range []string{"", "serial,imei\nOLD-1,980000420220000\n", utf16le("serial\nOLD-1\n"), "serial;imei\n\"OLD-1", "\xff\xfe\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := rowsOf("old.csv", text, nil)
		for _, r := range rows {
			for name := range r.fields {
				if fieldOf := (List{Kind: station.UnitList}).fieldOf(name); fieldOf != name {
					t.Errorf("%q is no field (%v)", name, err)
				}
			}
		}
	})
}
