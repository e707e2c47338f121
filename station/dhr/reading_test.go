// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"testing"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// readAs makes a bench whose device says something else.
func readAs(b *station.Bench, n int, change func(r *station.Reading)) *station.Bench {
	r := stationtest.Reading(n)
	change(&r)
	b.DUT = stationtest.FakeDUT{Reading: r}
	return b
}

func TestAUnitWhoseModemIsSwitchedOffIsNotJudged(t *testing.T) {
	d := dhrtest.Factory(t)
	off := func(r *station.Reading) { r.SIM, r.ICCID, r.IMSI = station.SIMOff, "", "" }
	got := dhrtest.Provision(t.Context(), readAs(dhrtest.Bench(d, 1), 1, off), stationtest.Serial(1))
	if got.Outcome != station.Errored || got.Fault == nil || got.Fault.Code != station.ModemOff || len(got.Findings) > 1 {
		t.Errorf("%s %v %v", got.Outcome, got.Fault, got.Findings)
	}
	if got := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 1), stationtest.Serial(1)); got.Outcome != station.Pass {
		t.Errorf("switched on: %s %v %v", got.Outcome, got.Fault, got.Findings)
	}
	dhrtest.Sound(t, d)
}

func TestAnICCIDOfEighteenDigitsIsBound(t *testing.T) {
	const short = "899990000000001012"
	d := dhrtest.Factory(t)
	got := dhrtest.Provision(t.Context(), readAs(dhrtest.Bench(d, 1), 1, func(r *station.Reading) { r.ICCID = short }), stationtest.Serial(1))
	if got.Outcome != station.Pass || got.Unit.Binding.ICCID != short {
		t.Errorf("%s %v %v", got.Outcome, got.Fault, got.Findings)
	}
	dhrtest.Sound(t, d)
	if err := d.Close(); err != nil { // so that all of it is in the file
		t.Fatal(err)
	}
	db, _ := storetest.Copy(t, d.Path())
	defer db.Close()
	storetest.Exec(t, db, "DROP TRIGGER bindings_once")
	storetest.Exec(t, db, "UPDATE bindings SET iccid = '899990000000001020'")
	for _, bad := range []string{"89999000000000101", "899990000000001012345", "89999000000000101X"} {
		if _, err := db.Exec("UPDATE bindings SET iccid = ?", bad); err == nil {
			t.Errorf("the database takes %q", bad)
		}
	}
}

func TestTheNameThatTheProductListsIsBound(t *testing.T) {
	d := dhrtest.Factory(t)
	listed := stationtest.Reading(1).Model
	dhrtest.Imported(t, "version with a list of modules", func() (record.Import, error) {
		return d.ImportProductRows(t.Context(), "quality", dhrtest.ProductRows(with(stationtest.Product(), func(p *station.Product) { p.Modules = []string{listed} })))
	})
	dhrtest.Imported(t, "its order", func() (record.Import, error) {
		return d.ImportOrders(t.Context(), "quality", []station.Order{with(stationtest.Order(), func(o *station.Order) { o.ID = "WO-2" })})
	})
	b := readAs(dhrtest.Bench(d, 1), 1, func(r *station.Reading) { r.Model, r.OtherModels = listed+" LTE Module", []string{listed} })
	scan, watch := stationtest.Scans()
	got := b.Provision(t.Context(), station.Job{Order: "WO-2", Serial: stationtest.Serial(1), By: "operator"}, scan, watch)
	if got.Outcome != station.Pass || got.Unit.Binding.Model != listed {
		t.Errorf("%s %v %v", got.Outcome, got.Fault, got.Findings)
	}
	dhrtest.Sound(t, d)
}
