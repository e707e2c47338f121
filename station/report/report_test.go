// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"os"
	"path/filepath"
	"testing"

	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/report"
	"bindery/station/stationtest"
)

// factory is a record on which things happened: units that passed, one that
// was refused, one with a reprint, a serial that never became a unit.
func factory(t testing.TB, units int) *dhr.DHR {
	t.Helper()
	ctx := t.Context()
	d, err := dhr.Open(ctx, filepath.Join(t.TempDir(), "dhr.db"), dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	layout := device()
	if _, err := d.AddLayout(ctx, "quality", "device", layout.Text()); err != nil {
		t.Fatal(err)
	}
	done := func(got dhr.Import, err error) {
		t.Helper()
		if err != nil || len(got.Errors) > 0 {
			t.Fatalf("import: %+v, %v", got, err)
		}
	}
	done(d.ImportPeople(ctx, "admin", stationtest.People()))
	done(d.ImportProducts(ctx, "quality", []station.Product{stationtest.Product()}))
	done(d.ImportAllocations(ctx, "quality", []station.Allocation{stationtest.Allocation()}))
	done(d.ImportOrders(ctx, "quality", []station.Order{stationtest.Order()}))
	for n := 1; n <= units; n++ {
		provision(t, d, n, stationtest.Serial(n))
	}
	provision(t, d, 1, stationtest.Serial(900)) // the device of the first unit under another serial
	return d
}

func set() []station.Labeller {
	var list []station.Labeller
	for _, dpi := range labels.Resolutions {
		list = append(list, labels.NewSet(dpi, labels.Builtin()...))
	}
	return list
}

func provision(t testing.TB, d *dhr.DHR, n int, serial string) station.Result {
	t.Helper()
	b := &station.Bench{
		Station: "bench-1", DUT: stationtest.DUT{Reading: stationtest.Reading(n)}, Records: d, Binder: d, Prints: d,
		Labels: set()[1], Printer: &stationtest.Printer{}, Clock: stationtest.NewClock(),
	}
	scan, watch := stationtest.Scans()
	return b.Provision(t.Context(), station.Ticket{Order: "WO-1", Serial: serial, By: "operator"}, scan, watch)
}

func job(t testing.TB, s report.Subject, f report.Form) report.Job {
	t.Helper()
	dir := os.Getenv("KEEP")
	if dir == "" {
		dir = t.TempDir()
	}
	return report.Job{
		Subject: s, Form: f, File: filepath.Join(dir, "out."+string(f)), By: "quality", Station: "bench-1", Program: "bindery test",
		Clock: stationtest.NewClock(), Labels: set(),
	}
}

func units(by dhr.ScopeBy, name string) report.Subject {
	return report.Subject{Kind: report.Units, Scope: dhr.Scope{By: by, Name: name}}
}

func TestTry(t *testing.T) {
	d := factory(t, 3)
	for name, s := range map[string]report.Subject{
		"unit":        units(dhr.BySerial, stationtest.Serial(1)),
		"refused":     units(dhr.BySerial, stationtest.Serial(900)),
		"order":       units(dhr.ByOrder, "WO-1"),
		"lot":         {Kind: report.Trace, Scope: dhr.Scope{By: dhr.ByLot, Name: "L2603"}},
		"back":        {Kind: report.Trace, Scope: dhr.Scope{By: dhr.ByIdentity, Name: stationtest.IMEI(2)}},
		"audit":       {Kind: report.Audit},
		"allocations": {Kind: report.Allocations},
	} {
		for _, f := range []report.Form{report.PDF, report.CSV, report.JSON, report.Bundle} {
			if f == report.Bundle && (s.Kind == report.Audit || s.Kind == report.Allocations) {
				continue
			}
			j := job(t, s, f)
			j.File = filepath.Join(filepath.Dir(j.File), name+"."+string(f))
			res, err := report.Export(t.Context(), d, j)
			t.Log(name, f, res, err)
			if err != nil {
				t.Error(err)
			}
			if f == report.Bundle {
				c, err := report.VerifyBundle(t.Context(), j.File, "")
				t.Logf("%+v %v", c, err)
				if !c.OK {
					t.Error(c.FirstFault)
				}
			}
		}
	}
}

func device() *labels.Layout {
	for _, l := range labels.Builtin() {
		if l.Name() == "device-70x40" {
			return l
		}
	}
	panic("no such layout")
}
