// SPDX-License-Identifier: Apache-2.0

package widget

import "fyne.io/fyne/v2"

// NewTrail makes an empty list whose first row is a place and whose others are
// the ways that lead on from it: a rail joins them.
func NewTrail(l *WindowStyle, pick func(int)) *Rows {
	r := NewRows(l, pick)
	r.trail = true
	return r
}

// node draws the rail beside a way: a full disc for the place itself, a branch
// with a ring for each that leads on.
func (r *Rows) node(i int, x, y, h, w float32) []fyne.CanvasObject {
	u, p := r.style.Unit, r.style.Palette
	thick, radius, mid := u.Px(3), u.Px(11), y+h/2
	rail := x + w*0.35
	if i == 0 {
		disc := box(p.Accent, rail-radius, mid-radius, 2*radius, 2*radius)
		disc.CornerRadius = radius
		objs := []fyne.CanvasObject{disc}
		if len(r.rows) > 1 {
			objs = append(objs, box(p.Quiet, rail-thick/2, mid+radius, thick, h/2-radius))
		}
		return objs
	}
	down := h
	if i == len(r.rows)-1 {
		down = h / 2
	}
	end := x + w - u.Px(8)
	ring := box(p.Panel, end-2*radius, mid-radius, 2*radius, 2*radius)
	ring.CornerRadius, ring.StrokeColor, ring.StrokeWidth = radius, p.Quiet, thick
	return []fyne.CanvasObject{
		box(p.Quiet, rail-thick/2, y, thick, down),
		box(p.Quiet, rail, mid-thick/2, end-2*radius-rail, thick),
		ring,
	}
}
