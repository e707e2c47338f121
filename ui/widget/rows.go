// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"slices"

	"fyne.io/fyne/v2"
)

// ListRow is one line of a list to choose from.
type ListRow struct {
	Text  string // a serial
	Under string // said below it, in second rank
	Aside string
}

// Rows is a list with one row chosen.
type Rows struct {
	area
	rows   []ListRow
	chosen int
	first  int // choiceRow at the top
	trail  bool
	onPick func(int)
}

// NewRows makes an empty list; pick is called when a row is tapped.
func NewRows(l *WindowStyle, pick func(int)) *Rows {
	r := &Rows{onPick: pick}
	r.init(r, l, r.compose)
	return r
}

// Set shows rows, with the chosen one in sight.
func (r *Rows) Set(rows []ListRow, chosen int) {
	if chosen != r.chosen || !slices.Equal(rows, r.rows) {
		r.rows, r.chosen = slices.Clone(rows), chosen
		r.redraw()
	}
}

// Tapped chooses the row under the tap.
func (r *Rows) Tapped(e *fyne.PointEvent) {
	r.style.touch()
	if i := r.first + int((e.Position.Y-r.pad())/r.height()); i >= 0 && i < len(r.rows) {
		r.onPick(i)
	}
}

// Scrolled moves the choice, so that what is chosen is always in sight.
func (r *Rows) Scrolled(e *fyne.ScrollEvent) {
	r.style.touch()
	next := r.chosen - 1
	if e.Scrolled.DY < 0 {
		next = r.chosen + 1
	}
	if next >= 0 && next < len(r.rows) {
		r.onPick(next)
	}
}

func (r *Rows) pad() float32 { return r.style.Unit.Px(16) }

func (r *Rows) height() float32 {
	u := r.style.Unit
	return u.Text(28)*1.5 + u.Text(22)*1.5
}

func (r *Rows) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := r.style.Unit, r.style.Palette
	objs := []fyne.CanvasObject{panel(p, u, size)}
	h, pad := r.height(), r.pad()
	n := max(1, int((size.Height-2*pad)/h))
	r.first = min(max(0, r.chosen-n/2), max(0, len(r.rows)-n))
	for i := r.first; i < min(r.first+n, len(r.rows)); i++ {
		objs = append(objs, r.row(i, pad, pad+float32(i-r.first)*h, size.Width-2*pad, h)...)
	}
	if n < len(r.rows) { // that there are more shows
		of, tall := float32(len(r.rows)), size.Height-2*pad
		objs = append(objs, box(p.Quiet, size.Width-u.Px(10), pad+tall*float32(r.first)/of, u.Px(4), tall*float32(n)/of))
	}
	return objs
}

func (r *Rows) row(i int, x, y, w, h float32) []fyne.CanvasObject {
	u, p, row := r.style.Unit, r.style.Palette, r.rows[i]
	ink, quiet := p.Text, p.Quiet
	var objs []fyne.CanvasObject
	if r.trail {
		rail := u.Px(64)
		objs = r.node(i, x, y, h, rail)
		x, w = x+rail, w-rail
	}
	if i == r.chosen {
		bar := box(p.Text, x, y, w, h)
		bar.CornerRadius = u.Px(8)
		objs, ink, quiet = append(objs, bar), p.Panel, p.Panel
	}
	ts, small, pad := u.Text(28), u.Text(22), u.Px(16)
	text, aside := width(row.Text, ts, code), width(row.Aside, small, plain)
	if row.Aside != "" && text+aside > w-2*pad-u.Px(8) { // a name is not cut for what stands beside it
		return append(objs,
			middle(cut(row.Text, ts, code, w-2*pad), ts, code, ink, x+pad, y+ts*0.85),
			middle(cut(row.Aside, small, plain, w-2*pad), small, plain, quiet, x+pad, y+ts*1.5+small*0.55))
	}
	return append(objs,
		middle(cut(row.Text, ts, code, w-2*pad-aside), ts, code, ink, x+pad, y+ts*0.85),
		rightOf(row.Aside, small, plain, quiet, x+w-pad, y+ts*0.85),
		middle(cut(row.Under, small, plain, w-2*pad), small, plain, quiet, x+pad, y+ts*1.5+small*0.55))
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
