// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// CanMakeUnits reports whether units of o can be made: it is open, or units of it
// wait in rework to go the way again.
func (o Order) CanMakeUnits() bool { return !o.Closed || o.Reworked > 0 }

// AllowClose refuses to close an order that is closed already, or in whose way
// something stands. Its error is a *Refusal. Who may close one, [MayCloseOrder]
// says.
func AllowClose(order string, closed bool, in []Blocker) error {
	if closed {
		return Refuse(OrderClosed, order)
	}
	return RefuseFor(OrderNotReady, in)
}

// OrderState is what the closing of an order and the release of its lot turn on.
type OrderState struct {
	OrderCounts
	Labels    LabelReconciliation // of all units
	Explained bool                // somebody answers for labels that are not accounted for, as they are now
}

// Blockers are what stands in the way of closing an order: its units and labels
// that are not accounted for.
func (o OrderState) Blockers() []Blocker {
	list := []Blocker{
		{UnitsInProcess, o.Order, o.InProcess}, {UnitsReworked, o.Order, o.Reworked},
		{UnitsQuarantined, o.Order, o.Quarantined}, {AlarmsOpen, o.Order, o.Alarms},
	}
	if !o.Labels.Settled() && !o.Explained {
		list = append(list, Blocker{LabelsOpen, o.Order, o.Labels.Open}, Blocker{LabelsDiffer, o.Order, o.Labels.Discrepancies})
	}
	return slices.DeleteFunc(list, func(b Blocker) bool { return b.N <= 0 })
}

// LotBlockers are what stands in the way of releasing a lot of these orders: what
// keeps any of them from being closed, any that is open, a unit that would be
// released with a flag, and that no unit waits.
func LotBlockers(orders []OrderState) []Blocker {
	var list []Blocker
	passed := 0
	for _, o := range orders {
		list = append(list, o.Blockers()...)
		if !o.Closed {
			list = append(list, Blocker{Kind: OrderOpen, Order: o.Order})
		}
		if o.Flagged > 0 {
			list = append(list, Blocker{UnitsFlagged, o.Order, o.Flagged})
		}
		passed += o.Passed
	}
	if passed == 0 {
		list = append(list, Blocker{Kind: NothingPassed})
	}
	return list
}

// AllowRelease refuses to release a lot in whose way something stands. Its error is
// a *Refusal. Who may release one, [MayRelease] says.
func AllowRelease(in []Blocker) error { return RefuseFor(LotNotReady, in) }

// LotReleased reports whether a lot is done with: it was signed with these meanings,
// and of its units so many wait for release, or do not stay as they are.
func LotReleased(waiting int, signed []Meaning) bool { return waiting == 0 && Approved(signed) }

// AllowExplainLabels refuses to explain labels that are accounted for, or explained
// as they are. Its error is a *Refusal. Who may explain them,
// [MayExplainLabels] says.
func AllowExplainLabels(order string, labels LabelReconciliation, explained bool) error {
	if labels.Settled() || explained {
		return Refuse(NothingDue, "the labels of order "+order+" are accounted for.")
	}
	return nil
}
