// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// What of the history of a unit is a deviation: that by which it did not go straight
// from its first attempt to a pass. A binding that was given up always is one, and so
// is an alarm. The record asks these rules of all units of a lot at once, in SQL that
// is made from them.

// Deviates reports whether an attempt that ended so is a deviation: with another end
// than a pass, or not at all.
func (o Outcome) Deviates() bool { return o != Pass }

// PassedWarned reports whether an attempt that ended so, with findings of these levels,
// is a deviation though it passed: with a warning.
func (o Outcome) PassedWarned(levels []Level) bool {
	return !o.Deviates() && slices.Contains(levels, LevelWarn)
}

// Deviates reports whether a label in this state is a deviation: one that is not on its
// unit, and any but the first of its binding.
func (s PrintState) Deviates(proven, first bool) bool { return !first || !s.OnUnit(proven) }

// MoveDeviates reports whether a change of the disposition of a unit is a deviation: one
// that was not made by the signature for its whole lot.
func MoveDeviates(signed bool) bool { return !signed }
