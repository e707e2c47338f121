// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// comparison is one that was made of a list by somebody.
func comparison(by, name string) record.Reconciliation {
	return record.Reconciliation{
		File: "sims-" + stationtest.IMEI(1) + ".csv", Hash: strings.Repeat("ab", 32), By: by,
		Mapping: reconcile.Mapping{Name: name, Columns: []reconcile.Column{{Role: reconcile.RoleICCID, Name: "Card", At: 2}}, States: map[string]bool{"on": true}},
		Totals: reconcile.Totals{
			Issuers: []string{"8988239"}, Rows: 3, Missing: 1, Unread: 1, Counts: map[reconcile.Class]int{reconcile.Match: 2, reconcile.Malformed: 1},
		},
	}
}

func TestAComparisonIsKeptWithItsMappingAndEntries(t *testing.T) {
	d := dhrtest.Factory(t)
	r := comparison("quality", "our own")
	run, leaf, err := d.RecordReconciliation(t.Context(), r, []byte("packed"))
	if err != nil || run != 1 {
		t.Fatalf("%d, %v", run, err)
	}
	if _, _, err := d.RecordReconciliation(t.Context(), comparison("account:me", ""), []byte("later")); err != nil {
		t.Fatal(err)
	}
	list, err := d.Reconciliations(t.Context())
	if err != nil || len(list) != 2 || list[1].At.IsZero() {
		t.Fatalf("%+v, %v", list, err)
	}
	r.Run, r.Leaf, r.At, r.File = run, leaf, list[1].At, "sims-•••••••••••0016.csv"
	if d := cmp.Diff(r, list[1]); d != "" {
		t.Error(d)
	}
	if m, err := d.SavedMapping(t.Context(), "our own"); err != nil || cmp.Diff(r.Mapping, m) != "" {
		t.Errorf("%+v, %v", m, err)
	}
	if e, err := d.ReconciliationEntries(t.Context(), run); err != nil || string(e) != "packed" {
		t.Errorf("%q, %v", e, err)
	}
	_, err = d.SavedMapping(t.Context(), "another")
	_, unkept := d.ReconciliationEntries(t.Context(), 7)
	if !errors.Is(err, dhr.ErrNotFound) || !errors.Is(unkept, dhr.ErrNotFound) {
		t.Errorf("%v, %v", err, unkept)
	}
	dhrtest.Sound(t, d)
}

func TestNoComparisonIsKeptUnderANameThatStandsInNoList(t *testing.T) {
	d := dhrtest.Factory(t)
	for _, name := range []string{"of " + stationtest.IMEI(1), "two\nlines"} {
		_, _, err := d.RecordReconciliation(t.Context(), comparison("quality", name), []byte("packed"))
		if why := (*reconcile.CompareError)(nil); !errors.As(err, &why) || err.Error() != reconcile.CheckName(name).Error() {
			t.Errorf("%q: %v", name, err)
		}
	}
	if list, err := d.Reconciliations(t.Context()); err != nil || len(list) > 0 {
		t.Errorf("kept %+v, %v", list, err)
	}
	dhrtest.Sound(t, d)
}

func TestNobodyComparesAListWhoMayNotExport(t *testing.T) {
	d := dhrtest.Factory(t)
	for _, p := range stationtest.People() {
		_, _, err := d.RecordReconciliation(t.Context(), comparison(p.ID, ""), []byte("packed"))
		if may := station.Allow(p, station.MayExport) == nil; may != (err == nil) {
			t.Errorf("%s: %v", p.Role, err)
		}
	}
	dhrtest.Sound(t, d)
}

func TestNumbersAreWrittenWholeOnlyForWhoMaySeeThemSoAndForAReason(t *testing.T) {
	d := dhrtest.Factory(t)
	for _, p := range stationtest.People() {
		if station.Allow(p, station.MayExport) != nil {
			continue
		}
		r := comparison(p.ID, "")
		r.Whole = true
		_, _, blank := d.RecordReconciliation(t.Context(), r, []byte("packed"))
		r.Why = "to have them suspended"
		_, leaf, err := d.RecordReconciliation(t.Context(), r, []byte("packed"))
		if may := station.Allow(p, station.MayReveal) == nil; may != (err == nil) || blank == nil {
			t.Errorf("%s: %v, without a reason %v", p.Role, err, blank)
		} else if may && leaf == 0 {
			t.Errorf("%s: no leaf", p.Role)
		}
	}
	dhrtest.Sound(t, d)
}
