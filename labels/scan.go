// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"cmp"
	"math"
	"slices"
)

// fillPath paints an outline in whole dots: those whose middle lies inside. A
// stroke that is so thin that it slips between the middles of two dots is drawn
// one dot wide all the same, or a hyphen could vanish from a serial. (It is how
// TrueType draws in black and white: scan conversion with dropout control.)
func (m *bitmap) fillPath(p path) {
	lines := p.flatten()
	for y, spans := range scan(lines, m.h) {
		for _, s := range spans {
			from, to := s.dots()
			m.fill(from, y, to-from, 1, true)
		}
	}
	// Upright strokes that slip through have just been caught; now level ones.
	for i, l := range lines {
		lines[i] = edge{point{l.a.y, l.a.x}, point{l.b.y, l.b.x}}
	}
	for x, spans := range scan(lines, m.w) {
		for _, s := range spans {
			if from, to := s.dots(); s.thin() {
				m.fill(x, from, 1, to-from, true)
			}
		}
	}
}

// edge is a straight edge of an outline.
type edge struct{ a, b point }

// flatten turns the outline into straight lines that leave it by far less than
// a dot.
func (p path) flatten() []edge {
	var lines []edge
	var start, at point
	to := func(q point) {
		lines = append(lines, edge{at, q})
		at = q
	}
	for _, s := range p {
		switch s.op {
		case moveTo:
			start, at = s.to[0], s.to[0]
		case lineTo:
			to(s.to[0])
		case quadTo:
			for q := range curve(at, s.to[0], s.to[0], s.to[1], 2) {
				to(q)
			}
		case cubeTo:
			for q := range curve(at, s.to[0], s.to[1], s.to[2], 3) {
				to(q)
			}
		case closePath:
			to(start)
		}
	}
	return lines
}

// curve yields points along a Bézier curve of a degree from a to d; a quadratic
// one has b and c the same.
func curve(a, b, c, d point, degree int) func(yield func(point) bool) {
	steps := 4 + int(math.Sqrt(math.Hypot(d.x-a.x, d.y-a.y)))
	return func(yield func(point) bool) {
		for i := 1; i <= steps; i++ {
			t := float64(i) / float64(steps)
			u := 1 - t
			wa, wb, wc, wd := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
			if degree == 2 {
				wa, wb, wc, wd = u*u, 2*u*t, 0, t*t
			}
			if !yield(point{wa*a.x + wb*b.x + wc*c.x + wd*d.x, wa*a.y + wb*b.y + wc*c.y + wd*d.y}) {
				return
			}
		}
	}
}

// dotSpan is a stretch of a row that lies inside the outline.
type dotSpan struct{ from, to float64 }

// dots are the first dot and the one after the last whose middles the span
// covers; when there is none, the dot in which its own middle lies.
func (s dotSpan) dots() (from, to int) {
	from, to = int(math.Ceil(s.from-0.5)), int(math.Ceil(s.to-0.5))
	if from == to {
		from = int(math.Floor((s.from + s.to) / 2))
		to = from + 1
	}
	return from, to
}

// thin reports whether the span covers the middle of no dot.
func (s dotSpan) thin() bool { return math.Ceil(s.from-0.5) == math.Ceil(s.to-0.5) }

// scan finds for each of the first n rows what the outline covers along the
// middle of the row. A place is inside when the outline winds around it.
func scan(lines []edge, n int) [][]dotSpan {
	type crossing struct {
		at   float64
		down int
	}
	rows := make([][]crossing, n)
	for _, l := range lines {
		a, b, down := l.a, l.b, 1
		if a.y > b.y {
			a, b, down = b, a, -1
		}
		first, last := max(0, int(math.Ceil(a.y-0.5))), min(n, int(math.Ceil(b.y-0.5)))
		for y := first; y < last; y++ {
			x := a.x + (b.x-a.x)*(float64(y)+0.5-a.y)/(b.y-a.y)
			rows[y] = append(rows[y], crossing{x, down})
		}
	}
	spans := make([][]dotSpan, n)
	for y, row := range rows {
		slices.SortFunc(row, func(a, b crossing) int { return cmp.Compare(a.at, b.at) })
		winding := 0
		for i, c := range row {
			if winding != 0 && row[i-1].at < c.at {
				spans[y] = append(spans[y], dotSpan{row[i-1].at, c.at})
			}
			winding += c.down
		}
	}
	return spans
}
