// SPDX-License-Identifier: Apache-2.0

package station

import (
	"context"
	"errors"
	"fmt"
)

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
		end = worseOf(end, found)
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

// worseOf is what giving up means after one more scan that was not taken: a
// wrong label is the unit's, a scanner that is set wrongly is the bench's, and
// provision else leaves the unit where it is.
func worseOf(end error, f Finding) error {
	var refusal *Refusal
	switch {
	case errors.As(end, &refusal):
		return end
	case IsOtherLabel(f.Code):
		return &Refusal{f}
	case NewFault(f.Code, "", nil).Kept != "":
		return NewFault(f.Code, f.Value, nil)
	}
	return end
}

// reprint declares the last label destroyed and prints another, where that is
// allowed ([AllowPrint]): nothing is declared before.
func (r *benchRun) reprint(ctx context.Context, why ScanAnswer) error {
	if err := AllowPrint(Print{Reason: why.Reprint, Approver: why.Approver}, r.print); err != nil {
		return err
	}
	if why.Approver != "" {
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
