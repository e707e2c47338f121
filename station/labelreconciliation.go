// SPDX-License-Identifier: Apache-2.0

package station

// LabelReconciliation counts the labels of a unit or of an order. It is settled when
// each label that came out is on a unit or destroyed, and each unit that passed
// has one (21 CFR 820.45, old 820.120).
type LabelReconciliation struct {
	Printed       int `json:"printed"`  // came out, or may have
	Applied       int `json:"applied"`  // scanned back, or proven as its product allows: on a unit
	Void          int `json:"void"`     // declared destroyed
	Open          int `json:"open"`     // neither
	Reprints      int `json:"reprints"` // beyond the first of a binding
	Discrepancies int `json:"differ"`   // units with more or fewer labels on them than they must have
}

// LabelDue reports that the label of u is still to be scanned back, from paper:
// until then what shows it shows nothing that a scanner reads.
func (u Unit) LabelDue() bool { return u.Print == nil || !u.Print.Applied() }

// AllowLabel refuses to draw the label of a unit that is bound to nothing. Its error
// is a *Refusal.
func (u Unit) AllowLabel() error {
	if u.Binding == nil {
		return Refuse(MoveNotAllowed, "the unit is not bound")
	}
	return nil
}

// LabelIsSample reports whether the label of u is drawn as a sample: until it is on
// the unit, and while its product may not be built.
func (u Unit) LabelIsSample(mayBuild bool) bool { return !mayBuild || u.LabelDue() }

// ReconcileLabels counts the labels of one unit from all its prints.
func ReconcileLabels(d Disposition, prints []Print) LabelReconciliation {
	var a LabelReconciliation
	seen := map[int64]bool{} // by binding
	for _, p := range prints {
		if !p.MayExist() {
			continue
		}
		a.Printed++
		switch {
		case p.Applied():
			a.Applied++
		case p.State.Open(p.Proof.Method != ""):
			a.Open++
		default:
			a.Void++
		}
		if seen[p.Binding] {
			a.Reprints++
		}
		seen[p.Binding] = true
	}
	bare := a.Applied == 0 && d.CountsAsPassed()
	if bare || a.Applied > 1 {
		a.Discrepancies = 1
	}
	return a
}

// Plus is the account of both.
func (a LabelReconciliation) Plus(b LabelReconciliation) LabelReconciliation {
	return LabelReconciliation{
		a.Printed + b.Printed, a.Applied + b.Applied, a.Void + b.Void, a.Open + b.Open, a.Reprints + b.Reprints, a.Discrepancies + b.Discrepancies,
	}
}

// Settled reports whether every label is accounted for.
func (a LabelReconciliation) Settled() bool {
	return a.Open == 0 && a.Discrepancies == 0 && a.Printed == a.Applied+a.Void
}
