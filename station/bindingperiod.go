// SPDX-License-Identifier: Apache-2.0

package station

import "time"

// BindingPeriod is what was bound to a serial for some time, of [From, To).
type BindingPeriod struct {
	Binding
	From, To       time.Time // zero where it is not known
	Live           bool      // it has no end
	Dated, Undated string    // both as another system wrote them; "" for a binding of ours
}

// Contradicts reports whether a given-up binding of a list and another binding cannot
// both be: they are the same one twice, or at one moment a unit had two numbers of a
// kind, or two units the same number. Of times that nobody knows nothing is said.
func (p BindingPeriod) Contradicts(other BindingPeriod) bool {
	if p.same(other) {
		return true
	}
	if !p.overlaps(other) {
		return false
	}
	if p.Serial == other.Serial {
		return p.sharesKind(other)
	}
	return len(p.ConflictsWith(other.Binding)) > 0
}

// same reports whether two rows say the same of a unit.
func (p BindingPeriod) same(other BindingPeriod) bool {
	for _, e := range Exclusions {
		if e.Own == e.Others && !p.breaks(e, other.Binding) && len(p.Forms(e.Own))+len(other.Forms(e.Own)) > 0 {
			return false
		}
	}
	return p.Serial == other.Serial && p.Live == other.Live && p.Dated == other.Dated && p.Undated == other.Undated && p.From.Equal(other.From) && p.To.Equal(other.To)
}

// sharesKind reports whether both have a number of a kind of which a unit has one.
func (p BindingPeriod) sharesKind(other BindingPeriod) bool {
	for _, n := range []Number{NumberIMEI, NumberIMEI2, NumberICCID, NumberEID} {
		if len(p.Forms(n)) > 0 && len(other.Forms(n)) > 0 {
			return true
		}
	}
	return false
}

// overlaps reports whether both held at a moment, as far as their times are known.
func (p BindingPeriod) overlaps(other BindingPeriod) bool {
	from, to, ok := p.known()
	otherFrom, otherTo, known := other.known()
	return ok && known && (otherTo.IsZero() || from.Before(otherTo)) && (to.IsZero() || otherFrom.Before(to))
}

// known is the time in which it held for certain, zero for no end: one of which only
// the end is known held right before it.
func (p BindingPeriod) known() (from, to time.Time, ok bool) {
	switch {
	case p.Live:
		return p.From, time.Time{}, !p.From.IsZero()
	case p.To.IsZero():
		return from, to, false
	case p.From.IsZero():
		return p.To.Add(-time.Millisecond), p.To, true
	}
	return p.From, p.To, true
}

// clockSlack is how far the clock of another system may be ahead of this one's.
const clockSlack = 24 * time.Hour

// DatedAhead reports whether a binding of a list cannot be true for its times, zero
// where they are not known: it ended after its list was imported, or began then, but
// for what two clocks may differ in.
func DatedAhead(since, ended, imported time.Time) bool {
	return ended.After(imported) || since.After(imported.Add(clockSlack))
}
