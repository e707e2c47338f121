// SPDX-License-Identifier: Apache-2.0

package scope

import "time"

// Period is what a unit was bound to for some time. It is of [From, To): at the
// moment of a swap the new one holds already and the old no more.
type Period struct {
	Serial string
	IMEIs  []string
	ICCID  string
	IMSI   string
	EID    string
	From   time.Time
	To     time.Time // zero while it is live
}

// HeldAt reports whether the binding held at a moment.
func (b Period) HeldAt(at time.Time) bool {
	return !at.Before(b.From) && (b.To.IsZero() || at.Before(b.To))
}
