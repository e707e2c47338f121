// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/stationtest"
)

// found lists the serials that a text leads to.
func found(t *testing.T, d *DHR, text string) string {
	t.Helper()
	f, err := d.Find(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	s := ""
	for _, u := range f.Units {
		s += u.Serial + " "
	}
	return s
}

func TestAPartIsFoundBeforeAndAfterTheIndexHasIt(t *testing.T) {
	d := generated(t, t.TempDir(), 700)
	for _, n := range []int{0, 400, 699} {
		imei, r := benchIMEI(n), stationtest.Reading(n)
		for _, text := range []string{
			imei[6:14], "*" + imei[5:12] + "*", imei[:8] + "??????" + imei[14:], r.ICCID[9:18], r.IMSI[2:13], "••••" + r.ICCID[8:],
		} {
			before := found(t, d, text)
			if err := d.file.CatchUpParts(t.Context()); err != nil {
				t.Fatal(err)
			}
			if after := found(t, d, text); before == "" || after != before {
				t.Errorf("%s: %q, and then %q", text, before, after)
			}
			a, b := bindOf(d.units(t))
			if _, err := d.Bind(t.Context(), a, b); err != nil { // the index does not have it yet
				t.Fatal(err)
			}
		}
	}
	if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
		t.Errorf("%+v %v", r, err)
	}
}

func TestAHashLeadsToItsUnitBeforeAndAfterTheIndexHasIt(t *testing.T) {
	d := generated(t, t.TempDir(), 20)
	for range 2 {
		var hash string
		err := d.reads.Row(t.Context(), `SELECT lower(hex(hash)) FROM leaves WHERE subject = ?`, []any{"unit:" + stationtest.Serial(7)}, []any{&hash})
		if err != nil {
			t.Fatal(err)
		}
		if got := found(t, d, hash); got != stationtest.Serial(7)+" " {
			t.Errorf("%q", got)
		}
		if err := d.file.CatchUpParts(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// A record of an earlier program has more than one leaf brings in.
func TestTheIndexOfAnOlderRecordCatchesUpWhileItIsUsed(t *testing.T) {
	dir := t.TempDir()
	d := generated(t, dir, 2500)
	path := d.Path()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	// As the migration leaves it.
	storetest.ExecFile(t, path, `INSERT INTO parts (parts) VALUES ('delete-all'); UPDATE parts_reach SET upto = 0`)
	d, err := Open(t.Context(), path, Options{Clock: stationtest.NewClock(), Station: "bench"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	text := benchIMEI(2300)[6:14]
	want := found(t, d, text)
	var upto int64
	for end := time.Now().Add(time.Minute); upto < 2500 && time.Now().Before(end); time.Sleep(time.Millisecond) {
		if err := d.reads.Row(t.Context(), `SELECT upto FROM parts_reach WHERE source = 'bindings'`, nil, []any{&upto}); err != nil {
			t.Fatal(err)
		}
		if got := found(t, d, text); got != want || got == "" {
			t.Fatalf("with %d units in the index %q, want %q", upto, got, want)
		}
	}
	if upto < 2500 {
		t.Errorf("%d of 2500 units are in the index", upto)
	}
}

func TestADamagedIndexOfPartsKeepsNobodyFromBinding(t *testing.T) {
	path := filepath.Join(t.TempDir(), "units-600.db")
	d := generated(t, filepath.Dir(path), 600)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.ExecFile(t, path, `UPDATE parts_data SET block = x'00ff' WHERE id > 1`)
	d, err := Open(t.Context(), path, Options{Clock: stationtest.NewClock(), Station: "bench"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for n := 600; n < 1100; n++ { // beyond the leaf that brings rows in
		a, b := bindOf(n)
		if _, err := d.Bind(t.Context(), a, b); err != nil {
			t.Fatal(n, err)
		}
	}
	if got := found(t, d, benchIMEI(1099)); got != stationtest.Serial(1099)+" " {
		t.Errorf("%q", got)
	}
	if r, err := verify.Record(t.Context(), d, nil); err != nil || r.OK {
		t.Errorf("verify does not tell of it: %+v %v", r, err)
	}
}

func TestAnIndexOfPartsThatLooksInTheWrongPlaceIsTold(t *testing.T) {
	dir := t.TempDir()
	d := generated(t, dir, 1100)
	path := d.Path()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.ExecFile(t, path, `INSERT INTO parts (parts) VALUES ('optimize')`)
	storetest.ExecFile(t, path, `DELETE FROM parts_idx WHERE pgno > 3`)
	d, err := Open(t.Context(), path, Options{Clock: stationtest.NewClock(), Station: "bench"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if r, err := verify.Record(t.Context(), d, nil); err != nil || r.OK || !strings.Contains(r.FirstFault, "index of parts") {
		t.Errorf("%+v %v", r, err)
	}
}

func TestWhatARefusedDeviceSaidIsFoundWhateverItWas(t *testing.T) {
	d := generated(t, t.TempDir(), 3)
	for i, imei := range []string{"990000862471854", "ERROR", "\x00\"", ""} {
		a, _ := bindOf(900 + i)
		a.Serial, a.Reading.IMEI, a.Outcome, a.Ended = fmt.Sprintf("CL-%06d", 900+i), imei, station.Fail, stationtest.Start
		if _, err := d.End(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	f, err := d.Find(t.Context(), "990000862471854")
	if err != nil || len(f.Units) != 1 || f.Units[0].Attempt == 0 {
		t.Errorf("%+v, %v", f, err)
	}
	if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
		t.Errorf("%+v %v", r, err)
	}
}
