// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"math"
	"testing"
)

// column is how many dots of a column are black.
func column(m *bitmap, x int) (n int) {
	for y := range m.h {
		if m.black(x, y) {
			n++
		}
	}
	return n
}

func TestNoStrokeVanishesBetweenTheDots(t *testing.T) {
	for _, bold := range []bool{false, true} {
		f := faces()[style{bold: bold}]
		for capital := 8.0; capital <= 14; capital++ { // from the smallest that a layout may ask for at 203 dpi
			for shift := 0.0; shift < 1; shift += 0.09 {
				t.Run(fmt.Sprintf("bold %v, %v dots high, %.2f off", bold, capital, shift), func(t *testing.T) {
					em := capital / f.cap
					for _, c := range []struct {
						text  string
						least int // black dots in each column of the middle third
					}{{"-", 1}, {"=", 2}, {"H", 1}, {"E", 3}, {"_", 1}} {
						p := f.outline(c.text, em, 2+shift, 20+shift)
						m := newBitmap(40, 40)
						m.fillPath(p)
						b := p.box()
						third := (b.x1 - b.x0) / 3
						for x := int(math.Ceil(b.x0 + third)); x < int(b.x1-third); x++ {
							if n := column(m, x); n < c.least {
								t.Errorf("%q has %d dots in column %d, want %d", c.text, n, x, c.least)
							}
						}
					}
				})
			}
		}
	}
}

func TestWholeDotsArePaintedAsTheyAre(t *testing.T) {
	m := newBitmap(10, 10)
	// A box with a hole, on whole dots.
	m.fillPath(append(polygon(point{1, 1}, point{8, 1}, point{8, 8}, point{1, 8}), polygon(point{3, 3}, point{3, 6}, point{6, 6}, point{6, 3})...))
	for y := range 10 {
		for x := range 10 {
			in := func(v, from, to int) bool { return v >= from && v < to }
			want := in(x, 1, 8) && in(y, 1, 8) && !(in(x, 3, 6) && in(y, 3, 6))
			if m.black(x, y) != want {
				t.Errorf("dot %d,%d: %v", x, y, !want)
			}
		}
	}
}
