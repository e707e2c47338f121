// SPDX-License-Identifier: Apache-2.0

package look

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Way is one branch of a trail.
type Way struct {
	Text  string // a serial, a masked number
	Under string // said below it, in second rank
	Aside string
}

// Trail is a place and the ways that lead on from it, drawn as a rail with a
// branch for each. One of them is chosen; the first is the place itself. Only
// what is in sight is drawn, however many there are.
type Trail struct {
	area
	ways   []Way
	chosen int
	first  int // way at the top
	onPick func(int)
}

// NewTrail makes an empty trail; pick is called when a way is tapped.
func NewTrail(l *Look, pick func(int)) *Trail {
	t := &Trail{onPick: pick}
	t.init(t, l, t.compose)
	return t
}

// Set shows ways, with the chosen one in sight.
func (t *Trail) Set(ways []Way, chosen int) {
	if chosen != t.chosen || !slices.Equal(ways, t.ways) {
		t.ways, t.chosen = slices.Clone(ways), chosen
		t.redraw()
	}
}

// Tapped picks the way under the tap.
func (t *Trail) Tapped(e *fyne.PointEvent) {
	t.look.touch()
	if i := t.first + int((e.Position.Y-t.pad())/t.height()); i >= 0 && i < len(t.ways) {
		t.onPick(i)
	}
}

// Scrolled moves the choice, so that what is chosen is always in sight.
func (t *Trail) Scrolled(e *fyne.ScrollEvent) {
	t.look.touch()
	next := t.chosen - 1
	if e.Scrolled.DY < 0 {
		next = t.chosen + 1
	}
	if next >= 0 && next < len(t.ways) {
		t.onPick(next)
	}
}

func (t *Trail) pad() float32 { return t.look.Unit.Px(16) }

func (t *Trail) height() float32 {
	u := t.look.Unit
	return u.Text(28)*1.5 + u.Text(22)*1.5
}

func (t *Trail) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := t.look.Unit, t.look.Palette
	objs := []fyne.CanvasObject{panel(p, u, size)}
	h, pad := t.height(), t.pad()
	n := max(1, int((size.Height-2*pad)/h))
	t.first = min(max(0, t.chosen-n/2), max(0, len(t.ways)-n))
	for i := t.first; i < min(t.first+n, len(t.ways)); i++ {
		objs = append(objs, t.way(i, pad, pad+float32(i-t.first)*h, size.Width-2*pad, h)...)
	}
	return objs
}

func (t *Trail) way(i int, x, y, w, h float32) []fyne.CanvasObject {
	u, p, way := t.look.Unit, t.look.Palette, t.ways[i]
	ink, quiet := p.Text, p.Quiet
	rail := u.Px(64)
	objs := t.node(i, x, y, h, rail)
	x, w = x+rail, w-rail
	if i == t.chosen {
		bar := box(p.Text, x, y, w, h)
		bar.CornerRadius = u.Px(8)
		objs, ink, quiet = append(objs, bar), p.Panel, p.Panel
	}
	ts, small, pad := u.Text(28), u.Text(22), u.Px(16)
	aside := width(way.Aside, small, plain)
	return append(objs,
		middle(cut(way.Text, ts, code, w-3*pad-aside), ts, code, ink, x+pad, y+ts*0.85),
		rightOf(way.Aside, small, plain, quiet, x+w-pad, y+ts*0.85),
		middle(cut(way.Under, small, plain, w-2*pad), small, plain, quiet, x+pad, y+ts*1.5+small*0.55))
}

// node draws the rail beside a way: a full disc for the place itself, a branch
// with a ring for each that leads on.
func (t *Trail) node(i int, x, y, h, w float32) []fyne.CanvasObject {
	u, p := t.look.Unit, t.look.Palette
	thick, r, mid := u.Px(3), u.Px(11), y+h/2
	rail := x + w*0.35
	if i == 0 {
		disc := box(p.Accent, rail-r, mid-r, 2*r, 2*r)
		disc.CornerRadius = r
		objs := []fyne.CanvasObject{disc}
		if len(t.ways) > 1 {
			objs = append(objs, box(p.Quiet, rail-thick/2, mid+r, thick, h/2-r))
		}
		return objs
	}
	down := h
	if i == len(t.ways)-1 {
		down = h / 2
	}
	end := x + w - u.Px(8)
	ring := box(p.Panel, end-2*r, mid-r, 2*r, 2*r)
	ring.CornerRadius, ring.StrokeColor, ring.StrokeWidth = r, p.Quiet, thick
	return []fyne.CanvasObject{
		box(p.Quiet, rail-thick/2, y, thick, down),
		box(p.Quiet, rail, mid-thick/2, end-2*r-rail, thick),
		ring,
	}
}
