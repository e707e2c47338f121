// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"fmt"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/history"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestGivenUpBindingsThatCannotHaveBeenAreDecidedRowByRow(t *testing.T) {
	d := signing(t)
	ctx := t.Context()
	ends(t, d, 1, station.Pass, "", "right") // at stationtest.Start, with the first SIM
	files := overlapping(t, d)
	list, n, err := d.Clashes(ctx, files[0].ID)
	stationtest.NoError(t, err)
	got := map[string]bool{}
	for _, c := range list {
		if c.File != files[1].ID || c.Code != station.BindingsOverlap {
			t.Errorf("%+v", c)
		}
		got[fmt.Sprintf("%d with %s", c.Row, c.With)] = true
	}
	want := []string{
		"4 with row 3", "5 with row 3", fmt.Sprintf("5 with list %d, row 2", files[0].ID), "6 with row 2", "7 with row 2", "7 with row 6",
		fmt.Sprintf("8 with list %d, row 3", files[0].ID), "8 with unit " + stationtest.Serial(1), "8 with the time of its import",
	}
	for _, w := range want {
		if !got[w] {
			t.Errorf("%s is no clash", w)
		}
	}
	if n != len(want) {
		t.Errorf("%d clashes, want %d: %v", n, len(want), got)
	}
	var out []record.LeftOutRow
	for _, row := range []int64{4, 5, 6, 7, 8} {
		out = append(out, record.LeftOutRow{Row: row, Reason: "typed wrong"})
	}
	dhrtest.Succeeds(t)(d.LeaveOut(ctx, "quality", files[1].ID, out))
	dhrtest.Succeeds(t)(d.CompareHistory(ctx, "lead", files[0].ID))
	dhrtest.Succeeds(t)(d.AcceptHistory(ctx, signs("quality"), files[0].ID))
	dhrtest.Sound(t, d)
}

// overlapping imports two units and what they gave up, of which rows 4 to 8 cannot have
// been beside others.
func overlapping(t *testing.T, d *dhr.DHR) []station.HistoryFile {
	t.Helper()
	day := func(n int) string { return fmt.Sprintf("2026-01-%02dT00:00:00Z", n) }
	sim := func(n int) string { return stationtest.ICCID(n) }
	units := "serial,imei,iccid,bound_at\nOLD-1," + stationtest.IMEI(701) + "," + sim(701) + "," + day(10) + "\nOLD-2," + stationtest.IMEI(702) + "," + sim(702) + "," + day(10) + "\n"
	given := "serial,iccid,from,to\n"
	for _, row := range [][]string{
		{"OLD-1", sim(711), day(1), day(5)},               // 2
		{"OLD-1", sim(712), day(5), day(10)},              // 3
		{"OLD-1", sim(713), day(8), day(9)},               // 4: with 3
		{"OLD-1", sim(714), day(9), day(11)},              // 5: with 3 and the live one
		{"OLD-1", sim(711), day(1), day(5)},               // 6: 2 again
		{"OLD-2", sim(711)[:18], day(4), day(6)},          // 7: the SIM of 2 and 6 in another unit
		{"OLD-2", sim(1), day(6), "2999-01-01T00:00:00Z"}, // 8: with the live one, with ours, and in the future
	} {
		given += strings.Join(row, ",") + "\n"
	}
	files, err := history.Import(t.Context(), d, "admin", []history.List{
		dhrtest.ListOf(station.UnitList, "units.csv", []byte(units)), dhrtest.ListOf(station.GivenUpList, "given.csv", []byte(given)),
	}, nil)
	stationtest.NoError(t, err)
	return files
}

func TestABindingThatBeginsAfterItsImportIsDecidedByQuality(t *testing.T) {
	d := signing(t)
	units := "serial,imei,bound_at\nOLD-1," + stationtest.IMEI(701) + ",2026-01-10T00:00:00Z\nOLD-2," + stationtest.IMEI(702) + ",2999-01-01T00:00:00Z\n"
	files, err := history.Import(t.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "units.csv", []byte(units))}, nil)
	stationtest.NoError(t, err)
	list, n, err := d.Clashes(t.Context(), files[0].ID)
	if err != nil || n != 1 || list[0].Row != 3 || list[0].File != files[0].ID || list[0].Code != station.BindingsOverlap || list[0].With != "the time of its import" {
		t.Fatalf("%+v, %v", list, err)
	}
	dhrtest.Succeeds(t)(d.CompareHistory(t.Context(), "lead", files[0].ID))
	if _, err := d.AcceptHistory(t.Context(), signs("quality"), files[0].ID); refused(t, err) != station.HistoryNotReady {
		t.Errorf("accepted: %v", err)
	}
	dhrtest.Succeeds(t)(d.LeaveOut(t.Context(), "quality", files[0].ID, []record.LeftOutRow{{Row: 3, Reason: "typed wrong"}}))
	if _, n, err := d.Clashes(t.Context(), files[0].ID); err != nil || n != 0 {
		t.Errorf("%d clashes are left, %v", n, err)
	}
}

func TestASerialOfAListThatLooksLikeAnotherIsAClash(t *testing.T) {
	for serial, with := range map[string]string{"OLD\u20111": "row 3", "OLD\u22121": "row 3", "OLD-١": "row 3", "CL\u2011000001": "unit " + stationtest.Serial(1), "OLD\u20112": ""} {
		d := signing(t)
		ends(t, d, 1, station.Pass, "", "right")
		units := "serial,imei\n" + serial + "," + stationtest.IMEI(701) + "\nOLD-1," + stationtest.IMEI(702) + "\n"
		files, err := history.Import(t.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "units.csv", []byte(units))}, nil)
		stationtest.NoError(t, err)
		list, n, err := d.Clashes(t.Context(), files[0].ID)
		if err != nil || (n > 0) != (with != "") || n > 0 && (n != 1 || list[0].Row != 2 || list[0].With != with || list[0].Code != station.SerialInUse) {
			t.Errorf("%q: %+v, %v", serial, list, err)
		}
	}
}
