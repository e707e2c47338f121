// SPDX-License-Identifier: Apache-2.0

package labels

import "math"

// point is a place on the sheet, or in the square of a symbol.
type point struct{ x, y float64 }

// op is what a segment does.
type op byte

const (
	moveTo op = iota
	lineTo
	quadTo
	cubeTo
	closePath
)

// points is how many points a segment of this kind has; the last is where it
// ends.
func (o op) points() int {
	return [...]int{moveTo: 1, lineTo: 1, quadTo: 2, cubeTo: 3, closePath: 0}[o]
}

// segment is one step of an outline.
type segment struct {
	op op
	to [3]point
}

// path is a filled outline. Contours that run the other way are holes.
type path []segment

func polygon(pts ...point) path {
	p := make(path, 0, len(pts)+1)
	for i, q := range pts {
		o := lineTo
		if i == 0 {
			o = moveTo
		}
		p = append(p, segment{op: o, to: [3]point{q}})
	}
	return append(p, segment{op: closePath})
}

// placed is the path scaled by s and moved by (dx, dy).
func (p path) placed(s, dx, dy float64) path {
	out := make(path, len(p))
	for i, seg := range p {
		out[i].op = seg.op
		for j, q := range seg.to {
			out[i].to[j] = point{q.x*s + dx, q.y*s + dy}
		}
	}
	return out
}

// box is the smallest upright rectangle around all points.
func (p path) box() box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, seg := range p {
		for _, q := range seg.to[:seg.op.points()] {
			b = box{min(b.x0, q.x), min(b.y0, q.y), max(b.x1, q.x), max(b.y1, q.y)}
		}
	}
	if b.x0 > b.x1 {
		return box{}
	}
	return b
}

// box is an upright rectangle, in dots.
type box struct{ x0, y0, x1, y1 float64 }

// overlaps reports whether the rectangles share more than an edge; half a dot
// is an edge.
func (b box) overlaps(c box) bool {
	const edge = 0.5
	return b.x0 < c.x1-edge && c.x0 < b.x1-edge && b.y0 < c.y1-edge && c.y0 < b.y1-edge
}

// inside reports whether b lies within c.
func (b box) inside(c box) bool {
	const edge = 0.5
	return b.x0 >= c.x0-edge && b.y0 >= c.y0-edge && b.x1 <= c.x1+edge && b.y1 <= c.y1+edge
}

func (b box) grown(x, y float64) box { return box{b.x0 - x, b.y0 - y, b.x1 + x, b.y1 + y} }
