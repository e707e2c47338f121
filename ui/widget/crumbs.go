// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Crumbs is the way that one has come: places joined by arrows, the present
// one last. Where it is too long, its beginning is left out.
type Crumbs struct {
	area
	places []string
	aside  string
	onPick func(int)
	spots  []crumbArea
}

// crumbArea is where a place stands.
type crumbArea struct {
	place     int
	from, end float32
}

// NewCrumbs makes an empty way; pick is called when a place on it is tapped.
func NewCrumbs(l *WindowStyle, pick func(int)) *Crumbs {
	c := &Crumbs{onPick: pick}
	c.init(c, l, c.compose)
	return c
}

// Set shows places, and a text at the other end.
func (c *Crumbs) Set(places []string, aside string) {
	if aside != c.aside || !slices.Equal(places, c.places) {
		c.places, c.aside = slices.Clone(places), aside
		c.redraw()
	}
}

// Tapped picks the place under the tap.
func (c *Crumbs) Tapped(e *fyne.PointEvent) {
	c.style.touch()
	for _, s := range c.spots {
		if e.Position.X >= s.from && e.Position.X < s.end {
			c.onPick(s.place)
			return
		}
	}
}

const arrow = "  ›  "

func (c *Crumbs) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := c.style.Unit, c.style.Palette
	ts, mid := u.Text(28), size.Height/2
	room := size.Width - width(c.aside, u.Text(24), plain) - u.Px(48)
	first := c.fitting(ts, room)
	c.spots = nil
	objs := []fyne.CanvasObject{rightOf(c.aside, u.Text(24), plain, p.Quiet, size.Width-u.Px(8), mid)}
	x := u.Px(8)
	if first > 0 {
		objs = append(objs, middle("…"+arrow, ts, plain, p.Quiet, x, mid))
		x += width("…"+arrow, ts, plain)
	}
	for i := first; i < len(c.places); i++ {
		style, ink := plain, p.Quiet
		if i == len(c.places)-1 {
			style, ink = bold, p.Text
		}
		name := cut(c.places[i], ts, style, room-x)
		objs = append(objs, middle(name, ts, style, ink, x, mid))
		end := x + width(name, ts, style)
		c.spots = append(c.spots, crumbArea{i, x, end})
		x = end
		if i < len(c.places)-1 {
			objs = append(objs, middle(arrow, ts, plain, p.Quiet, x, mid))
			x += width(arrow, ts, plain)
		}
	}
	return objs
}

// fitting is the first place from which on all stand on the line.
func (c *Crumbs) fitting(ts, room float32) int {
	total := width("…"+arrow, ts, plain)
	for i := len(c.places) - 1; i > 0; i-- {
		if total += width(c.places[i]+arrow, ts, bold); total > room {
			return min(i+1, len(c.places)-1)
		}
	}
	return 0
}
