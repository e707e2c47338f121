// SPDX-License-Identifier: Apache-2.0

package station

// AllowBind refuses a unit whose order, or whose own disposition, keeps it from
// being bound; of c, its flags, alarms and line clearance are no part of it. Its
// error is a *Refusal: of what stands in the way, the first.
func AllowBind(c UnitContext) error {
	switch {
	case c.ofOtherOrder():
		return Refuse(SerialOtherOrder, c.Unit.Order)
	case c.orderEnded():
		return Refuse(OrderClosed, c.Order.ID)
	case c.Unit != nil:
		return AllowOnLine(c.Unit.Disposition)
	case c.Order.Full():
		return c.Order.Complete()
	case c.Twin != "":
		return Refuse(SerialOtherCase, Shown(c.Twin))
	case c.Imported != nil:
		return c.Imported.Refuse()
	}
	return nil
}

func (c UnitContext) ofOtherOrder() bool { return c.Unit != nil && c.Unit.Order != c.Order.ID }

// orderEnded reports whether the order is closed for the unit: one that was given up
// for rework goes the way again, also after that.
func (c UnitContext) orderEnded() bool {
	return c.Order.Closed && (c.Unit == nil || c.ofOtherOrder() || c.Unit.Disposition != Reworked)
}
