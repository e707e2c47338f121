// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/verify"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/report/bundle"
	"bindery/station/stationtest"
	"bindery/ui/auditor"
)

// withUnit is a station whose record has one unit that passed.
func withUnit(t *testing.T) *App {
	t.Helper()
	b := &App{settings: Settings{DB: filepath.Join(t.TempDir(), "bindery.db"), Station: "Station 3"}}
	var err error
	if b.dhr, err = wire.Open(t.Context(), b.settings.DB, dhr.Options{Station: b.settings.Station}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	text, err := os.ReadFile("../../../labels/layouts/device-50x25.toml")
	if err == nil {
		_, err = b.dhr.AddLayout(t.Context(), "quality", "device", text)
	}
	if err != nil {
		t.Fatal(err)
	}
	fill(t, b.dhr)
	scan, watch := stationtest.Scans()
	one := &station.Bench{
		DUT: stationtest.FakeDUT{Reading: stationtest.Reading(1)}, Records: b.dhr, Binder: b.dhr, Prints: b.dhr,
		Labels: stationtest.Labels{}, Printer: &stationtest.FakePrinter{}, Clock: wire.SystemClock{}, Dialects: stationtest.Dialects(),
	}
	if got := one.Provision(t.Context(), station.Job{Order: "WO-1", Serial: stationtest.Serial(1), By: "operator"}, scan, watch); got.Outcome != station.Pass {
		t.Fatal(got.Outcome, got.Fault)
	}
	return b
}

// fill gives a record what one order needs.
func fill(t *testing.T, d *dhr.DHR) {
	t.Helper()
	for _, add := range []func(context.Context) (record.Import, error){
		func(ctx context.Context) (record.Import, error) {
			return d.ImportDialects(ctx, "", []record.DialectView{
				{Name: "quectel", Text: []byte(stationtest.Dialect)}, {Name: "auto", Text: station.DialectList(stationtest.Dialects())},
			})
		},
		func(ctx context.Context) (record.Import, error) {
			return d.ImportPeople(ctx, "", stationtest.People())
		},
		func(ctx context.Context) (record.Import, error) {
			return d.ImportProductRows(ctx, "quality", dhrtest.ProductRows(stationtest.Product()))
		},
		func(ctx context.Context) (record.Import, error) {
			return d.ImportAllocations(ctx, "quality", []station.Allocation{stationtest.Allocation()})
		},
		func(ctx context.Context) (record.Import, error) {
			return d.ImportOrders(ctx, "quality", []station.Order{stationtest.Order()})
		},
	} {
		if done, err := add(t.Context()); err != nil || len(done.Errors) > 0 {
			t.Fatal(done, err)
		}
	}
}

func leaves(t *testing.T, b *App) int64 {
	t.Helper()
	v, err := verify.Record(t.Context(), b.dhr, nil)
	if err != nil || !v.OK {
		t.Fatal(v, err)
	}
	return v.Leaves
}

// Nothing in the audit room writes but the two that say who took what. A
// function that is added must be added here too.
func TestTheAuditRoomWritesNothingButWhoTookWhat(t *testing.T) {
	b := withUnit(t)
	a, ctx := b.auditService(), t.Context()
	unit := record.Node{Kind: record.KindUnit, Name: stationtest.Serial(1)}
	ask := map[string]func() error{
		"ReadPage":   func() error { _, err := a.ReadPage(ctx, unit); return err },
		"Links":      func() error { _, _, err := a.Links(ctx, unit, 0, 100); return err },
		"Verify":     func() error { _, err := a.Verify(ctx, nil); return err },
		"RevealPage": func() error { _, err := a.RevealPage(ctx, "auditor", unit); return err },
		"HandOver": func() error {
			_, err := a.HandOver(ctx, auditor.BundleJob{By: "auditor", Units: unit, Folder: t.TempDir()}, nil)
			return err
		},
	}
	writes := map[string]int64{"RevealPage": 1, "HandOver": 3} // the others are that of the checkpoint, and what the export came to
	for i := range reflect.TypeFor[auditor.Services]().NumField() {
		f := reflect.TypeFor[auditor.Services]().Field(i)
		if f.Type.Kind() != reflect.Func {
			continue
		}
		if ask[f.Name] == nil {
			t.Errorf("%s is new in the room, and this test does not know it", f.Name)
			continue
		}
		before := leaves(t, b)
		if err := ask[f.Name](); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
		if wrote := leaves(t, b) - before; wrote != writes[f.Name] {
			t.Errorf("%s wrote %d leaves, not %d", f.Name, wrote, writes[f.Name])
		}
	}
}

// The record may have been named from where the program was started.
func TestWhatIsHandedOverGoesBesideTheRecordHoweverThatWasNamed(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, db := range []string{"record.db", filepath.Join("factory", "record.db")} {
		b := &App{settings: Settings{DB: db}}
		want, err := filepath.Abs(filepath.Join(filepath.Dir(db), "exports"))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := b.exportsTo(b.exports()); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", db, got, err, want)
		}
	}
}

func TestAHandOverMakesABundleThatProvesItself(t *testing.T) {
	b := withUnit(t)
	for _, p := range []record.Node{
		{Kind: record.KindUnit, Name: stationtest.Serial(1)}, {Kind: record.KindOrder, Name: "WO-1"}, {Kind: record.KindLot, Name: "L2603"},
		{Kind: record.KindDates, Name: "2020-01-01/2099-12-31"},
	} {
		made, err := b.handOver(t.Context(), auditor.BundleJob{By: "auditor", Units: p, Folder: "exports"}, nil)
		if err != nil {
			t.Fatalf("%v: %v", p, err)
		}
		if !strings.HasPrefix(made.File, filepath.Join(filepath.Dir(b.settings.DB), "exports", string(p.Kind)+"-")) || made.Units != 1 {
			t.Errorf("%+v", made)
		}
		if got, err := bundle.Verify(t.Context(), made.File, made.Key); err != nil || !got.OK || !got.KeyGiven {
			t.Errorf("%v: %+v, %v", p, got, err)
		}
	}
}

func TestAHandOverThatIsGivenUpLeavesNoFile(t *testing.T) {
	b := withUnit(t)
	ctx, cancel := context.WithCancel(t.Context())
	folder := t.TempDir()
	_, err := b.handOver(ctx, auditor.BundleJob{By: "auditor", Units: record.Node{Kind: record.KindLot, Name: "L2603"}, Folder: folder}, func(_, _ int64) { cancel() })
	if err == nil {
		t.Error("it was made all the same")
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

// Nobody but those who may take records with them does.
func TestAnOperatorTakesNothing(t *testing.T) {
	b := withUnit(t)
	folder := t.TempDir()
	if _, err := b.handOver(t.Context(), auditor.BundleJob{By: "operator", Units: record.Node{Kind: record.KindLot, Name: "L2603"}, Folder: folder}, nil); err == nil {
		t.Error("an operator took a lot")
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

func TestTheNameOfABundleHasNoIdentity(t *testing.T) {
	for name, want := range map[string]string{"CL-000101": "unit-CL-000101-", "../A b": "unit-..", stationtest.IMEI(1): "unit-masked-"} {
		if got := bundleName(record.Node{Kind: record.KindUnit, Name: name}, stationtest.Start); !strings.HasPrefix(got, want) || strings.ContainsAny(got, "/ ") || identity.HasIdentity(got) {
			t.Errorf("%q gives %q", name, got)
		}
	}
}
