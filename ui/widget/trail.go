// SPDX-License-Identifier: Apache-2.0

package widget

// NewTrail makes an empty list whose first row is a place and whose others are
// the ways that lead on from it: a rail joins them.
func NewTrail(l *WindowStyle, pick func(int)) *Rows {
	r := NewRows(l, pick)
	r.trail = true
	return r
}
