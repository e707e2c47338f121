// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"errors"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestAnApprovalIsOverTheDialectOfTheProduct(t *testing.T) {
	d := dhrtest.Factory(t)
	approve(t, d)
	p, err := d.Product(t.Context(), "CL-100", 1)
	if err != nil || p.DialectHash != record.NewDialect("auto", station.DialectList(stationtest.Dialects())).Hash {
		t.Fatalf("%q, %v", p.DialectHash, err)
	}
	list, err := d.Signatures(t.Context(), "product:CL-100/1")
	if err != nil || !strings.Contains(list[0].Statement, `"dialect_hash":"`+p.DialectHash+`"`) {
		t.Errorf("%+v, %v", list, err)
	}
	build(t, d, "WO-1", 1)

	// Another text under the same name, and one that another product may use.
	for n, text := range []string{"a changed dialect", stationtest.Dialect} {
		b, r := dhrtest.Bench(d, 2+n), stationtest.Reading(2+n)
		r.DialectHash = record.NewDialect("quectel", []byte(text)).Hash
		if text == stationtest.Dialect {
			r.Dialect = "telit"
		}
		b.DUT = stationtest.FakeDUT{Reading: r}
		got := dhrtest.Provision(t.Context(), b, stationtest.Serial(2+n))
		if got.Outcome != station.Errored || got.Fault.Code != station.DialectNotApproved {
			t.Errorf("%s: %s %v %v", text, got.Outcome, got.Fault, got.Findings)
		}
		if _, err := d.Unit(t.Context(), stationtest.Serial(2+n)); err == nil {
			t.Error("a unit was made")
		}
	}
	dhrtest.Sound(t, d)
}

// otherDialect is a factory with a second version of its product, which speaks
// a dialect of its own.
func otherDialect(t *testing.T) (*dhr.DHR, station.Product) {
	t.Helper()
	d, ctx := dhrtest.Factory(t), t.Context()
	dhrtest.Imported(t, "dialect", func() (record.Import, error) {
		return d.ImportDialects(ctx, "quality", []record.DialectView{acmeDialect})
	})
	dhrtest.Imported(t, "product", func() (record.Import, error) {
		return d.ImportProductRows(ctx, "quality", dhrtest.ProductRows(with(stationtest.Product(), func(p *station.Product) { p.Dialect = "acme" })))
	})
	p, err := d.Product(ctx, "CL-100", 0)
	stationtest.NoError(t, err)
	return d, p
}

var acmeDialect = record.NewDialect("acme", []byte("what ACME says"))

func TestAnotherDialectIsAnotherVersionOfTheProduct(t *testing.T) {
	d, p := otherDialect(t)
	ctx := t.Context()
	if p.Version != 2 || p.DialectHash != acmeDialect.Hash {
		t.Errorf("%+v", p)
	}
	sheet, err := d.ProductView(ctx, "CL-100", 2)
	if err != nil || len(sheet.Dialects) != 1 || string(sheet.Dialects[0].Text) != "what ACME says" {
		t.Errorf("%+v, %v", sheet.Dialects, err)
	}
	if list, err := d.DialectsOf(ctx, with(p, func(p *station.Product) { p.DialectHash = "" })); err != nil || len(list) != 0 {
		t.Errorf("a version without a hash is read by %v, %v", list, err)
	}
	got, err := d.ImportProductRows(ctx, "quality", dhrtest.ProductRows(with(p, func(p *station.Product) { p.Version, p.Dialect, p.DialectHash = 0, "klingon", "" })))
	if err != nil || len(got.Errors) != 1 || !strings.Contains(got.Errors[0].Message, `no dialect that the record has ("klingon")`) {
		t.Errorf("%+v, %v", got, err)
	}
	dhrtest.Sound(t, d)
}

func TestADeviceIsNotAskedByADialectThatWasTamperedWith(t *testing.T) {
	d, p := otherDialect(t)
	stationtest.NoError(t, d.Close())
	for _, table := range []string{"acme", "auto"} {
		forged, err := storetest.Forge(t, d.Path(), `UPDATE dialects SET text = CAST(text || ' ' AS BLOB) WHERE name = '`+table+`'`)
		stationtest.NoError(t, err)
		list, err := dhrtest.Open(t, forged, stationtest.NewClock()).DialectsOf(t.Context(), with(p, func(p *station.Product) {
			if table == "auto" {
				p.DialectHash = record.NewDialect("auto", station.DialectList(stationtest.Dialects())).Hash
			}
		}))
		var f *station.Fault
		if !errors.As(err, &f) || f.Code != station.RecordDamaged {
			t.Errorf("%s: %v, %v", table, list, err)
		}
	}
}

func TestTheDatabaseKeepsDialectsAsTheyAre(t *testing.T) {
	d, _ := otherDialect(t)
	stationtest.NoError(t, d.Close())
	db, _ := storetest.Copy(t, d.Path())
	defer db.Close()
	for do, why := range map[string]string{
		`INSERT INTO products (ref, version, name, gtin, maker, serial_pattern, modules, firmware, dialect, sim, imeis, market, layout, layout_hash, warn_free, leaf)
			SELECT ref, 3, name, gtin, maker, serial_pattern, modules, firmware, dialect, sim, imeis, market, layout, layout_hash, warn_free, leaf
			FROM products WHERE version = 2`: "names the hash of its dialect",
		`UPDATE dialects SET name = 'quectel' WHERE name = 'acme'`: "never changed",
		`DELETE FROM dialects`: "never deleted",
		`UPDATE products SET dialect_hash = '' WHERE version = 2`: "never changed",
	} {
		if _, err := db.Exec(do); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, want %q", do, err, why)
		}
	}
}
