// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"errors"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func labels(t *testing.T, d *dhr.DHR) record.OrderLabels {
	t.Helper()
	a, err := d.Labels(t.Context(), "WO-1")
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheLabelsOfAnOrderAreAccountedFor(t *testing.T) {
	d := dhrtest.Factory(t)
	if a := labels(t, d); !a.Accounted || a.Printed != 0 || len(a.Units) != 0 {
		t.Errorf("before the first unit: %+v", a)
	}
	dhrtest.Try(t, dhrtest.Bench(d, 1), "CL-000001", "right")
	dhrtest.Try(t, dhrtest.Bench(d, 2), "CL-000002", "reprint", "right")
	noPaper := dhrtest.Bench(d, 3)
	paper := noPaper.Printer.(*stationtest.FakePrinter) // see stateOf
	paper.Err = station.NewFault(station.PrinterFault, "paper out", nil)
	dhrtest.Try(t, noPaper, "CL-000003")
	paper.Err = nil
	dhrtest.Try(t, noPaper, "CL-000003") // printed, not scanned back
	a := labels(t, d)
	want(t, "the order", a.LabelReconciliation, station.LabelReconciliation{Printed: 4, Applied: 2, Void: 1, Open: 1, Reprints: 1})
	want(t, "its units", a.Units, []record.UnitLabels{
		{Serial: "CL-000001", Disposition: station.Passed, LabelReconciliation: station.LabelReconciliation{Printed: 1, Applied: 1}},
		{Serial: "CL-000002", Disposition: station.Passed, LabelReconciliation: station.LabelReconciliation{Printed: 2, Applied: 1, Void: 1, Reprints: 1}},
		{Serial: "CL-000003", Disposition: station.InProcess, LabelReconciliation: station.LabelReconciliation{Printed: 1, Open: 1}},
	})
	want(t, "accounted for", a.Accounted, false)
	if _, err := d.Labels(t.Context(), "WO-9"); !errors.Is(err, store.ErrNotFound) {
		t.Error(err)
	}
}

func TestAnOpenLabelKeepsTheOrderOpenUntilItIsExplained(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx := t.Context()
	dhrtest.Try(t, dhrtest.Bench(d, 1), "CL-000001", "right")
	dhrtest.Try(t, dhrtest.Bench(d, 2), "CL-000002") // printed, not scanned back
	dhrtest.Imported(t, "people", func() (record.Import, error) {
		return d.ImportPeople(ctx, "admin", []station.Person{{ID: "q2", Name: "Q2", Badge: "B-q2", Role: station.Quality}})
	})
	scrap := record.MoveRequest{Serial: "CL-000002", To: station.Scrapped, By: "quality", Second: "q2", Reason: "dropped"}
	if _, err := d.Move(ctx, scrap); err != nil {
		t.Fatal(err)
	}
	closeIt := func() error { _, err := d.CloseOrder(ctx, "WO-1", "lead", "short"); return err }
	explain := func(by, reason string) error { _, err := d.ExplainLabels(ctx, "WO-1", by, reason); return err }

	want(t, "closing with an open label", refused(t, closeIt()), station.OrderNotReady)
	want(t, "an operator explains", refused(t, explain("operator", "x")), station.PersonNotAllowed)
	want(t, "no reason", refused(t, explain("lead", "")), station.ReasonMissing)
	if err := explain("lead", "scrapped with the unit"); err != nil {
		t.Fatal(err)
	}
	want(t, "explaining it twice", refused(t, explain("lead", "again")), station.NothingDue)
	a := labels(t, d)
	want(t, "accounted for", a.Accounted, true)
	want(t, "explained", []any{len(a.Explained), a.Explained[0].Account.Open, a.Explained[0].By}, []any{1, 1, "lead"})

	// Another open label is not what was explained.
	dhrtest.Try(t, dhrtest.Bench(d, 3), "CL-000003")
	want(t, "accounted for with another", labels(t, d).Accounted, false)
	dhrtest.Try(t, dhrtest.Bench(d, 3), "CL-000003", "right")
	want(t, "closing after the account has changed", refused(t, closeIt()), station.OrderNotReady)
	if err := explain("quality", "scrapped with the unit"); err != nil {
		t.Fatal(err)
	}
	if err := closeIt(); err != nil {
		t.Fatal(err)
	}
	dhrtest.Sound(t, d)
}

// "not sent: " is how the station says that a label never was.
func TestNobodyCanTalkALabelOutOfTheAccount(t *testing.T) {
	d := dhrtest.Passed(t, 1)
	_, err := d.Move(t.Context(), record.MoveRequest{
		Serial: stationtest.Serial(0), To: station.Reworked, By: "lead", Second: "quality", Reason: "not sent: really",
	})
	want(t, "refusal", refused(t, err), station.ReasonMissing)
	want(t, "printed", labels(t, d).Printed, 1)
}
