// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"errors"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/stationtest"

	"github.com/google/go-cmp/cmp"
)

// state is what the record and the printer hold of a unit.
type state struct {
	Disposition station.Disposition
	Bindings    int
	Attempts    []string // outcome and code, newest first or oldest first as kept
	Prints      []string
	OnPaper     int
}

func stateOf(t *testing.T, d *dhr.DHR, b *station.Bench, serial string) state {
	t.Helper()
	rec, err := d.Show(t.Context(), serial)
	if err != nil {
		t.Fatal(err)
	}
	s := state{Disposition: station.Disposition(rec.Disposition), Bindings: len(rec.Bindings), OnPaper: len(b.Printer.(*stationtest.FakePrinter).Jobs)} // the bench of these tests has no other
	for _, a := range rec.Attempts {
		s.Attempts = append(s.Attempts, string(a.Outcome)+" "+string(a.Code))
	}
	for _, p := range rec.Prints {
		s.Prints = append(s.Prints, string(p.State))
	}
	return s
}

func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s:\n%s", what, diff)
	}
}

func TestAWrongLabelThenTheRightOne(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	r, said := dhrtest.Try(t, b, "CL-000001", "wrong", "right")
	want(t, "outcome", r.Outcome, station.Pass)
	want(t, "the operator was told", said, []string{"label-mismatch"})
	want(t, "record", stateOf(t, d, b, "CL-000001"), state{station.Passed, 1, []string{"pass "}, []string{"verified"}, 1})
	dhrtest.Sound(t, d)
}

func TestGivingUpAfterAWrongLabelIsARefusalAndGoesOnLater(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	r, _ := dhrtest.Try(t, b, "CL-000001", "wrong")
	want(t, "outcome", r.Outcome, station.Fail)
	r, _ = dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome of the second", r.Outcome, station.Pass)
	want(t, "it went on from the first", r.Resumed, true)
	want(t, "record", stateOf(t, d, b, "CL-000001"),
		state{station.Passed, 1, []string{"fail label-mismatch", "pass "}, []string{"verified"}, 1})
	dhrtest.Sound(t, d)
}

func TestAFaultOfTheBenchNeverCondemnsTheUnit(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	whole := b.DUT
	b.DUT = stationtest.FakeDUT{Err: station.NewFault(station.DUTUnplugged, "", nil)}
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome", r.Outcome, station.Errored)
	want(t, "code", r.Fault.Code, station.DUTUnplugged)
	b.DUT = whole
	r, _ = dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome of the second", r.Outcome, station.Pass)
	dhrtest.Sound(t, d)
}

func TestAPrinterThatTookNothingPrintsNextTime(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	paper := b.Printer.(*stationtest.FakePrinter) // see stateOf
	paper.Err = station.NewFault(station.PrinterFault, "paper out", nil)
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome", r.Outcome, station.Errored)
	paper.Err = nil
	r, _ = dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome of the second", r.Outcome, station.Pass)
	want(t, "record", stateOf(t, d, b, "CL-000001"),
		state{station.Passed, 1, []string{"error printer-fault", "pass "}, []string{"void", "verified"}, 1})
}

// A printer that cannot tell whether a label came out is not asked for another:
// one label too many is a mix-up waiting to happen.
func TestALabelThatMayExistIsNotPrintedAgain(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	fault := station.NewFault(station.PrinterSilent, "tcp://label", nil)
	fault.Sent = true
	blind := &blindPrinter{Err: fault}
	b.Printer = blind
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome", r.Outcome, station.Errored)
	blind.Err = nil
	r, _ = dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome of the second", r.Outcome, station.Pass)
	want(t, "labels sent", blind.sent, 1)
}

type blindPrinter struct {
	Err  error
	sent int
}

func (p *blindPrinter) Print(context.Context, string, station.Label) error {
	p.sent++
	return p.Err
}

func (*blindPrinter) Printed(context.Context, string, station.Label) (station.Answer, error) {
	return station.Unsure, nil
}

func (*blindPrinter) Name() string { return "blind:" }

func TestReprintsAskForAReasonThenForASecondPerson(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	r, said := dhrtest.Try(t, b, "CL-000001", "reprint", "reprint", "operator", "lead", "right")
	want(t, "outcome", r.Outcome, station.Pass)
	want(t, "the operator was told", said, []string{"person-not-allowed", "person-not-allowed"})
	want(t, "record", stateOf(t, d, b, "CL-000001"),
		state{station.Passed, 1, []string{"pass "}, []string{"void", "void", "verified"}, 3})
	dhrtest.Sound(t, d)
}

// A bench has asked all of this before; the record takes nobody's word for it.
func TestTheRecordItselfAllowsAReprint(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx := t.Context()
	dhrtest.Try(t, dhrtest.Bench(d, 1), "CL-000001") // bound and labelled, not scanned back
	u, err := d.Unit(ctx, "CL-000001")
	stationtest.NoError(t, err)
	p := *u.Print
	p.State, p.By = station.PrintIntended, "lead"
	try := func(p station.Print, code station.Code) {
		t.Helper()
		if _, err := d.BeginPrint(ctx, p); refused(t, err) != code {
			t.Errorf("for %q, allowed by %q: %v, want %s", p.Reason, p.Approver, err, code)
		}
	}
	by := func(reason, approver string) station.Print {
		q := p
		q.Reason, q.Approver = reason, approver
		return q
	}
	try(p, station.ReasonMissing)
	try(by("smeared", "lead"), station.PersonNotAllowed) // by themselves
	again, err := d.BeginPrint(ctx, by("smeared", ""))
	stationtest.NoError(t, err)
	want(t, "number", again.N, 2)
	try(by("smeared", ""), station.PersonNotAllowed) // now it takes a second person
	again, err = d.BeginPrint(ctx, by("smeared", "quality"))
	stationtest.NoError(t, err)
	want(t, "number", again.N, 3)
	r, _ := dhrtest.Try(t, dhrtest.Bench(d, 1), "CL-000001", "right")
	want(t, "outcome", r.Outcome, station.Pass)
	try(by("smeared", "quality"), station.ReprintTooLate)
}

func TestAPassedUnitScannedAgainIsLeftAsItIs(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	dhrtest.Try(t, b, "CL-000001", "right")
	r, _ := dhrtest.Try(t, b, "CL-000001")
	want(t, "outcome", r.Outcome, station.Pass)
	want(t, "record", stateOf(t, d, b, "CL-000001"),
		state{station.Passed, 1, []string{"pass ", "pass "}, []string{"verified"}, 1})
}

func TestAnotherDeviceUnderABoundSerialStopsTheUnit(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	dhrtest.Try(t, b, "CL-000001") // bound and labelled, not scanned back
	b.DUT = stationtest.FakeDUT{Reading: stationtest.Reading(2)}
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome", r.Outcome, station.Fail)
	b.DUT = stationtest.FakeDUT{Reading: stationtest.Reading(1)}
	r, _ = dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome with the right device, but an open alarm", r.Outcome, station.Fail)
	want(t, "record", stateOf(t, d, b, "CL-000001"), state{station.InProcess, 1,
		[]string{"aborted ", "fail imei-changed", "fail alarm-open"}, []string{"sent"}, 1})
	open, err := d.OpenAlarms(t.Context(), "CL-000001")
	if err != nil || len(open) != 1 || open[0].Code != station.IMEIChanged {
		t.Errorf("open alarms: %v %v", open, err)
	}
	dhrtest.Sound(t, d)
}

// A record that cannot be written never shows PASS.
func TestNoPassWithoutTheSecondCommit(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	b.Binder = fullDisk{d}
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome", r.Outcome, station.Errored)
	want(t, "code", r.Fault.Code, station.RecordFull)
	b.Binder = d
	r, _ = dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome with space again", r.Outcome, station.Pass)
	want(t, "labels", len(b.Printer.(*stationtest.FakePrinter).Jobs), 1) // see stateOf
}

type fullDisk struct{ station.Binder }

func (fullDisk) Complete(context.Context, station.Attempt, station.Print) (int64, error) {
	return 0, station.NewFault(station.RecordFull, "", errors.New("disk full"))
}

func TestAnAuditorMayNotProvision(t *testing.T) {
	d := dhrtest.Factory(t)
	r := dhrtest.Bench(d, 1).Provision(t.Context(), station.Job{Order: "WO-1", Serial: "CL-000001", By: "auditor"}, nil, nil)
	want(t, "outcome", r.Outcome, station.Fail)
	want(t, "finding", r.Findings[0].Code, station.PersonNotAllowed)
	if r.Leaf == 0 {
		t.Error("the attempt left no record")
	}
}

// A serial that no label can carry must not spend an IMEI.
func TestALabelThatCannotBeDrawnStopsTheUnitBeforeItIsBound(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	b.Labels = noLabels{}
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome", r.Outcome, station.Errored)
	want(t, "code", r.Fault.Code, station.LabelRefused)
	held, err := d.ConflictingBindings(t.Context(), stationtest.Reading(1))
	if err != nil || len(held) > 0 {
		t.Errorf("bound all the same: %v %v", held, err)
	}
}

func TestALabelForAnotherPrinterStopsTheUnitBeforeItIsBound(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	paper := &stationtest.FakePrinter{}
	b.Printer = otherPrinter{paper}
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome", r.Outcome, station.Errored)
	want(t, "code", r.Fault.Code, station.PrinterResolution)
	want(t, "labels", len(paper.Jobs), 0)
	held, err := d.ConflictingBindings(t.Context(), stationtest.Reading(1))
	if err != nil || len(held) > 0 {
		t.Errorf("bound all the same: %v %v", held, err)
	}
}

// otherPrinter has another resolution than any label.
type otherPrinter struct{ *stationtest.FakePrinter }

func (otherPrinter) Check(context.Context, station.Label) (string, error) {
	return "", station.NewFault(station.PrinterResolution, "it has 203 dots per inch, the label 300", nil)
}

type noLabels struct{}

func (noLabels) Label(string, station.LabelValues) (station.Label, error) {
	return nil, station.NewFault(station.LabelRefused, "the serial is too long", nil)
}
