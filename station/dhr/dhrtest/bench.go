// SPDX-License-Identifier: Apache-2.0

package dhrtest

import (
	"context"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// Bench is a bench on a record, with the n-th device plugged in.
func Bench(d *dhr.DHR, n int) *station.Bench {
	return &station.Bench{
		DUT: stationtest.FakeDUT{Reading: stationtest.Reading(n)}, Records: d, Binder: d, Prints: d,
		Labels: stationtest.Labels{}, Printer: &stationtest.FakePrinter{}, Clock: stationtest.NewClock(), Dialects: stationtest.Dialects(),
	}
}

// Provision runs a serial with the n-th device.
func Provision(ctx context.Context, b *station.Bench, serial string) station.Result {
	scan, watch := stationtest.Scans()
	return b.Provision(ctx, station.Job{Order: "WO-1", Serial: serial, By: "operator"}, scan, watch)
}

// Passes runs a serial on a bench, where it must pass.
func Passes(t testing.TB, b *station.Bench, serial string) {
	t.Helper()
	if r := Provision(t.Context(), b, serial); r.Outcome != station.Pass {
		t.Fatalf("unit %s: %s %v %v", serial, r.Outcome, r.Findings, r.Fault)
	}
}

// Passed is a factory with the first n units passed.
func Passed(t testing.TB, n int) *dhr.DHR {
	t.Helper()
	d := Factory(t)
	for i := range n {
		if r := Provision(t.Context(), Bench(d, i), stationtest.Serial(i)); r.Outcome != station.Pass {
			t.Fatalf("unit %d: %s %v", i, r.Outcome, r.Fault)
		}
	}
	return d
}

// Try is one attempt at a unit, with what the operator does at the scan-back.
// Each answer is "right", "wrong", "reprint", "reprint by" and a person, or
// "give up".
func Try(t testing.TB, b *station.Bench, serial string, answers ...string) (station.Result, []string) {
	t.Helper()
	var label station.Label
	var said []string
	watch := func(e station.Event) {
		if e.Label != nil {
			label = e.Label
		}
		if e.Wrong != nil {
			said = append(said, string(e.Wrong.Code))
		}
	}
	scan := func(context.Context, int) (station.ScanAnswer, error) {
		if len(answers) == 0 {
			return station.ScanAnswer{}, station.ErrNoScan
		}
		a := answers[0]
		answers = answers[1:]
		switch a {
		case "right":
			return station.ScanAnswer{Text: label.Codes()[0].Payload, Proof: stationtest.Scanned}, nil
		case "wrong":
			return station.ScanAnswer{Text: "label of another unit"}, nil
		case "reprint":
			return station.ScanAnswer{Reprint: "smeared"}, nil
		}
		return station.ScanAnswer{Reprint: "smeared", Approver: a}, nil
	}
	return b.Provision(t.Context(), station.Job{Order: "WO-1", Serial: serial, By: "operator"}, scan, watch), said
}

// SecondOrder brings WO-2 in, another order of the same product.
func SecondOrder(t testing.TB, d *dhr.DHR) {
	t.Helper()
	o := stationtest.Order()
	o.ID, o.Lot = "WO-2", "L2604"
	Imported(t, "second order", func() (record.Import, error) { return d.ImportOrders(t.Context(), "quality", []station.Order{o}) })
}

// Succeeds fails where something was not done.
func Succeeds(t testing.TB) func(int64, error) {
	t.Helper()
	return func(leaf int64, err error) {
		t.Helper()
		if err != nil || leaf == 0 {
			t.Fatalf("leaf %d, %v", leaf, err)
		}
	}
}
