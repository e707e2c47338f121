// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/history"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/stationtest"
)

// oldUnits are how many units the list of makeOld has. The n-th has IMEI and SIM
// of the number n, had those of n+100, and its SIM was swapped for that of n+200.
const oldUnits = 40

// makeOld makes a record of units from before it, of which the fifth was then
// read and bound by a station, with the SIM of 505. A row that was left out of the
// list has that unit's serial with the identities of another, 300.
func makeOld(ctx context.Context, path string) error {
	if err := makeLot(ctx, path); err != nil {
		return err
	}
	clock := stationtest.NewClock()
	clock.Add(time.Hour)
	d, err := dhr.Open(ctx, path, dhr.Options{Clock: clock, Program: program, Station: "bench-1"})
	if err != nil {
		return err
	}
	defer d.Close() // its tests are in its own room
	var files []station.HistoryFile
	reworked := stationtest.Serial(405)
	for _, do := range []func() error{
		func() error { files, err = history.Import(ctx, d, "admin", oldLists(), nil); return err },
		func() error {
			return leaf(d.LeaveOut(ctx, "quality", files[0].ID, []record.LeftOutRow{{Row: 2, Reason: "a slip"}}))
		},
		func() error { return leaf(d.CompareHistory(ctx, "lead", files[0].ID)) },
		func() error { return leaf(d.AcceptHistory(ctx, signing, files[0].ID)) },
		func() error { return imported(d.ImportSubscriptions(ctx, "quality", portal, swaps())) },
		func() error {
			return leaf(d.Move(ctx, record.MoveRequest{Serial: reworked, To: station.Superseded, By: "lead", Reason: "read again"}))
		},
		func() error {
			return imported(d.ImportOrders(ctx, "quality", []station.Order{{ID: "WO-2", REF: "CL-100", Lot: "L2604", Planned: 1}}))
		},
		func() error { return provisionIn(ctx, d, "WO-2", 505, reworked, station.Pass) },
		func() error { _, err := d.Checkpoint(ctx, ""); return err },
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// portal is the list of a carrier.
var portal = record.SourceFile{Name: "portal.csv", Hash: strings.Repeat("a", 64), Source: "carrier"}

func swaps() (list []record.Subscription) {
	for n := 1; n <= oldUnits; n++ {
		list = append(list, record.Subscription{
			Serial: stationtest.Serial(400 + n), ICCID: stationtest.ICCID(n + 200), From: stationtest.Start, SaidBy: "field", Reason: "r", Row: int64(n + 1),
		})
	}
	return list
}

func oldLists() []history.List {
	units := "serial,imei,iccid,lot,order,bound_at\n" + stationtest.Serial(405) + "," + stationtest.IMEI(300) + "," + stationtest.ICCID(300) + ",L2603,OLD-7,2025-01-02T10:00:00Z\n"
	given := "serial,imei,iccid,from,to\n"
	for n := 1; n <= oldUnits; n++ {
		units += fmt.Sprintf("%s,%s,%s,L2603,OLD-7,2025-01-02T10:00:00Z\n", stationtest.Serial(400+n), stationtest.IMEI(400+n), stationtest.ICCID(400+n))
		given += fmt.Sprintf("%s,%s,%s,2025-01-01T10:00:00Z,2025-01-02T10:00:00Z\n", stationtest.Serial(400+n), stationtest.IMEI(500+n), stationtest.ICCID(100+n))
	}
	list := func(kind station.HistoryKind, name, text string) history.List {
		return history.List{Kind: kind, Source: "the old system", Name: name, File: strings.NewReader(text), Size: int64(len(text))}
	}
	return []history.List{list(station.UnitList, "units.csv", units), list(station.GivenUpList, "given-up.csv", given)}
}

// A hand-over about one unit has what the record knows of that unit. What its
// lists say of other units is not in it, however they came in together.
func TestNoExportOfAUnitHasTheIdentitiesOfAnother(t *testing.T) {
	d := openLater(t, copied(t, "old", makeOld))
	own, others := identitiesOfOld(5)
	s := units(record.BySerial, stationtest.Serial(405))
	for _, f := range []report.Form{report.PDF, report.CSV, report.XLSX, report.JSON, report.Bundle} {
		text := everything(t, export(t, d, s, f))
		for _, number := range others {
			if bytes.Contains(text, []byte(number)) {
				t.Errorf("%s has %s of another unit", f, number)
			}
		}
		for _, number := range own {
			if !(f == report.CSV || f == report.XLSX) && !bytes.Contains(text, []byte(number)) {
				t.Errorf("%s does not have %s of the unit", f, number)
			}
		}
	}
	if got := checked(t, export(t, d, s, report.Bundle), ""); !got.OK || got.Units != 1 {
		t.Errorf("%+v", got)
	}
}

// A unit that no station of ours observed is exported as its lists have it, and
// says so; neither is it one of ours, nor do its lists tell of others.
func TestAUnitOfAnotherSystemIsExportedAsOfAnotherOrigin(t *testing.T) {
	d := openLater(t, copied(t, "old", makeOld))
	own, others := identitiesOfOld(7)
	serial, swapped := stationtest.Serial(407), stationtest.ICCID(207)
	for name, s := range map[string]report.Subject{
		"the unit": units(record.BySerial, serial), "a trace of it": resolved(t, d, serial), "a trace of its IMEI": resolved(t, d, stationtest.IMEI(407)),
		"a trace of one given up": resolved(t, d, stationtest.IMEI(507)), "a trace of a SIM of the field": resolved(t, d, swapped),
	} {
		for _, f := range []report.Form{report.PDF, report.CSV, report.XLSX, report.JSON, report.Bundle} {
			text := everything(t, export(t, d, s, f))
			for _, number := range others {
				if bytes.Contains(text, []byte(number)) {
					t.Errorf("%s as %s has %s of another unit", name, f, number)
				}
			}
			for _, number := range own {
				if !(number == swapped && (f == report.CSV || f == report.XLSX)) && !bytes.Contains(text, []byte(number)) {
					t.Errorf("%s as %s lacks %s", name, f, number)
				}
			}
			if f != report.Bundle && !bytes.Contains(text, []byte(record.NotObserved)) {
				t.Errorf("%s as %s does not say that it was %s", name, f, record.NotObserved)
			}
		}
		if got := checked(t, export(t, d, s, report.Bundle), ""); !got.OK || got.Units != 1 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// resolved is the trace of a text, whatever it is.
func resolved(t *testing.T, d *dhr.DHR, text string) report.Subject {
	t.Helper()
	scope, err := report.Resolve(t.Context(), d, text)
	if err != nil {
		t.Fatal(err)
	}
	return report.Subject{Kind: report.Trace, Scope: scope}
}

func TestLinesOfAnotherSystemStandApartFromThoseObservedHere(t *testing.T) {
	d := openLater(t, copied(t, "old", makeOld))
	for name, s := range map[string]struct {
		subject     report.Subject
		ours, lists int // lines
		count       int64
	}{
		"an order of the other system":  {units(record.ByOrder, "OLD-7"), 0, 2 * (oldUnits - 1), oldUnits - 1}, // one was made here since
		"a lot of both":                 {units(record.ByLot, "L2603"), 5, 2 * (oldUnits - 1), 4 + oldUnits - 1},
		"a lot of ours":                 {units(record.ByLot, "L2604"), 1, 2, 1},
		"the day of the other system":   {report.Subject{Kind: report.Units, Scope: record.ExportSubject{By: record.ByDates, From: "2025-01-02", To: "2025-01-02"}}, 0, 2 * (oldUnits - 1), oldUnits - 1},
		"a day on which nothing was so": {report.Subject{Kind: report.Units, Scope: record.ExportSubject{By: record.ByDates, From: "2025-01-03", To: "2025-01-03"}}, 0, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			j := job(t, s.subject, report.CSV)
			res, err := report.Export(t.Context(), d, j)
			if err != nil {
				t.Fatal(err)
			}
			ours, lists := linesByOrigin(t, j.File)
			if ours != s.ours || lists != s.lists || res.Count != s.count {
				t.Errorf("%d lines observed here, %d of lists, %d counted", ours, lists, res.Count)
			}
			if got := checked(t, export(t, d, s.subject, report.Bundle), ""); !got.OK || got.Units != s.count {
				t.Errorf("%+v", got)
			}
		})
	}
}

// linesByOrigin counts the lines of a table that were observed here, and those of
// lists of other systems, which have nothing of ours and say where they are from.
func linesByOrigin(t *testing.T, path string) (ours, lists int) {
	t.Helper()
	for _, r := range rows(t, path) {
		switch r["origin"] {
		case "":
			ours++
			continue
		case record.NotObserved:
			lists++
		default:
			t.Errorf("origin %q", r["origin"])
		}
		if r["binding"]+r["label"]+r["made"] != "" || r["origin_source"] != "the old system" {
			t.Errorf("%v", r)
		}
		for _, column := range []string{"origin_row", "origin_hash", "origin_bound_at"} {
			if r[column] == "" {
				t.Errorf("no %s: %v", column, r)
			}
		}
	}
	return ours, lists
}

// Until each row of a list had a leaf of its own, a leaf had those of many units.
// It is kept as it is, and leaves with none of them.
func TestALeafOfManyUnitsIsInNoBundleOfOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dhr.db")
	packed, err := os.Open("../dhr/testdata/version-7/record.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile("../dhr/testdata/version-7/station.key")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(path, text, 0o600), os.WriteFile(path+".key", key, 0o600)); err != nil {
		t.Fatal(err)
	}
	d := openLater(t, path)
	j := job(t, units(record.BySerial, stationtest.Serial(405)), report.Bundle)
	var f *station.Fault
	if _, err := report.Export(t.Context(), d, j); !errors.As(err, &f) || f.Code != station.ExportFault || len(folder(t, j)) != 0 {
		t.Errorf("%v, %q", err, folder(t, j))
	}
	if got := checked(t, export(t, d, units(record.BySerial, stationtest.Serial(2)), report.Bundle), ""); !got.OK {
		t.Errorf("%+v", got)
	}
}

func identitiesOfOld(unit int) (own, others []string) {
	for n := 1; n <= oldUnits; n++ {
		list := []string{
			stationtest.IMEI(400 + n), stationtest.IMEI(500 + n), stationtest.ICCID(400 + n), stationtest.ICCID(100 + n), stationtest.ICCID(200 + n),
		}
		if others = append(others, list...); n == unit {
			own = list
		}
	}
	others = slices.DeleteFunc(others, func(number string) bool { return slices.Contains(own, number) })
	return own, append(others, stationtest.IMEI(300), stationtest.ICCID(300))
}

// everything is what can be read in a file.
func everything(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	switch {
	case err != nil:
		t.Fatal(err)
	case bytes.HasPrefix(text, []byte("PK")):
		for _, e := range unpacked(t, path) {
			text = append(text, e.body...)
		}
	case bytes.HasPrefix(text, []byte("%PDF")):
		if text, err = exec.Command(tool(t, "pdftotext"), "-layout", path, "-").Output(); err != nil {
			t.Fatal(err)
		}
	}
	return text
}
