// SPDX-License-Identifier: Apache-2.0

package station

// Workable reports whether units of o can be made: it is open, or units of it
// wait in rework to go the way again.
func (o Order) Workable() bool { return !o.Closed || o.Reworked > 0 }

// AllowClose refuses to close an order that is closed already, or in whose way
// something stands. Its error is a *Refusal. Who may close one, [MayCloseOrder]
// says.
func AllowClose(order string, closed bool, in []Blocker) error {
	if closed {
		return Refuse(OrderClosed, order)
	}
	return RefuseFor(OrderNotReady, in)
}

// AllowReprint refuses another label for a unit that has passed: it goes the
// way again first. Its error is a *Refusal.
func AllowReprint(serial string, d Disposition) error {
	if d == Passed {
		return Refuse(ReprintTooLate, serial)
	}
	return nil
}
