// SPDX-License-Identifier: Apache-2.0

package station

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

func (r *benchRun) serial(ctx context.Context) (string, error) {
	p, err := r.Records.Person(ctx, r.attempt.By)
	if err != nil {
		return "", err
	}
	if err := Allow(p, MayProvision); err != nil {
		return "", err
	}
	if r.unitContext, err = r.Records.UnitContext(ctx, r.job.Order, r.job.Serial); err != nil {
		return "", err
	}
	r.attempt.Order, r.attempt.Serial = r.job.Order, r.unitContext.Product.SerialAsKept(r.job.Serial)
	r.attempt.Station = r.unitContext.Station
	r.unitContext.Dialects = r.unitContext.Product.ReadBy(r.unitContext.Dialects, r.Dialects)
	if err := r.checkDevices(); err != nil {
		return "", err
	}
	if r.unitContext.Unit != nil {
		r.unit, r.resumed = *r.unitContext.Unit, r.unitContext.Unit.Binding != nil
	}
	return r.attempt.Serial, r.judge(JudgeSerial(r.unitContext))
}

// device reads the DUT and judges the whole reading; the two steps after it
// only show their parts of the verdict.
func (r *benchRun) device(ctx context.Context) (string, error) {
	var err error
	hint := func(s string) { r.watch(Event{Step: StepDevice, Hint: s}) }
	if r.attempt.Reading, err = r.DUT.Identify(ctx, hint); err != nil {
		if ctx.Err() != nil {
			return "", errAborted
		}
		return "", err
	}
	r.attempt.Reading = r.unitContext.Product.ResolveNames(r.attempt.Reading)
	if err := checkModemOn(r.unitContext.Product, r.attempt.Reading); err != nil {
		return "", err
	}
	dialectVerdict, err := JudgeDialect(r.unitContext, r.attempt.Reading)
	if err != nil {
		return "", err
	}
	if r.unitContext.Conflicting, err = r.Records.ConflictingBindings(ctx, r.attempt.Reading); err != nil {
		return "", err
	}
	if r.unitContext.Suspects, err = r.Records.FlaggedUnits(ctx, r.attempt.Reading); err != nil {
		return "", err
	}
	verdict := Judge(r.unitContext, r.attempt.Reading)
	r.attempt.Findings = slices.Concat(r.attempt.Findings, dialectVerdict.Findings, verdict.Findings)
	return r.attempt.Reading.Model, refusalOf(verdict.Of(StepDevice))
}

// checkModemOn is the fault of a reading that cannot tell of the SIM, where the
// product asks for one: the unit may be good.
func checkModemOn(p Product, r Reading) error {
	if r.SIM == SIMOff && p.SIM != SIMNone {
		return NewFault(ModemOff, "", nil)
	}
	return nil
}

// showVerdict shows the part of the verdict that belongs to a step.
func (r *benchRun) showVerdict(s Step) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		part := Verdict{r.attempt.Findings}.Of(s)
		if len(part.Findings) == 0 {
			return "", nil
		}
		return part.Findings[len(part.Findings)-1].Value, refusalOf(part)
	}
}

// judge keeps a verdict's findings and returns its refusal, if any.
func (r *benchRun) judge(v Verdict) error {
	r.attempt.Findings = append(r.attempt.Findings, v.Findings...)
	return refusalOf(v)
}

func refusalOf(v Verdict) error {
	if f := v.First(); f != nil {
		return &Refusal{*f}
	}
	return nil
}

// bind refuses once more on the whole verdict, so that no finding can slip
// between the steps that show it.
func (r *benchRun) bind(ctx context.Context) (string, error) {
	if err := refusalOf(Verdict{r.attempt.Findings}); err != nil {
		return "", err
	}
	if r.resumed {
		return "bound before", nil
	}
	b := r.attempt.Reading.binding(r.unitContext, r.attempt)
	// A label that cannot be drawn must stop the unit while its IMEI is free.
	if err := r.ensureLabel(r.unitBoundTo(b)); err != nil {
		return "", err
	}
	if err := r.checkPrinter(ctx); err != nil {
		return "", err
	}
	bound, err := r.Binder.Bind(ctx, r.attempt, b)
	if err != nil {
		return "", err
	}
	r.unit, r.attempt.ID = bound.Unit, bound.Attempt
	return fmt.Sprintf("record %d", bound.Leaf), nil
}

// checkPrinter asks the printer whether the label was drawn for it, while the IMEI is
// still free.
func (r *benchRun) checkPrinter(ctx context.Context) error {
	p, can := r.Printer.(LabelChecker)
	if !can {
		return nil
	}
	hint, err := p.Check(ctx, r.label)
	if hint != "" {
		r.watch(Event{Step: StepBind, Hint: hint})
	}
	return err
}

// unitBoundTo is the unit as it will be when b is bound.
func (r *benchRun) unitBoundTo(b Binding) Unit {
	u := r.unit
	if r.unitContext.Unit == nil {
		o := r.unitContext.Order
		u = Unit{Serial: r.unitContext.Serial, Order: o.ID, REF: o.REF, Version: o.Version, Lot: o.Lot, Made: b.At, Zone: ZoneOf(b.At)}
	}
	u.Binding = &b
	return u
}

func (r *benchRun) draw(context.Context) (string, error) {
	return r.unitContext.Product.Layout, r.ensureLabel(r.unit)
}

// ensureLabel draws the label of u, unless that very label is drawn already.
func (r *benchRun) ensureLabel(u Unit) error {
	v := u.LabelValues(r.unitContext.Product)
	if r.label != nil && v == r.values {
		return nil
	}
	l, err := r.Labels.Label(r.unitContext.Product.LayoutHash, v)
	if err != nil {
		return err
	}
	r.label, r.values = l, v
	return nil
}

// printOnce prints the first label, once. What an earlier attempt left is settled
// first: a label that came out, or may have, is not printed again.
func (r *benchRun) printOnce(ctx context.Context) (string, error) {
	if was := r.unit.Print; was != nil && was.State != PrintVoid {
		r.print = *was
		if was.State != PrintIntended {
			return "printed before", nil
		}
		came, err := r.Printer.Printed(ctx, was.Job(), r.label)
		switch {
		case err != nil:
			return "", err
		case came == No:
			return r.send(ctx)
		case came == Unsure:
			return "a label may have come out", nil
		}
		return "printed before", r.finishPrint(ctx, PrintSent, "")
	}
	return r.newPrint(ctx, ScanAnswer{})
}

// newPrint puts the intention on disk before a byte goes to the printer, so
// that no label can exist that the record does not know.
func (r *benchRun) newPrint(ctx context.Context, why ScanAnswer) (string, error) {
	p, err := r.Prints.BeginPrint(ctx, Print{
		Serial: r.unit.Serial, Binding: r.unit.Binding.ID, LayoutHash: r.unitContext.Product.LayoutHash, Hash: r.label.Hash(),
		Printer: r.Printer.Name(), State: PrintIntended, Reason: why.Reprint,
		At: r.Clock.Now(), By: r.attempt.By, Approver: why.Approver,
	})
	if err != nil {
		return "", err
	}
	r.print = p
	return r.send(ctx)
}

func (r *benchRun) send(ctx context.Context) (string, error) {
	err := r.Printer.Print(ctx, r.print.Job(), r.label)
	var fault *Fault
	if errors.As(err, &fault) && !fault.Sent {
		if e := r.finishPrint(ctx, PrintVoid, notSent+string(fault.Code)); e != nil {
			return "", e
		}
	}
	if err != nil {
		return "", err
	}
	return r.Printer.Name(), r.finishPrint(ctx, PrintSent, "")
}

func (r *benchRun) finishPrint(ctx context.Context, s PrintState, reason string) error {
	r.print.State = s
	if reason != "" {
		r.print.Reason = reason
	}
	return r.Prints.FinishPrint(ctx, r.print)
}

// Job names a print towards the printer, the same at every try.
func (p Print) Job() string { return fmt.Sprintf("%s-%d", p.Serial, p.N) }

func (r *benchRun) scanBack(ctx context.Context) (string, error) {
	if r.print.Applied() {
		return "verified before", nil
	}
	end := errAborted // what giving up means: a scan that was wrong is not made undone
	for wrong := 0; ; {
		answer, err := r.scan(ctx, wrong)
		switch {
		case ctx.Err() != nil:
			return "", errAborted
		case err != nil:
			return "", end
		case answer.Reprint != "":
			if err := r.reprint(ctx, answer); err != nil && !r.warnOf(err) {
				return "", err
			}
			continue
		}
		found := r.checkScan(answer)
		if found.Code == LabelSound {
			r.print.Proof = answer.Proof
			r.keep(found)
			return "equal", nil
		}
		wrong++
		r.warnOf(&Refusal{found})
		end = graver(end, found)
	}
}

// checkScan says what was scanned, and when it is the label, whether the way in
// which it came is enough for the product.
func (r *benchRun) checkScan(a ScanAnswer) Finding {
	f := CheckScan(r.unit.expected(r.unitContext.Product, r.label), a.Text)
	var refusal *Refusal
	if f.Code == LabelSound && errors.As(AllowScanBack(r.unitContext.Product, a.Proof), &refusal) {
		return refusal.Finding
	}
	return f
}

// graver is what giving up means after one more scan that was not taken: a
// wrong label is the unit's, a scanner that is set wrongly is the bench's, and
// provision else leaves the unit where it is.
func graver(end error, f Finding) error {
	var refusal *Refusal
	switch {
	case errors.As(end, &refusal):
		return end
	case OfOtherLabel(f.Code):
		return &Refusal{f}
	case NewFault(f.Code, "", nil).Kept != "":
		return NewFault(f.Code, f.Value, nil)
	}
	return end
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

// reprint declares the last label destroyed and prints another. The first
// reprint of a unit needs a reason, each further one a second person too.
func (r *benchRun) reprint(ctx context.Context, why ScanAnswer) error {
	if err := ReasonGiven(MayReprint, why.Reprint); err != nil {
		return err
	}
	if r.print.N > 1 {
		if why.Approver == "" {
			return SecondDue(MayReprint)
		}
		p, err := r.Records.Person(ctx, why.Approver)
		if err != nil {
			return err
		}
		if err := AllowSecond(p, r.attempt.By, MayReprint); err != nil {
			return err
		}
	}
	if err := r.finishPrint(ctx, PrintVoid, why.Reprint); err != nil {
		return err
	}
	_, err := r.newPrint(ctx, why)
	return err
}

func (r *benchRun) complete(ctx context.Context) (string, error) {
	if r.unit.Disposition == Passed {
		return "passed before", nil
	}
	r.attempt.Outcome, r.attempt.Ended = Pass, r.Clock.Now()
	leaf, err := r.Binder.Complete(ctx, r.attempt, r.print)
	if err != nil {
		return "", err
	}
	r.unit.Disposition = Passed
	r.leaf = leaf
	return fmt.Sprintf("record %d", leaf), nil
}
