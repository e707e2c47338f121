// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func imei(n int) identity.IMEI   { return identity.IMEI(stationtest.IMEI(n)) }
func iccid(n int) identity.ICCID { return identity.ICCID(stationtest.ICCID(n)) }

// with is v after one change.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// refused is the code of the refusal that err must be.
func refused(t *testing.T, err error) station.Code {
	t.Helper()
	var r *station.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("%v is no refusal", err)
	}
	return r.Finding.Code
}

// isRefused checks for what a refusal is that err must be.
func isRefused(t *testing.T, what string, err error, want station.Code) {
	t.Helper()
	if code := refused(t, err); code != want {
		t.Errorf("%s: %s, want %s", what, code, want)
	}
}

// bring is an import of one kind.
func bring[T any](rows []T, do func(*dhr.DHR, context.Context, string, []T) (record.Import, error)) func(*dhr.DHR) (record.Import, error) {
	return func(d *dhr.DHR) (record.Import, error) { return do(d, context.Background(), "admin", rows) }
}

// importOf is an import of a good row and of one more, which is a good one changed.
func importOf[T any](good T, one, other func(*T), do func(*dhr.DHR, context.Context, string, []T) (record.Import, error)) func(*dhr.DHR) (record.Import, error) {
	return bring([]T{with(good, one), with(good, other)}, do)
}

func badAllocation(change func(*station.Allocation)) func(*dhr.DHR) (record.Import, error) {
	return importOf(stationtest.Allocation(), func(a *station.Allocation) { a.TAC = "35812317" }, change, (*dhr.DHR).ImportAllocations)
}

func badProduct(change func(*station.Product)) func(*dhr.DHR) (record.Import, error) {
	rows := dhrtest.ProductRows(with(stationtest.Product(), func(p *station.Product) { p.REF = "NEW" }), with(stationtest.Product(), change))
	return bring(rows, (*dhr.DHR).ImportProductRows)
}

func badOrder(change func(*station.Order)) func(*dhr.DHR) (record.Import, error) {
	return importOf(stationtest.Order(), func(o *station.Order) { o.ID = "WO-2" }, change, (*dhr.DHR).ImportOrders)
}

func badPerson(p station.Person) func(*dhr.DHR) (record.Import, error) {
	return bring([]station.Person{{ID: "new", Name: "New", Badge: "B-new", Role: station.Operator}, p}, (*dhr.DHR).ImportPeople)
}

var badImports = []struct {
	name, want string
	do         func(*dhr.DHR) (record.Import, error)
}{
	{"a range that overlaps by one number", "overlaps", badAllocation(func(a *station.Allocation) { a.From, a.To = 199999, 200005 })},
	{"the same range for another owner", "overlaps", badAllocation(func(a *station.Allocation) { a.Owner = "maker" })},
	{"a TAC for test equipment", "kept for test", badAllocation(func(a *station.Allocation) { a.TAC = "00499901" })},
	{"seven digits", "eight digits", badAllocation(func(a *station.Allocation) { a.TAC = "3581230" })},
	{"an SNR too large", "0 to 999999", badAllocation(func(a *station.Allocation) { a.From, a.To = 200000, 1000000 })},
	{"a range that ends before it begins", "0 to 999999", badAllocation(func(a *station.Allocation) { a.From, a.To = 300000, 200000 })},
	{"a range for no product", `no product "XX"`, badAllocation(func(a *station.Allocation) { a.TAC, a.Product = "35812325", "XX" })},
	{"a product without REF", "no REF", badProduct(func(p *station.Product) { p.REF = "" })},
	{"a serial pattern that is none", "regular expression", badProduct(func(p *station.Product) { p.SerialPattern = "(" })},
	{"a GTIN with a wrong check digit", "gtin-check-digit", badProduct(func(p *station.Product) { p.GTIN = "09506000134353" })},
	{"a layout that is not there", "no layout", badProduct(func(p *station.Product) { p.Layout = "carton" })},
	{"a version that leaves one out", "next version of product CL-100 is 2", badProduct(func(p *station.Product) { p.Name, p.Version = "X", 3 })},
	{"an order for no product", "no product", badOrder(func(o *station.Order) { o.ID, o.REF = "WO-3", "XX" })},
	{"an order for no version", "no product", badOrder(func(o *station.Order) { o.ID, o.Version = "WO-3", 7 })},
	{"an order of nothing", "at least 1", badOrder(func(o *station.Order) { o.ID, o.Planned = "WO-3", 0 })},
	{"an order that changed", "other values", badOrder(func(o *station.Order) { o.Planned = 21 })},
	{"a person who changed", "other values", badPerson(station.Person{ID: "lead", Name: "The lead", Badge: "B-lead", Role: station.Admin})},
	{"a badge of another", "belongs to lead", badPerson(station.Person{ID: "eve", Name: "Eve", Badge: "B-lead", Role: station.Operator})},
	{"a role that is none", "not a role", badPerson(station.Person{ID: "eve", Name: "Eve", Badge: "B-eve", Role: "boss"})},
}

func TestImportsNameTheirBadRowsAndAddNothing(t *testing.T) {
	d := dhrtest.Factory(t)
	before := dhrtest.Sound(t, d)
	for _, c := range badImports {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.do(d)
			if err != nil || got.Added != 0 || len(got.Errors) != 1 || got.Errors[0].Row != 2 {
				t.Fatalf("%+v, %v; want row 2 alone", got, err)
			}
			if !strings.Contains(got.Errors[0].Message, c.want) {
				t.Errorf("%q, want %q", got.Errors[0].Message, c.want)
			}
		})
	}
	if after := dhrtest.Sound(t, d); !cmp.Equal(after, before) {
		t.Errorf("a refused import left something: %+v, before %+v", after, before)
	}
}

func TestTheSameRowAgainAddsNothing(t *testing.T) {
	d := dhrtest.Factory(t)
	before := dhrtest.Sound(t, d)
	for name, do := range map[string]func(*dhr.DHR) (record.Import, error){
		"people":      bring(stationtest.People(), (*dhr.DHR).ImportPeople),
		"products":    bring(dhrtest.ProductRows(stationtest.Product()), (*dhr.DHR).ImportProductRows),
		"allocations": bring([]station.Allocation{stationtest.Allocation()}, (*dhr.DHR).ImportAllocations),
		"orders":      bring([]station.Order{stationtest.Order()}, (*dhr.DHR).ImportOrders),
	} {
		if got, err := do(d); err != nil || got.Added != 0 || len(got.Errors) != 0 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if after := dhrtest.Sound(t, d); !cmp.Equal(after, before) {
		t.Errorf("%+v, before %+v", after, before)
	}
}

func TestAChangedProductIsANewVersionAndOrdersKeepTheirs(t *testing.T) {
	d := dhrtest.Factory(t)
	got, err := d.ImportProductRows(t.Context(), "quality", dhrtest.ProductRows(with(stationtest.Product(), func(p *station.Product) { p.Name = "CardioLink 2" })))
	if err != nil || got.Added != 1 {
		t.Fatal(got, err)
	}
	newest, err := d.Product(t.Context(), "CL-100", 0)
	if err != nil || newest.Version != 2 || newest.Name != "CardioLink 2" {
		t.Errorf("%+v, %v", newest, err)
	}
	if o, err := d.Order(t.Context(), "WO-1"); err != nil || o.Version != 1 {
		t.Errorf("%+v, %v", o, err)
	}
}

func TestAFaultSaysWhatIsWrongWithTheFile(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, path string)
		want station.Code
	}{
		{"a file that is no database", func(t *testing.T, path string) { storetest.Write(t, path, strings.Repeat("not a database. ", 100)) }, station.RecordDamaged},
		{"a database of another program", func(t *testing.T, path string) { storetest.ExecFile(t, path, "CREATE TABLE notes (x)") }, station.RecordNotOurs},
		{"another program's mark", func(t *testing.T, path string) { storetest.ExecFile(t, path, "PRAGMA application_id = 7") }, station.RecordNotOurs},
		{"a record of a newer program", func(t *testing.T, path string) {
			d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.NewClock()})
			if err != nil {
				t.Fatal(err)
			}
			d.Close() // only to let the file go
			storetest.ExecFile(t, path, "PRAGMA user_version = 999")
		}, station.RecordNewer},
		{"a folder that is not there", func(*testing.T, string) {}, station.RecordReadOnly},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "dhr.db")
			if c.want == station.RecordReadOnly {
				path = filepath.Join(path, "none", "dhr.db")
			}
			c.make(t, path)
			_, err := dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.NewClock()})
			var f *station.Fault
			if !errors.As(err, &f) || f.Code != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		})
	}
}
