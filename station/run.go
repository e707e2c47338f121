// SPDX-License-Identifier: Apache-2.0

package station

import (
	"context"
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
	if r.unitContext.IsUnitBefore(r.attempt.Reading) {
		r.keep(NewFinding(SerialBefore, r.attempt.Serial))
		return "", errAborted
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
		u = r.unitContext.Order.NewUnit(r.unitContext.Serial, b.At)
	}
	u.Binding = &b
	return u
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

// binding is a reading, which has been judged sound, as the binding of a case.
func (r Reading) binding(c UnitContext, a Attempt) Binding {
	b := r.bindingValues(c.Product)
	b.Serial, b.At, b.By = c.Serial, a.Started, a.By
	i := slices.IndexFunc(c.Allocations, func(a Allocation) bool { return a.Product == c.Product.REF && a.Holds(b.IMEI) })
	b.Allocation = c.Allocations[i].ID
	return b
}

// checkDevices holds all that this bench works with against the list, before the
// device is asked anything: a unit is not bound that could not be labelled.
func (r *benchRun) checkDevices() error {
	for _, d := range []struct {
		kind DeviceKind
		name func() string
	}{
		{DeviceStation, func() string { return r.unitContext.Station }},
		{DevicePort, r.Port},
		{DevicePrinter, r.Printer.Name},
	} {
		if err := r.unitContext.Devices.Check(d.kind, d.name); err != nil {
			return err
		}
	}
	return nil
}
