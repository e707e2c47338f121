// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// proven is one attempt whose scan-back is right and came in a certain way.
func proven(t *testing.T, b *station.Bench, serial string, how station.ScanProof) station.Result {
	t.Helper()
	scan, watch := stationtest.Scans()
	asked := false
	return b.Provision(t.Context(), station.Job{Order: "WO-1", Serial: serial, By: "operator"},
		func(ctx context.Context, wrong int) (station.ScanAnswer, error) {
			if asked {
				return station.ScanAnswer{}, station.ErrNoScan
			}
			asked = true
			a, err := scan(ctx, wrong)
			a.Proof = how
			return a, err
		}, watch)
}

func TestOnlyAScannerProvesALabelUnlessItsProductSaysOtherwise(t *testing.T) {
	d := dhrtest.Factory(t)
	for i, m := range []station.ScanMethod{station.ByHand, station.ByArgument, station.ByDrawing, ""} {
		serial := stationtest.Serial(i + 1)
		b := dhrtest.Bench(d, i+1)
		r := proven(t, b, serial, station.ScanProof{Method: m, Keys: 9, Took: 1532 * time.Millisecond})
		want(t, string(m)+" ends the attempt", r.Outcome, station.Aborted)
		found := r.Findings[len(r.Findings)-1]
		want(t, string(m)+" is named", []any{found.Code, found.Level}, []any{station.LabelNotScanned, station.LevelWarn})
		want(t, "record", stateOf(t, d, b, serial), state{station.InProcess, 1, []string{"aborted "}, []string{"sent"}, 1})
	}
	b := dhrtest.Bench(d, 1)
	r := proven(t, b, "CL-000001", stationtest.Scanned)
	want(t, "a scan ends the next", r.Outcome, station.Pass)
	rec, err := d.Show(t.Context(), "CL-000001")
	if err != nil {
		t.Fatal(err)
	}
	p := rec.Prints[0]
	want(t, "the print", []any{p.State, p.Proof.Method, p.Proof.Keys, p.Proof.MS, p.Proof.LongestMS},
		[]any{station.PrintVerified, "scanner", 64, int64(160), int64(16)})
	dhrtest.Sound(t, d)
}

func TestALabelThatWasNotScannedIsNeverVerifiedButMayPass(t *testing.T) {
	d := dhrtest.Factory(t)
	easy := stationtest.Product()
	easy.ScanBack = station.ByDrawing
	if _, err := d.ImportProductRows(t.Context(), "quality", dhrtest.ProductRows(easy)); err != nil {
		t.Fatal(err)
	}
	order := stationtest.Order()
	order.ID, order.Version, order.Lot = "WO-2", 2, "L2604"
	if _, err := d.ImportOrders(t.Context(), "quality", []station.Order{order}); err != nil {
		t.Fatal(err)
	}
	b := dhrtest.Bench(d, 1)
	scan, watch := stationtest.Scans()
	r := b.Provision(t.Context(), station.Job{Order: "WO-2", Serial: "CL-000001", By: "operator"},
		func(ctx context.Context, wrong int) (station.ScanAnswer, error) {
			a, err := scan(ctx, wrong)
			a.Proof = station.ScanProof{Method: station.ByDrawing}
			return a, err
		}, watch)
	want(t, "outcome", r.Outcome, station.Pass)
	rec, err := d.Show(t.Context(), "CL-000001")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "the print", []string{string(rec.Prints[0].State), rec.Prints[0].Proof.Words}, []string{"sent", "decoded from the drawing"})
	account, err := d.Labels(t.Context(), "WO-2")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "the label is accounted for", account.LabelReconciliation, station.LabelReconciliation{Printed: 1, Applied: 1})
	counts, err := d.Counts(t.Context(), "WO-2")
	if err != nil {
		t.Fatal(err)
	}
	want(t, "labels of the order that are open", counts.Prints, 0)
	want(t, "what did not go straight", departures(t, d, "WO-2"), []string(nil))
	proven(t, dhrtest.Bench(d, 2), "CL-000002", station.ScanProof{}) // of WO-1: its label stays open
	want(t, "what did not go straight there", departures(t, d, "WO-1"), []string{"CL-000002 attempt: aborted", "CL-000002 label: 1 sent"})
	dhrtest.Sound(t, d)
}

// departures are the deviations of an order.
func departures(t *testing.T, d *dhr.DHR, order string) (list []string) {
	t.Helper()
	s, err := d.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Deviations(t.Context(), record.ExportSubject{By: record.ByOrder, Name: order}, func(v record.Deviation) error {
		list = append(list, v.Serial+" "+string(v.Kind)+": "+v.What)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// The rule is asked inside of the transaction too: a program that goes around
// the run gets no unit passed.
func TestTheRecordItselfAsksHowALabelWasProven(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	r, _ := dhrtest.Try(t, b, "CL-000001")
	p := r.Print
	p.Proof = station.ScanProof{Method: station.ByDrawing}
	a := station.Attempt{Order: "WO-1", Serial: "CL-000001", By: "operator", Station: "test", Started: stationtest.Start, Ended: stationtest.Start, Outcome: station.Pass}
	_, err := d.Complete(t.Context(), a, p)
	var no *station.Refusal
	if !errors.As(err, &no) || no.Finding.Code != station.LabelNotScanned {
		t.Fatalf("a drawing passes the unit: %v", err)
	}
	want(t, "record", stateOf(t, d, b, "CL-000001"), state{station.InProcess, 1, []string{"aborted "}, []string{"sent"}, 1})
}

func TestAUnitThatIsFlaggedWhileItsLabelIsOutDoesNotPass(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	r, _ := dhrtest.Try(t, b, "CL-000001")
	if _, err := d.Flag(t.Context(), "lead", record.FlagRequest{Serial: "CL-000001", Flag: station.FlagStolen, Reason: "case 7"}); err != nil {
		t.Fatal(err)
	}
	a := station.Attempt{Order: "WO-1", Serial: "CL-000001", By: "operator", Station: "test", Started: stationtest.Start, Ended: stationtest.Start, Outcome: station.Pass}
	p := r.Print
	p.Proof = station.ScanProof{Method: station.ByScanner}
	_, err := d.Complete(t.Context(), a, p)
	isRefused(t, "a flagged unit", err, station.UnitFlagged)
	want(t, "record", stateOf(t, d, b, "CL-000001"), state{station.InProcess, 1, []string{"aborted "}, []string{"sent"}, 1})
}
