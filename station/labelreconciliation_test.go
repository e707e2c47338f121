// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
)

func TestLabelsAreAccountedFor(t *testing.T) {
	print := func(binding int64, s station.PrintState, reason string) station.Print {
		return station.Print{Binding: binding, State: s, Reason: reason}
	}
	for _, c := range []struct {
		name    string
		d       station.Disposition
		prints  []station.Print
		want    station.LabelReconciliation
		settled bool
	}{
		{"no label, no unit that passed", station.InProcess, nil, station.LabelReconciliation{}, true},
		{"one label on one unit", station.Passed, []station.Print{print(1, station.PrintVerified, "")},
			station.LabelReconciliation{Printed: 1, Applied: 1}, true},
		{"a label that never left does not count", station.Passed,
			[]station.Print{print(1, station.PrintVoid, "not sent: printer-fault"), print(1, station.PrintVerified, "")},
			station.LabelReconciliation{Printed: 1, Applied: 1}, true},
		{"a reprint destroys the label before", station.Passed,
			[]station.Print{print(1, station.PrintVoid, "smeared"), print(1, station.PrintVerified, "smeared")},
			station.LabelReconciliation{Printed: 2, Applied: 1, Void: 1, Reprints: 1}, true},
		{"the label of a new binding is no reprint", station.Released,
			[]station.Print{print(1, station.PrintVoid, "new module"), print(2, station.PrintVerified, "")},
			station.LabelReconciliation{Printed: 2, Applied: 1, Void: 1}, true},
		{"a label that was not scanned back is open", station.Scrapped, []station.Print{print(1, station.PrintSent, "")},
			station.LabelReconciliation{Printed: 1, Open: 1}, false},
		{"a label that may have come out is open", station.InProcess, []station.Print{print(1, station.PrintIntended, "")},
			station.LabelReconciliation{Printed: 1, Open: 1}, false},
		{"a unit passed without a label", station.Passed, []station.Print{print(1, station.PrintVoid, "smeared")},
			station.LabelReconciliation{Printed: 1, Void: 1, Discrepancies: 1}, false},
		{"two labels on one unit", station.Quarantined,
			[]station.Print{print(1, station.PrintVerified, ""), print(1, station.PrintVerified, "")},
			station.LabelReconciliation{Printed: 2, Applied: 2, Reprints: 1, Discrepancies: 1}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := station.ReconcileLabels(c.d, c.prints)
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			if got.Settled() != c.settled {
				t.Errorf("settled %v", got.Settled())
			}
			if twice := got.Plus(got); twice.Printed != 2*c.want.Printed || twice.Settled() != c.settled {
				t.Errorf("twice of it: %+v", twice)
			}
		})
	}
}

func TestALabelIsDrawnOfABoundUnitAndIsASampleUntilItIsOn(t *testing.T) {
	printed := func(s station.PrintState) *station.Print { return &station.Print{State: s} }
	for _, c := range []struct {
		name        string
		unit        station.Unit
		code        station.Code
		due, sample bool // where the product may be built
	}{
		{"never bound", station.Unit{}, station.MoveNotAllowed, true, true},
		{"bound", station.Unit{Binding: &station.Binding{}}, "", true, true},
		{"printed", station.Unit{Binding: &station.Binding{}, Print: printed(station.PrintSent)}, "", true, true},
		{"scanned back", station.Unit{Binding: &station.Binding{}, Print: printed(station.PrintVerified)}, "", false, false},
	} {
		if got := refusedFor(t, c.unit.AllowLabel()); got != c.code {
			t.Errorf("%s: %q, want %q", c.name, got, c.code)
		}
		if due, sample := c.unit.LabelDue(), c.unit.LabelIsSample(true); due != c.due || sample != c.sample {
			t.Errorf("%s: due %v, a sample %v", c.name, due, sample)
		}
		if !c.unit.LabelIsSample(false) {
			t.Errorf("%s: no sample, of a product that may not be built", c.name)
		}
	}
}

func TestALabelIsProvenByWhatTheRecordSays(t *testing.T) {
	for _, c := range []struct {
		state  station.PrintState
		method station.ScanMethod
		want   string
	}{
		{station.PrintSent, "", ""},
		{station.PrintIntended, "", ""},
		{station.PrintVoid, "", ""},
		{station.PrintVerified, "", "not recorded"}, // by a station from before there were proofs
		{station.PrintVerified, station.ByScanner, "scanner"},
		{station.PrintSent, station.ByHand, "typed"},
	} {
		p := station.Print{State: c.state, Proof: station.ScanProof{Method: c.method}}
		if got := p.ProvenBy(); got != c.want {
			t.Errorf("%s, %q: %q, want %q", c.state, c.method, got, c.want)
		}
	}
}
