// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"math"

	"bindery/station"
)

// drawing is a checked label, ready for any output: items in the order in which
// they are painted, measured in dots of the printer from the top left corner.
type drawing struct {
	res   resolution
	w, h  int // of the sheet
	items []drawItem
	codes []*printedCode
}

// resolution is that of a printer, in dots per mm.
type resolution float64

// perInch is the resolution of a printer that is sold under so many dots per
// inch. A "203 dpi" head has exactly 8 dots a millimetre.
func perInch(dpi int) resolution {
	if dpi == 203 {
		return 8
	}
	return resolution(float64(dpi) / 25.4)
}

// perInch is the dots per inch under which such a printer is sold.
func (r resolution) perInch() int {
	if r == 8 {
		return 203
	}
	return int(math.Round(float64(r) * 25.4))
}

// dots turns mm into dots; whole rounds to whole ones.
func (r resolution) dots(mm float64) float64 { return mm * float64(r) }

func (r resolution) whole(mm float64) int { return int(math.Round(mm * float64(r))) }

func (r resolution) mm(dots float64) float64 { return dots / float64(r) }

// drawItem is one thing that is painted: a grid, a code, a frame, a shape, words or
// a clearing.
type drawItem interface{ box() box }

// gridItem is a block of modules, each w × h whole dots: a code, a rule, a picture.
type gridItem struct {
	x, y int
	w, h int
	bits modules
}

func (g gridItem) box() box {
	return box{float64(g.x), float64(g.y), float64(g.x + g.w*g.bits.w), float64(g.y + g.h*g.bits.h)}
}

// frameItem is the four sides of a box, each line dots thick.
type frameItem struct{ x, y, w, h, line int }

func (f frameItem) box() box {
	return box{float64(f.x), float64(f.y), float64(f.x + f.w), float64(f.y + f.h)}
}

// sides are the four lines of the frame.
func (f frameItem) sides() []box {
	b, n := f.box(), float64(f.line)
	return []box{
		{b.x0, b.y0, b.x1, b.y0 + n}, {b.x0, b.y1 - n, b.x1, b.y1},
		{b.x0, b.y0 + n, b.x0 + n, b.y1 - n}, {b.x1 - n, b.y0 + n, b.x1, b.y1 - n},
	}
}

// shapeItem is a filled outline.
type shapeItem struct{ path }

// textItem is a line of text: for a PDF as text, elsewhere as an outline.
type textItem struct {
	path
	face *face
	size float64 // of one em
	x, y float64 // start of the baseline
	text string
}

// clearItem is white again, whatever was below.
type clearItem box

func (c clearItem) box() box { return box(c) }

// modules is a picture of modules, row by row; true is black.
type modules struct {
	w, h int
	on   []bool
}

func (b modules) at(x, y int) bool { return b.on[y*b.w+x] }

// runs calls f for each longest horizontal run of black modules.
func (b modules) runs(f func(x, y, n int)) {
	for y := range b.h {
		for x := 0; x < b.w; x++ {
			n := 0
			for x+n < b.w && b.at(x+n, y) {
				n++
			}
			if n > 0 {
				f(x, y, n)
				x += n
			}
		}
	}
}

// printedCode is a code on a drawing.
type printedCode struct {
	station.LabelCode
	gridItem
	spot  *position
	quiet box // with its quiet zone
}
