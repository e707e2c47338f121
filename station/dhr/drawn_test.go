// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// stickers draw what has no blank in it; each layout is noted that was tried.
type stickers struct{ tried *[]string }

func (stickers) SampleValues() station.LabelValues { return station.LabelValues{Lot: "L"} }

func (s stickers) TryLabel(layout []byte, v station.LabelValues) ([]station.LabelCode, string) {
	*s.tried = append(*s.tried, string(layout))
	if strings.Contains(v.REF+v.Product+v.Lot, " ") {
		return nil, "a blank"
	}
	return []station.LabelCode{{Kind: "code128", Payload: v.Serial}}, ""
}

// drawing is a factory whose imports are drawn from now on.
func drawing(t *testing.T) (d *dhr.DHR, tried *[]string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dhr.db")
	dhrtest.AddFactory(t, dhrtest.Open(t, path, stationtest.NewClock()))
	tried = &[]string{}
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.NewClock(), Station: "bench-1", Labels: stickers{tried}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, tried
}

func TestWhatNoLabelCanCarryDoesNotComeIn(t *testing.T) {
	d, tried := drawing(t)
	before := dhrtest.Sound(t, d)
	p, o := stationtest.Product(), stationtest.Order()
	own := record.NewLayout("own", []byte("a layout that comes along"))
	bad := func(got record.Import, err error) string {
		t.Helper()
		if err != nil || got.Added != 0 || len(got.Errors) != 1 || !strings.Contains(got.Errors[0].Message, "a blank") {
			t.Fatalf("%+v, %v", got, err)
		}
		return got.Errors[0].Column
	}
	if column := bad(d.ImportOrders(t.Context(), "quality", []station.Order{with(o, func(o *station.Order) { o.ID = "WO-2" }), with(o, func(o *station.Order) { o.ID, o.Lot = "WO-3", "L 1" })})); column != "lot" {
		t.Error(column)
	}
	if column := bad(d.ImportProductRows(t.Context(), "quality", []dhr.ProductRow{{Product: with(p, func(p *station.Product) { p.Name, p.Layout = "Cardio Link", "own" }), Layout: &own}})); column != "name" {
		t.Error(column)
	}
	if (*tried)[len(*tried)-1] != string(own.Text) {
		t.Errorf("%q", *tried)
	}
	if after := dhrtest.Sound(t, d); !cmp.Equal(after, before) {
		t.Errorf("a refused import left something: %+v, before %+v", after, before)
	}
}

func TestWhatTheRecordHasIsNotDrawnAgain(t *testing.T) {
	d, tried := drawing(t)
	for _, do := range []func() (record.Import, error){
		func() (record.Import, error) {
			return d.ImportOrders(t.Context(), "quality", []station.Order{stationtest.Order()})
		},
		func() (record.Import, error) {
			return d.ImportProductRows(t.Context(), "quality", dhrtest.ProductRows(stationtest.Product()))
		},
	} {
		if got, err := do(); err != nil || got.Added != 0 || len(got.Errors) > 0 {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if len(*tried) > 1 { // a product is drawn before its dialect is found by its name
		t.Errorf("%q", *tried)
	}
}

func TestALayoutComesInWithItsProductOrNotAtAll(t *testing.T) {
	d, tried := drawing(t)
	own := record.NewLayout("own", []byte("a layout that comes along"))
	row := dhr.ProductRow{Product: with(stationtest.Product(), func(p *station.Product) { p.REF, p.Layout = "NEW", "own" }), Layout: &own}
	other := dhr.ProductRow{Product: with(row.Product, func(p *station.Product) { p.REF, p.GTIN = "OTHER", "1" }), Layout: &own}
	layouts := func(want int) {
		t.Helper()
		if kept, err := d.Layouts(t.Context()); err != nil || len(kept) != want {
			t.Errorf("%+v, %v", kept, err)
		}
	}
	got, err := d.ImportProductRows(t.Context(), "quality", []dhr.ProductRow{row, other})
	if err != nil || len(got.Errors) != 1 || got.Errors[0] != (record.RowError{Row: 2, Column: "gtin", Message: got.Errors[0].Message}) {
		t.Fatalf("%+v, %v", got, err)
	}
	layouts(1)
	if got, err = d.ImportProductRows(t.Context(), "quality", []dhr.ProductRow{row}); err != nil || got.Added != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	p, err := d.Product(t.Context(), "NEW", 0)
	if err != nil || p.LayoutHash != own.Hash {
		t.Errorf("%+v, %v", p, err)
	}
	layouts(2)
	// An order is drawn by the layout of the version that it builds.
	*tried = nil
	o := with(stationtest.Order(), func(o *station.Order) { o.ID, o.REF = "WO-2", "NEW" })
	got, err = d.ImportOrders(t.Context(), "quality", []station.Order{o})
	if err != nil || got.Added != 1 || !cmp.Equal(*tried, []string{string(own.Text)}) {
		t.Errorf("%+v, %v, %q", got, err, *tried)
	}
	dhrtest.Sound(t, d)
}
