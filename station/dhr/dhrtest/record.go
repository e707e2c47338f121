// SPDX-License-Identifier: Apache-2.0

// Package dhrtest makes records to test with: furnished, with units in them,
// with a row in every table. Only tests import it.
package dhrtest

import (
	"context"
	"path/filepath"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// Open opens the record at path and closes it with the test.
func Open(t testing.TB, path string, clock station.Clock) *dhr.DHR {
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

// Factory is a new record with the factory of stationtest in it.
func Factory(t testing.TB) *dhr.DHR {
	t.Helper()
	d := Open(t, filepath.Join(t.TempDir(), "dhr.db"), stationtest.NewClock())
	AddFactory(t, d)
	return d
}

// AddFactory brings the factory of stationtest into a record.
func AddFactory(t testing.TB, d *dhr.DHR) {
	t.Helper()
	AddFactoryWithOrder(t, d, stationtest.Order())
}

// AddFactoryWithOrder does so with another order.
func AddFactoryWithOrder(t testing.TB, d *dhr.DHR, order station.Order) {
	t.Helper()
	AddFactoryWithLayout(t, d, order, stationtest.Layout)
}

// AddFactoryWithLayout does so with another text of the layout of its labels: one that
// can be drawn, for the programs.
func AddFactoryWithLayout(t testing.TB, d *dhr.DHR, order station.Order, layout string) {
	t.Helper()
	ctx := t.Context()
	if _, err := d.AddLayout(ctx, "quality", "device", []byte(layout)); err != nil {
		t.Fatal(err)
	}
	Imported(t, "dialects", func() (record.Import, error) {
		return d.ImportDialects(ctx, "quality", []record.DialectView{
			{Name: "quectel", Text: []byte(stationtest.Dialect)}, {Name: "auto", Text: station.DialectList(stationtest.Dialects())},
		})
	})
	for name, done := range map[string]func() (record.Import, error){
		"people": func() (record.Import, error) { return d.ImportPeople(ctx, "admin", stationtest.People()) },
		"products": func() (record.Import, error) {
			return d.ImportProductRows(ctx, "quality", ProductRows(stationtest.Product()))
		},
	} {
		Imported(t, name, done)
	}
	Imported(t, "allocations", func() (record.Import, error) {
		return d.ImportAllocations(ctx, "quality", []station.Allocation{stationtest.Allocation()})
	})
	Imported(t, "orders", func() (record.Import, error) {
		return d.ImportOrders(ctx, "quality", []station.Order{order})
	})
}

// ProductRows are products whose layouts and dialects the record has.
func ProductRows(products ...station.Product) []dhr.ProductRow {
	rows := make([]dhr.ProductRow, len(products))
	for i, p := range products {
		rows[i].Product = p
	}
	return rows
}

// Imported fails where an import brought nothing or left something out.
func Imported(t testing.TB, name string, do func() (record.Import, error)) {
	t.Helper()
	got, err := do()
	if err != nil || len(got.Errors) > 0 || got.Added == 0 {
		t.Fatalf("import %s: %+v, %v", name, got, err)
	}
}

// Sound checks that Verify finds nothing.
func Sound(t testing.TB, d *dhr.DHR) record.VerifyReport {
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

// Written makes a furnished record and closes it.
func Written(t testing.TB, clock station.Clock) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "dhr.db")
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	AddFactory(t, d)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// NewRecord is a record in a folder of its own with one leaf in it, and the folder
// for its backups.
func NewRecord(t testing.TB, clock station.Clock) (d *dhr.DHR, folder string) {
	t.Helper()
	dir := t.TempDir()
	d, err := dhr.Open(t.Context(), filepath.Join(dir, "dhr.db"), dhr.Options{Clock: clock, Station: "bench-1"})
	stationtest.NoError(t, err)
	t.Cleanup(func() { d.Close() }) //nolint:errcheck // a test may have closed it
	_, err = d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout))
	stationtest.NoError(t, err)
	return d, filepath.Join(dir, "backups")
}
