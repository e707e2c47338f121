// SPDX-License-Identifier: Apache-2.0

package station

import (
	"context"
	"errors"
	"slices"

	"bindery/station/identity"
)

// Bench is a station with all that is wired to it. Its fields are set once; one
// unit is provisioned at a time.
type Bench struct {
	DUT     DUT
	Records Records
	Binder  Binder
	Prints  Prints
	Labels  Labeller
	Printer Printer
	Clock   Clock

	// Dialects are those that come along with the program: what a version of a
	// product means that names its dialect without a hash.
	Dialects []DialectRef

	// Port tells the stable name of the port that the DUT is read through;
	// asked only where the record has a list of ports.
	Port func() string
}

// Job says which unit is to be provisioned, under which order, by whom.
type Job struct {
	Order  string
	Serial string
	By     string // person ID
}

// ScanBack asks for what the operator scanned from the printed label. wrong is
// how many scans of this unit did not match so far. It blocks until there is
// an answer; [ErrNoScan] means that none will come.
type ScanBack func(ctx context.Context, wrong int) (ScanAnswer, error)

// ScanAnswer is either a scanned text or the wish for another label.
type ScanAnswer struct {
	Text     string
	Proof    ScanProof // how Text came
	Reprint  string    // reason for another label; "" when Text was scanned
	Approver string    // person ID of who allows the reprint, where one is due
}

// ErrNoScan says that the operator gave up scanning.
var ErrNoScan = errors.New("no scan")

// Event tells a screen how a unit goes. The functions that get one are called
// from the goroutine of the run and must return at once.
type Event struct {
	Step    Step
	Started bool       // the step begins; else Result holds how it ended
	Hint    string     // said during a step; neither begins nor ends it
	Result  StepResult // when the step has ended
	Label   Label      // with the end of StepLabel
	Wrong   *Finding   // a scan or wish that was refused; StepScan goes on
}

// Result is how one attempt ended. Outcome is Pass only when the record of it
// is on disk.
type Result struct {
	Outcome  Outcome
	Serial   string
	Unit     Unit
	Findings []Finding
	Fault    *Fault // when Outcome is Errored
	Steps    []StepResult
	Label    Label // nil before StepLabel
	Print    Print
	Leaf     int64 // the audit leaf that holds the end of the attempt; 0 when it could not be written
	Resumed  bool  // went on from an earlier attempt
}

// Provision walks one unit from its scan to PASS, or to the first thing that
// says no. It goes on where an earlier attempt of the same serial stopped: the
// device is read again, and must be the same; a binding is never repeated and
// a label never printed unasked. However it ends, the attempt is recorded; if
// that fails too, Outcome is Errored and Fault says so.
func (b *Bench) Provision(ctx context.Context, t Job, scan ScanBack, watch func(Event)) Result {
	if watch == nil {
		watch = func(Event) {}
	}
	r := &benchRun{
		Bench: b, watch: watch, scan: scan, job: t,
		attempt: Attempt{
			Order: identity.MaskIn(t.Order), Serial: Product{}.SerialAsKept(t.Serial), // until they are known to be what they should be
			By: t.By, Started: b.Clock.Now(),
		},
	}
	return r.end(ctx, r.provision(ctx))
}

// benchRun is one attempt on its way.
type benchRun struct {
	*Bench
	job         Job // as it was scanned
	watch       func(Event)
	scan        ScanBack
	attempt     Attempt
	unitContext UnitContext
	unit        Unit
	label       Label
	values      LabelValues // that label was drawn with
	print       Print
	leaf        int64
	resumed     bool
}

// provision takes the steps in order; its error is nil, a *Refusal, a *Fault or
// errAborted.
func (r *benchRun) provision(ctx context.Context) error {
	steps := []struct {
		name Step
		do   func(context.Context) (found string, err error)
	}{
		{StepSerial, r.serial},
		{StepDevice, r.device},
		{StepIMEI, r.showVerdict(StepIMEI)},
		{StepAllocation, r.showVerdict(StepAllocation)},
		{StepSIM, r.showVerdict(StepSIM)},
		{StepBind, r.bind},
		{StepLabel, r.draw},
		{StepPrint, r.printOnce},
		{StepScan, r.scanBack},
		{StepComplete, r.complete},
	}
	for _, s := range steps {
		if err := r.step(ctx, s.name, s.do); err != nil {
			return err
		}
	}
	return nil
}

func (r *benchRun) step(ctx context.Context, name Step, do func(context.Context) (string, error)) error {
	if ctx.Err() != nil {
		return errAborted
	}
	r.watch(Event{Step: name, Started: true})
	began := r.Clock.Now()
	found, err := do(ctx)
	res := StepResult{Step: name, Outcome: outcomeOf(err), Took: r.Clock.Now().Sub(began), Found: found}
	r.attempt.Steps = append(r.attempt.Steps, res)
	ev := Event{Step: name, Result: res}
	if name == StepLabel {
		ev.Label = r.label
	}
	r.watch(ev)
	return err
}

// errAborted ends a run that a person gave up.
var errAborted = errors.New("aborted")

func outcomeOf(err error) Outcome {
	var refusal *Refusal
	switch {
	case err == nil:
		return Pass
	case errors.As(err, &refusal):
		return Fail
	case errors.Is(err, errAborted):
		return Aborted
	}
	return Errored
}

// end records how the attempt ended, unless the last step has, and makes the
// result.
func (r *benchRun) end(ctx context.Context, err error) Result {
	a := &r.attempt
	a.Outcome, a.Ended = outcomeOf(err), r.Clock.Now()
	var fault *Fault
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		r.keep(refusal.Finding)
	case a.Outcome == Errored && !errors.As(err, &fault):
		fault = NewFault(RecordFault, "no code", err)
	}
	if fault != nil {
		a.Fault = fault.Code
	}
	a.Alarm = alarmOf(r.unitContext, a.Reading, a.Findings)
	if r.leaf == 0 {
		// The attempt is recorded even when the person has closed the window.
		leaf, err := r.Binder.End(context.WithoutCancel(ctx), *a)
		r.leaf = leaf
		if err != nil && !errors.As(err, &fault) {
			fault = NewFault(RecordFault, "attempt not recorded", err)
		}
		if err != nil {
			a.Outcome = Errored
		}
	}
	return Result{
		Outcome: a.Outcome, Serial: a.Serial, Unit: r.unit, Findings: a.Findings, Fault: fault,
		Steps: a.Steps, Label: r.label, Print: r.print, Leaf: r.leaf, Resumed: r.resumed,
	}
}

// keep adds the finding that ended the attempt, unless a verdict has.
func (r *benchRun) keep(f Finding) {
	if !slices.Contains(r.attempt.Findings, f) {
		r.attempt.Findings = append(r.attempt.Findings, f)
	}
}

// warnOf shows a refusal that the operator can still cure in this attempt and
// keeps it as a warning. It reports whether err is one.
func (r *benchRun) warnOf(err error) bool {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return false
	}
	f := refusal.Finding
	r.watch(Event{Step: StepScan, Wrong: &f})
	f.Level = LevelWarn
	r.attempt.Findings = append(r.attempt.Findings, f)
	return true
}
