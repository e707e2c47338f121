// SPDX-License-Identifier: Apache-2.0

package labels

import "math"

// marks are the symbols by the name that a layout uses. ISO 15223-1:2021 and,
// for the drawing itself, ISO 7000. Letters stand in a frame; outlines are
// drawn one unit high.
var marks = map[string]mark{
	"REF":          {letters: "REF"},                 // 5.1.6, ISO 7000-2493
	"LOT":          {letters: "LOT"},                 // 5.1.5, ISO 7000-2492
	"SN":           {letters: "SN"},                  // 5.1.7, ISO 7000-2498
	"MD":           {letters: "MD"},                  // 5.7.7
	"UDI":          {letters: "UDI"},                 // 5.7.10
	"manufacturer": {outline: polygon(factory...)},   // 5.1.1, ISO 7000-3082: filled
	"made":         {outline: hollow(factory, 0.05)}, // 5.1.3, ISO 7000-2497: the same, not filled
	"use-by":       {outline: hourglass()},           // 5.1.4, ISO 7000-2607
}

// mark is one symbol.
type mark struct {
	letters string
	outline path
}

// factory is a hall with three peaked roofs and a chimney that rises from its
// right end.
var factory = []point{
	{0, 1}, {0, 0.63}, {0.135, 0.24}, {0.255, 0.63}, {0.38, 0.24}, {0.505, 0.63}, {0.63, 0.24}, {0.745, 0.63},
	{0.745, 0}, {0.935, 0}, {0.935, 1},
}

// hollow is a polygon, given clockwise, of which only a rim inside its edge is
// black.
func hollow(pts []point, rim float64) path {
	n := len(pts)
	inner := make([]point, n)
	for i := range pts {
		inner[n-1-i] = inset(pts[(i+n-1)%n], pts[i], pts[(i+1)%n], rim)
	}
	return append(polygon(pts...), polygon(inner...)...)
}

// inset is where the corner b between a and c comes to lie when both its edges
// move inwards by d.
func inset(a, b, c point, d float64) point {
	normal := func(p, q point) point {
		l := math.Hypot(q.x-p.x, q.y-p.y)
		return point{-(q.y - p.y) / l, (q.x - p.x) / l}
	}
	m, n := normal(a, b), normal(b, c)
	s := d / (1 + m.x*n.x + m.y*n.y)
	return point{b.x + (m.x+n.x)*s, b.y + (m.y+n.y)*s}
}

// hourglass is two bulbs in outline between two plates.
func hourglass() path {
	const w, plate, edge, neck, wall = 0.62, 0.08, 0.06, 0.04, 0.05
	mid := 0.5
	body := []point{
		{0, 0}, {w, 0}, {w, plate}, {w - edge, plate}, {w/2 + neck, mid}, {w - edge, 1 - plate}, {w, 1 - plate}, {w, 1},
		{0, 1}, {0, 1 - plate}, {edge, 1 - plate}, {w/2 - neck, mid}, {edge, plate}, {0, plate},
	}
	p := polygon(body...)
	// The glass, counter-clockwise.
	p = append(p, polygon(point{edge + 1.6*wall, plate}, point{w / 2, mid - wall}, point{w - edge - 1.6*wall, plate})...)
	return append(p, polygon(point{w - edge - 1.6*wall, 1 - plate}, point{w / 2, mid + wall}, point{edge + 1.6*wall, 1 - plate})...)
}
