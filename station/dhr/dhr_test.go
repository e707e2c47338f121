// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/verify"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// open opens the record at path and closes it with the test.
func open(t testing.TB, path string, clock station.Clock) *dhr.DHR {
	t.Helper()
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// factory is a new record with the factory of stationtest in it.
func factory(t testing.TB) *dhr.DHR {
	t.Helper()
	d := open(t, filepath.Join(t.TempDir(), "dhr.db"), stationtest.NewClock())
	furnish(t, d)
	return d
}

func furnish(t testing.TB, d *dhr.DHR) {
	t.Helper()
	furnishWith(t, d, stationtest.Order())
}

func furnishWith(t testing.TB, d *dhr.DHR, order station.Order) {
	t.Helper()
	ctx := t.Context()
	if _, err := d.AddLayout(ctx, "quality", "device", []byte(stationtest.Layout)); err != nil {
		t.Fatal(err)
	}
	imported(t, "dialects", func() (record.Import, error) {
		return d.ImportDialects(ctx, "quality", []record.DialectView{
			{Name: "quectel", Text: []byte(stationtest.Dialect)}, {Name: "auto", Text: station.DialectList(stationtest.Dialects())},
		})
	})
	for name, done := range map[string]func() (record.Import, error){
		"people": func() (record.Import, error) { return d.ImportPeople(ctx, "admin", stationtest.People()) },
		"products": func() (record.Import, error) {
			return d.ImportProducts(ctx, "quality", []station.Product{stationtest.Product()})
		},
	} {
		imported(t, name, done)
	}
	imported(t, "allocations", func() (record.Import, error) {
		return d.ImportAllocations(ctx, "quality", []station.Allocation{stationtest.Allocation()})
	})
	imported(t, "orders", func() (record.Import, error) {
		return d.ImportOrders(ctx, "quality", []station.Order{order})
	})
}

func imported(t testing.TB, name string, do func() (record.Import, error)) {
	t.Helper()
	got, err := do()
	if err != nil || len(got.Errors) > 0 || got.Added == 0 {
		t.Fatalf("import %s: %+v, %v", name, got, err)
	}
}

// bench is a bench on a record, with the n-th device plugged in.
func bench(d *dhr.DHR, n int) *station.Bench {
	return &station.Bench{
		DUT: stationtest.FakeDUT{Reading: stationtest.Reading(n)}, Records: d, Binder: d, Prints: d,
		Labels: stationtest.Labels{}, Printer: &stationtest.FakePrinter{}, Clock: stationtest.NewClock(), Dialects: stationtest.Dialects(),
	}
}

// provision runs a serial with the n-th device.
func provision(ctx context.Context, b *station.Bench, serial string) station.Result {
	scan, watch := stationtest.Scans()
	return b.Provision(ctx, station.Job{Order: "WO-1", Serial: serial, By: "operator"}, scan, watch)
}

// passes runs a serial on a bench, where it must pass.
func passes(t testing.TB, b *station.Bench, serial string) {
	t.Helper()
	if r := provision(t.Context(), b, serial); r.Outcome != station.Pass {
		t.Fatalf("unit %s: %s %v %v", serial, r.Outcome, r.Findings, r.Fault)
	}
}

// noError stops the test at an error.
func noError(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sound checks that Verify finds nothing.
func sound(t testing.TB, d *dhr.DHR) record.VerifyReport {
	t.Helper()
	r, err := verify.Record(context.Background(), d, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK {
		t.Errorf("the record is not sound: %s", r.FirstFault)
	}
	return r
}

func TestAUnitThatPassedHasItsRowsAndItsLeaves(t *testing.T) {
	d := factory(t)
	got := provision(t.Context(), bench(d, 1), stationtest.Serial(1))
	if got.Outcome != station.Pass || got.Leaf == 0 {
		t.Fatalf("outcome %q, fault %v (%v), steps %+v", got.Outcome, got.Fault, errors.Unwrap(got.Fault), got.Steps)
	}
	rec, err := d.Show(t.Context(), stationtest.Serial(1))
	noError(t, err)
	if rec.Disposition != station.Passed || len(rec.Bindings) != 1 || len(rec.Attempts) != 1 || len(rec.Prints) != 1 {
		t.Errorf("record %+v", rec)
	}
	if p := rec.Prints[0]; p.State != station.PrintVerified || p.N != 1 {
		t.Errorf("print %+v", p)
	}
	var acts []string
	for _, l := range rec.Leaves {
		var body struct{ What string }
		noError(t, json.Unmarshal(l.Body, &body))
		acts = append(acts, body.What)
	}
	if d := cmp.Diff([]string{"bind", "print", "print-sent", "complete"}, acts); d != "" {
		t.Error(d)
	}
	order, err := d.Order(t.Context(), "WO-1")
	if err != nil || order.Passed != 1 || order.Failed != 0 {
		t.Errorf("order %+v, %v", order, err)
	}
	sound(t, d)
}

func TestAUnitThatPassedIsFound(t *testing.T) {
	d := factory(t)
	passes(t, bench(d, 1), stationtest.Serial(1))
	for text, took := range map[string]query.TextKind{
		stationtest.Serial(1): "serial", stationtest.IMEI(1): "imei", stationtest.ICCID(1): "iccid", "001010000000001": "imsi",
		"WO-1": "order", "L2603": "lot", "CL-0": "part", stationtest.TAC: "part", stationtest.IMEI(1)[11:]: "part",
		"35-812309-100001-6": "imei", "358 123091 000016": "imei", stationtest.IMEI(1)[:14] + "07": "imeisv",
		stationtest.ICCID(1) + "F": "iccid", "000001": "serial", "CL-100": "product",
	} {
		f, err := d.Find(t.Context(), text)
		if err != nil || f.Took != took || f.Why == "" || f.Refused != "" || f.Count != 1 || len(f.Units) != 1 || !f.Units[0].Live {
			t.Errorf("find %q: took %q with %d units, %v; want %q: %+v", text, f.Took, len(f.Units), err, took, f)
		}
	}
	for text, refused := range map[string]identity.Code{
		"nothing like it": "", stationtest.IMEI(2): "", "CL-000002": "", " ": query.Empty, "8.98E+19": query.Exponent,
		stationtest.ICCID(1) + "4": identity.ICCIDCheckDigit, stationtest.IMEI(1)[:14] + "7": identity.IMEICheckDigit,
	} {
		f, err := d.Find(t.Context(), text)
		if err != nil || f.Refused != refused || f.Why == "" || f.Count != 0 || len(f.Units) != 0 {
			t.Errorf("find %q: %+v, %v; want no unit, and %q", text, f, err, refused)
		}
	}
	sound(t, d)
}
