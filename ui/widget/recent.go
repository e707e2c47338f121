// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"slices"

	"fyne.io/fyne/v2"
)

// RecentUnit is one of the last units.
type RecentUnit struct {
	Serial string
	State  StepState // StepDone: passed; StepFail: refused; StepWarn: a fault, or given up
	Aside  string    // the seconds
	Code   string    // at what it ended, in a word; "" when passed
}

// Recent is the list of the last units, newest first.
type Recent struct {
	area
	lines []RecentUnit
}

// NewRecent makes an empty list.
func NewRecent(l *WindowStyle) *Recent {
	r := &Recent{}
	r.init(r, l, r.compose)
	return r
}

// Set shows lines.
func (r *Recent) Set(lines []RecentUnit) {
	if !slices.Equal(lines, r.lines) {
		r.lines = slices.Clone(lines)
		r.redraw()
	}
}

func (r *Recent) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := r.style.Unit, r.style.Palette
	objs := []fyne.CanvasObject{panel(p, u, size)}
	pad := u.Px(24)
	y := pad
	for _, l := range r.lines {
		h := u.Text(28) * 1.7
		if l.Code != "" {
			h += u.Text(22) * 1.35
		}
		if y+h > size.Height-pad/2 {
			break
		}
		objs = append(objs, r.line(l, pad, y, size.Width-2*pad)...)
		y += h
	}
	return objs
}

func (r *Recent) line(l RecentUnit, x, y, w float32) []fyne.CanvasObject {
	u, p := r.style.Unit, r.style.Palette
	ts, small, mark := u.Text(28), u.Text(22), u.Px(30)
	mid, left := y+ts*0.85, x+mark+u.Px(16)
	shape := map[StepState]StateSign{StepDone: stepDone, StepFail: stepFail, StepWarn: stepWarn}[l.State]
	aside := width(l.Aside, ts, plain)
	objs := []fyne.CanvasObject{
		r.style.sign(shape, inks{p.Text, p.Panel, p.Accent}, mark, x, mid-mark/2),
		middle(cut(l.Serial, ts, code, w-aside-mark-u.Px(24)), ts, code, p.Text, left, mid),
		rightOf(l.Aside, ts, plain, p.Quiet, x+w, mid),
	}
	if l.Code != "" {
		objs = append(objs, middle(cut(l.Code, small, plain, x+w-left), small, plain, p.Quiet, left, mid+ts*0.55+small*0.62))
	}
	return objs
}
