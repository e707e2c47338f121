// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/stationtest"
)

// build takes the n-th unit through an order and lists what it warned of.
func build(t *testing.T, d *dhr.DHR, order string, n int) (warned []string) {
	t.Helper()
	scan, watch := stationtest.Scans()
	r := dhrtest.Bench(d, n).Provision(t.Context(), station.Job{Order: order, Serial: stationtest.Serial(n), By: "operator"}, scan, watch)
	if r.Outcome != station.Pass {
		t.Fatalf("unit %d of %s: %s %v %v", n, order, r.Outcome, r.Fault, r.Findings)
	}
	for _, f := range r.Findings {
		if f.Level == station.LevelWarn {
			warned = append(warned, string(f.Code)+" "+f.Value)
		}
	}
	return warned
}

// due is the order that the line must be cleared of before another.
func due(t *testing.T, d *dhr.DHR, order string) string {
	t.Helper()
	before, due, err := d.ClearanceDue(t.Context(), order)
	if err != nil || due != (before != "") {
		t.Fatal(before, due, err)
	}
	return before
}

func TestTheLineIsClearedBeforeAnotherOrder(t *testing.T) {
	d := dhrtest.Factory(t)
	dhrtest.SecondOrder(t, d)
	want(t, "due before the first order of a station", due(t, d, "WO-1"), "")
	want(t, "warnings of the first order", build(t, d, "WO-1", 1), []string(nil))
	want(t, "due within an order", due(t, d, "WO-1"), "")
	want(t, "due before the second order", due(t, d, "WO-2"), "WO-1")
	if _, err := d.ClearLine(t.Context(), "WO-2", "operator", 0, ""); err != nil {
		t.Fatal(err)
	}
	want(t, "due after it was cleared", due(t, d, "WO-2"), "")
	want(t, "due before going back", due(t, d, "WO-1"), "WO-2")
	want(t, "warnings after it was cleared", build(t, d, "WO-2", 2), []string(nil))
	list, err := d.Clearances(t.Context(), "WO-2")
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	c := list[0]
	want(t, "the record", []any{c.Station, c.Before, c.After, *c.Leftover, c.By}, []any{"bench-1", "WO-1", "WO-2", 0, "operator"})
	dhrtest.Sound(t, d)
}

// What the command line lets through stays due until somebody has counted.
func TestALineThatWasNotClearedStaysDue(t *testing.T) {
	d := dhrtest.Factory(t)
	dhrtest.SecondOrder(t, d)
	build(t, d, "WO-1", 1)
	want(t, "warnings of the first unit", build(t, d, "WO-2", 2), []string{"line-clearance-due WO-1"})
	want(t, "warnings of the second unit", build(t, d, "WO-2", 3), []string{"line-clearance-due WO-1"})
	if list, err := d.Clearances(t.Context(), "WO-2"); err != nil || len(list) != 1 || list[0].Leftover != nil {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := d.ClearLine(t.Context(), "WO-2", "lead", 0, "counted late"); err != nil {
		t.Fatal(err)
	}
	want(t, "warnings once it was cleared", build(t, d, "WO-2", 4), []string(nil))
	dhrtest.Sound(t, d)
}

func TestAnotherStationHasALineOfItsOwn(t *testing.T) {
	d := dhrtest.Factory(t)
	dhrtest.SecondOrder(t, d)
	build(t, d, "WO-1", 1)
	other := openAs(t, d.Path(), "bench-2")
	if _, err := other.EnrolKey(t.Context(), "admin", "a second bench"); err != nil {
		t.Fatal(err)
	}
	want(t, "due at the other station", due(t, other, "WO-2"), "")
	want(t, "due at the first", due(t, d, "WO-2"), "WO-1")
}

func TestAUnitThatGotNoLabelDoesNotTakeTheLine(t *testing.T) {
	d := dhrtest.Factory(t)
	dhrtest.SecondOrder(t, d)
	build(t, d, "WO-1", 1)
	r := dhrtest.Bench(d, 1).Provision(t.Context(), station.Job{Order: "WO-2", Serial: stationtest.Serial(2), By: "operator"}, nil, nil)
	want(t, "an IMEI in use", r.Outcome, station.Fail)
	want(t, "due for the order that goes on", due(t, d, "WO-1"), "")
}

func TestWhoMayClearALine(t *testing.T) {
	d := dhrtest.Factory(t)
	dhrtest.SecondOrder(t, d)
	build(t, d, "WO-1", 1)
	for _, c := range []struct {
		name     string
		order    string
		by       string
		leftover int
		reason   string
		want     station.Code // "" when it is done
	}{
		{"an order that there is not", "WO-9", "operator", 0, "", station.OrderUnknown},
		{"an auditor", "WO-2", "auditor", 0, "", station.PersonNotAllowed},
		{"nobody", "WO-2", "", 0, "", station.PersonUnknown},
		{"an operator with labels left", "WO-2", "operator", 2, "destroyed", station.PersonNotAllowed},
		{"a lead with labels left and no reason", "WO-2", "lead", 2, " ", station.ReasonMissing},
		{"the order that the line stands for", "WO-1", "operator", 0, "", station.NothingDue},
		{"a lead with labels left and a reason", "WO-2", "lead", 2, "two smeared ones, destroyed", ""},
		{"a second time", "WO-2", "lead", 0, "", station.NothingDue},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := d.ClearLine(t.Context(), c.order, c.by, c.leftover, c.reason)
			if c.want == "" && err != nil {
				t.Fatal(err)
			}
			if c.want != "" {
				want(t, "refusal", refused(t, err), c.want)
			}
		})
	}
	if _, err := d.ClearLine(t.Context(), "WO-2", "lead", -1, "x"); err == nil {
		t.Error("fewer than no labels were counted")
	}
	dhrtest.Sound(t, d)
}

// The tables hold by themselves what the program promises.
func TestTheDatabaseKeepsClearancesAndExplanations(t *testing.T) {
	db, _ := storetest.Copy(t, dhrtest.FullRecord(t))
	defer db.Close()
	for name, s := range map[string]string{
		"a count that is changed":        "UPDATE clearances SET leftover = 1, reason = 'x' WHERE leftover IS NOT NULL",
		"a count for another order":      "UPDATE clearances SET order_before = 'WO-9' WHERE leftover IS NULL",
		"a count that nobody made":       "UPDATE clearances SET leftover = 0, at = '2026-03-02T07:00:00.000Z' WHERE leftover IS NULL",
		"labels left without a reason":   "UPDATE clearances SET leftover = 1, at = '2026-03-02T07:00:00.000Z', person = 'lead' WHERE leftover IS NULL",
		"a clearance that is deleted":    "DELETE FROM clearances",
		"an explanation that is changed": "UPDATE explanations SET reason = 'x'",
		"an explanation that is deleted": "DELETE FROM explanations",
	} {
		if _, err := db.Exec(s); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	// The same with a person and a reason is how a line is cleared.
	storetest.Exec(t, db, "UPDATE clearances SET leftover = 1, at = '2026-03-02T07:00:00.000Z', person = 'lead', reason = 'x' WHERE leftover IS NULL")
}
