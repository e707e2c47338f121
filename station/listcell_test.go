// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

func TestACellThatASpreadsheetSpoiltIsToldFromWhatSomebodyEntered(t *testing.T) {
	keys := []string{"serial", "ref", "lot", "order"}
	numbers := []string{"imei", "imei2", "iccid", "imsi", "eid", "tac"}
	texts := []string{"maker", "module", "firmware", "station", "operator", "disposition", "by", "why", "what"}
	times := []string{"bound_at", "from", "to"}
	fields := slices.Concat(keys, numbers, texts, times)
	for _, c := range []struct {
		form   station.CellForm
		text   string
		spoilt []string // fields in which it is
	}{
		{station.CellText, "", nil},
		{station.CellText, "L2603", nil},
		{station.CellText, "2019-03-04", nil}, // a lot may be called that
		{station.CellText, "43528", nil},
		{station.CellText, "#12", nil},
		{station.CellText, "1.10", nil},
		{station.CellText, "1.23E+05", slices.Concat(keys, numbers)},
		{station.CellText, "8,98E+18", slices.Concat(keys, numbers)},
		{station.CellText, "26E0012", nil},
		{station.CellText, "#N/A", fields},
		{station.CellText, "#NV", fields},
		{station.CellText, "#BEZUG!", fields},
		{station.CellText, "#¡VALOR!", fields},
		{station.CellText, "#¿NOMBRE?", fields},
		{station.CellText, "#DIV/0!", fields},
		{station.CellText, "########", fields},
		{station.CellText, "'0012", fields},
		{station.CellText, `="0012"`, fields},
		{station.CellDate, "2019-03-04", slices.Concat(keys, numbers, texts)},
		{station.CellNumber, "43528", slices.Concat(keys, times)},
		{station.CellNumber, "43528.25", slices.Concat(keys, texts, times)},
		{station.CellNumber, "2019", times},
		{station.CellNumber, "0043528", times},
		{station.CellNumber, "118204", times},
		{station.CellTruth, "TRUE", fields},
	} {
		for _, f := range fields {
			why := station.SpoiltCell(f, c.form, c.text)
			if (why != "") != slices.Contains(c.spoilt, f) || len(c.text) > 2 && strings.Contains(why, c.text) {
				t.Errorf("%s %q in %s: %q", c.form, c.text, f, why)
			}
		}
	}
}

// keysThatIdentify are texts that would show an identity wherever a unit is shown.
func keysThatIdentify() []string {
	imei, iccid := stationtest.IMEI(1), stationtest.ICCID(1)
	return []string{
		imei, imei[:14], imei[:14] + "01", imei[:2] + "-" + imei[2:8] + "-" + imei[8:14] + "-" + imei[14:], "SN" + imei, "0" + imei, imei + " A",
		iccid, iccid[:18], iccid + "F", "SIM:" + iccid, "001010123456789", "89049032000000000000000000000163",
	}
}

func TestAKeyOfAListIsNoIdentity(t *testing.T) {
	read := func(field, text string) []station.FieldError {
		row := map[string]string{"serial": "A-1", "imei": stationtest.IMEI(900), "lot": "L1", "order": "WO-1", "ref": "R-1"}
		row[field] = text
		_, wrong := station.ReadImportedUnit(3, func(f string) string { return row[f] })
		return wrong
	}
	own := stationtest.IMEI(900)
	for _, field := range []string{"serial", "ref", "lot", "order"} {
		for _, text := range append(keysThatIdentify(), "CL-"+own[:8]+"X"+own[8:14]) {
			if wrong := read(field, text); len(wrong) != 1 || wrong[0].Field != field || strings.Contains(wrong[0].Message, text) {
				t.Errorf("%s %q: %v", field, text, wrong)
			}
		}
		for _, text := range []string{"CL-0000001", "20190304-000123", "20190304000123", "10450002031234", "2019-03-04", "4011209000001234567890"} {
			if wrong := read(field, text); len(wrong) > 0 {
				t.Errorf("%s %q is refused: %v", field, text, wrong)
			}
		}
	}
}

func TestAnIdentityInATextOfAListIsHidden(t *testing.T) {
	imei := stationtest.IMEI(1)
	row := map[string]string{"serial": "A-1", "imei": stationtest.IMEI(900)}
	for _, f := range []string{"station", "operator", "disposition", "maker", "module", "firmware"} {
		row[f] = f + " " + imei
	}
	u, wrong := station.ReadImportedUnit(3, func(f string) string { return row[f] })
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	for _, text := range []string{u.Station, u.Operator, u.Was, u.Binding.Maker, u.Binding.Module, u.Binding.Firmware} {
		if strings.Contains(text, imei) || !strings.HasSuffix(text, imei[11:]) {
			t.Errorf("%q", text)
		}
	}
	row["firmware"] = "BG95M3LAR02A03_01.008.01.008"
	if u, _ := station.ReadImportedUnit(3, func(f string) string { return row[f] }); u.Binding.Firmware != row["firmware"] {
		t.Errorf("a version is changed: %q", u.Binding.Firmware)
	}
}

func TestASerialOfAListThatActsWhereItIsPastedIsRefused(t *testing.T) {
	for serial, ok := range map[string]bool{
		"CL-1": true, "A+1": true, "a@b": true, "A/1": true, "A..1": true,
		"../../x": false, `..\x`: false, "a/../b": false, "=A1": false, "+1": false, "-x": false, "@me": false,
	} {
		_, wrong := station.ReadGivenUp(2, func(name string) string { return map[string]string{"serial": serial}[name] })
		if taken := !slices.ContainsFunc(wrong, func(e station.FieldError) bool { return e.Field == "serial" }); taken != ok {
			t.Errorf("%q: %v, want taken %v", serial, wrong, ok)
		}
	}
}
