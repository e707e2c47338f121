// SPDX-License-Identifier: Apache-2.0

package station

import "strings"

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

// notSent begins the reason of a print that was void before a byte of it went
// out; what follows is the code of the fault.
const notSent = "not sent: "

// CameOut reports whether the label of p exists, or may.
func (p Print) CameOut() bool { return p.State != PrintVoid || !strings.HasPrefix(p.Reason, notSent) }

// Applied reports whether the label of p is on its unit: verified, or proven by
// as much as its product asks for.
func (p Print) Applied() bool { return p.State.OnUnit(p.Proof.Method != "") }

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

// AppliedFor reports whether p, the last print of a unit, is applied for its
// live binding; one that has no live binding has no label that is due.
func (p Print) AppliedFor(live int64) bool { return p.Applied() && (live == 0 || p.Binding == live) }

// Proven is in plain words how the label of p was proven; "" while it is not.
func (p Print) Proven() string {
	if p.Proof.Method == "" && p.State != PrintVerified {
		return ""
	}
	return p.Proof.String()
}

// ProvenBy is by what the label of p was proven, a [ScanMethod] or that it was not
// recorded; "" while it is not proven.
func (p Print) ProvenBy() string {
	if p.Proof.Method == "" {
		return p.Proven()
	}
	return string(p.Proof.Method)
}

// ReconcileLabels counts the labels of one unit from all its prints.
func ReconcileLabels(d Disposition, prints []Print) LabelReconciliation {
	var a LabelReconciliation
	seen := map[int64]bool{} // by binding
	for _, p := range prints {
		if !p.CameOut() {
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
