// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/stationtest"
)

func TestAUnitThatPassedHasItsRowsAndItsLeaves(t *testing.T) {
	d := dhrtest.Factory(t)
	got := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 1), stationtest.Serial(1))
	if got.Outcome != station.Pass || got.Leaf == 0 {
		t.Fatalf("outcome %q, fault %v (%v), steps %+v", got.Outcome, got.Fault, errors.Unwrap(got.Fault), got.Steps)
	}
	rec, err := d.Show(t.Context(), stationtest.Serial(1))
	stationtest.NoError(t, err)
	if rec.Disposition != station.Passed || len(rec.Bindings) != 1 || len(rec.Attempts) != 1 || len(rec.Prints) != 1 {
		t.Errorf("record %+v", rec)
	}
	if p := rec.Prints[0]; p.State != station.PrintVerified || p.N != 1 {
		t.Errorf("print %+v", p)
	}
	var acts []string
	for _, l := range rec.Leaves {
		var body struct{ What string }
		stationtest.NoError(t, json.Unmarshal(l.Body, &body))
		acts = append(acts, body.What)
	}
	if d := cmp.Diff([]string{"bind", "print", "print-sent", "complete"}, acts); d != "" {
		t.Error(d)
	}
	order, err := d.Order(t.Context(), "WO-1")
	if err != nil || order.Passed != 1 || order.Failed != 0 {
		t.Errorf("order %+v, %v", order, err)
	}
	dhrtest.Sound(t, d)
}

func TestAUnitThatPassedIsFound(t *testing.T) {
	d := dhrtest.Factory(t)
	dhrtest.Passes(t, dhrtest.Bench(d, 1), stationtest.Serial(1))
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
	dhrtest.Sound(t, d)
}
