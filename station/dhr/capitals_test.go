// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// anySerial is a factory with an order, WO-2, whose serials may be almost anything.
func anySerial(t *testing.T) *dhr.DHR {
	t.Helper()
	d := dhrtest.Open(t, filepath.Join(t.TempDir(), "dhr.db"), stationtest.NewClock())
	dhrtest.AddFactory(t, d)
	dhrtest.Imported(t, "product", func() (record.Import, error) {
		return d.ImportProductRows(t.Context(), "quality", dhrtest.ProductRows(with(stationtest.Product(), func(p *station.Product) { p.SerialPattern = `[^0-9].+` })))
	})
	dhrtest.Imported(t, "order", func() (record.Import, error) {
		return d.ImportOrders(t.Context(), "quality", []station.Order{{ID: "WO-2", REF: "CL-100", Lot: "L2604", Planned: 20}})
	})
	return d
}

func provisionForSecondOrder(t *testing.T, b *station.Bench, serial string) station.Result {
	t.Helper()
	scan, watch := stationtest.Scans()
	return b.Provision(t.Context(), station.Job{Order: "WO-2", Serial: serial, By: "operator"}, scan, watch)
}

func TestSerialsThatDifferInCapitalsOnlyAreOneUnit(t *testing.T) {
	d := anySerial(t)
	for n, serial := range []string{"CX-1", "straße-1"} {
		if r := provisionForSecondOrder(t, dhrtest.Bench(d, n), serial); r.Outcome != station.Pass {
			t.Fatal(r.Outcome, r.Fault, r.Findings)
		}
	}
	for n, c := range []struct{ serial, of string }{{"cx-1", "CX-1"}, {"Cx-1", "CX-1"}, {"STRASSE-1", "straße-1"}} {
		r := provisionForSecondOrder(t, dhrtest.Bench(d, 10+n), c.serial)
		if f := (station.Verdict{Findings: r.Findings}).First(); r.Outcome != station.Fail || f.Code != station.SerialOtherCase || f.Value != c.of {
			t.Errorf("%s: %s %+v %v", c.serial, r.Outcome, f, r.Fault)
		}
	}
	// Other capitals lead to the unit where it is only looked at.
	for _, serial := range []string{"cX-1", "CX-1"} {
		leadsTo(t, d, serial, "CX-1")
	}
	dhrtest.Sound(t, d)
	stationtest.NoError(t, d.Close())
	db, _ := storetest.Copy(t, d.Path())
	defer db.Close()
	const copied = `INSERT INTO units (serial, work_order, ref, version, disposition, made, leaf, folded) SELECT 'cx-1', work_order, ref, version, disposition, made, leaf, '%' FROM units WHERE serial = 'CX-1'`
	for folded, why := range map[string]string{"cx-1": "units.folded", "": "capitals only"} {
		if _, err := db.Exec(strings.Replace(copied, "%", folded, 1)); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("a second serial with the fold %q: %v", folded, err)
		}
	}
}

// leadsTo checks that a serial finds the unit of another, wherever one looks.
func leadsTo(t *testing.T, d *dhr.DHR, serial, unit string) {
	t.Helper()
	if u, err := d.Unit(t.Context(), serial); err != nil || u.Serial != unit {
		t.Errorf("%s: %q, %v", serial, u.Serial, err)
	}
	if rec, err := d.Show(t.Context(), serial); err != nil || rec.Serial != unit || len(rec.Bindings) != 1 {
		t.Errorf("%s: %q, %v", serial, rec.Serial, err)
	}
	if f, err := d.Find(t.Context(), serial); err != nil || len(f.Units) != 1 || f.Units[0].Serial != unit || f.Took != "serial" {
		t.Errorf("%s: %+v, %v", serial, f, err)
	}
}

// Two stations at once: the bind itself asks.
func TestASerialThatIsBoundMeanwhileInOtherCapitalsIsRefused(t *testing.T) {
	d := anySerial(t)
	b := dhrtest.Bench(d, 20)
	b.DUT = dutFunc(func(context.Context) (station.Reading, error) {
		if r := provisionForSecondOrder(t, dhrtest.Bench(d, 21), "RX-1"); r.Outcome != station.Pass {
			t.Error(r.Outcome, r.Fault)
		}
		return stationtest.Reading(20), nil
	})
	r := provisionForSecondOrder(t, b, "rx-1")
	if f := (station.Verdict{Findings: r.Findings}).First(); r.Outcome != station.Fail || f.Code != station.SerialOtherCase {
		t.Errorf("%s %+v %v", r.Outcome, f, r.Fault)
	}
	dhrtest.Sound(t, d)
}
