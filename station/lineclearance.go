// SPDX-License-Identifier: Apache-2.0

package station

// LineState is how the line of a station stands: it stands for the order of the last
// label that was printed there, or for the one that it was cleared for since.
type LineState struct {
	Before  string // the order that it stood for before
	Stands  string // the order that it stands for; "" before the first
	Counted bool   // somebody counted what was left of the one before
}

// Due is the order of which the line must be cleared before a unit of order is
// built; "" when of none.
func (l LineState) Due(order string) string {
	switch {
	case l.Stands != order:
		return l.Stands
	case !l.Counted:
		return l.Before
	}
	return ""
}

// AllowClear refuses to clear a line that is clear for order. Its error is a
// *Refusal.
func (l LineState) AllowClear(order string) error {
	if l.Due(order) == "" {
		return Refuse(NothingDue, "the line is clear for order "+order+".")
	}
	return nil
}

// LeftoverExplained reports whether so many labels, left of the order before, have to
// be explained.
func LeftoverExplained(n int) bool { return n > 0 }

// AllowClearLine says whether p may clear a line where so many labels were left of
// the order before: more than none are for those to explain who may. Its error is a
// *Refusal.
func AllowClearLine(p Person, leftover int, reason string) error {
	if err := Allow(p, MayClearLine); err != nil || !LeftoverExplained(leftover) {
		return err
	}
	if err := Allow(p, MayExplainLabels); err != nil {
		return err
	}
	return ReasonGiven(MayExplainLabels, reason)
}
