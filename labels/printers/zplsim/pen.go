// SPDX-License-Identifier: Apache-2.0

package zplsim

import "image"

// pen draws fields on a sheet.
type pen struct {
	sheet *image.Paletted
	at    image.Point
	field fieldState
}

// fieldState is one barcode between ^FO and ^FS.
type fieldState struct {
	kind   string // "^BC", "^BX"
	module int    // dots
	height int
	escape string // of ^BX
	hex    string // indicator of ^FH; "" when there is none
	data   string
}

func (p *pen) fill(r image.Rectangle) {
	r = r.Intersect(p.sheet.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			p.dot(x, y)
		}
	}
}

// dot is black; beside the label there is nothing to print on.
func (p *pen) dot(x, y int) {
	if (image.Point{x, y}).In(p.sheet.Rect) {
		p.sheet.SetColorIndex(x, y, 1)
	}
}

// boxed draws ^GBw,h,t: a black box whose lines are t thick.
func (p *pen) boxed(c zplCommand) {
	t := max(1, c.int(2))
	w, h := max(t, c.int(0)), max(t, c.int(1))
	r := image.Rect(0, 0, w, h).Add(p.at)
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+t))
	p.fill(image.Rect(r.Min.X, r.Max.Y-t, r.Max.X, r.Max.Y))
	p.fill(image.Rect(r.Min.X, r.Min.Y, r.Min.X+t, r.Max.Y))
	p.fill(image.Rect(r.Max.X-t, r.Min.Y, r.Max.X, r.Max.Y))
}
