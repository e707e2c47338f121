// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"image"

	"bindery/station"
)

// Label is a drawn and checked label. It implements [station.Label] and is
// never changed.
type Label struct {
	drawing *drawing
	dots    *bitmap
}

// Resolutions are the dots per inch of the printers that a label can be drawn
// for.
var Resolutions = []int{203, UsualResolution, 600}

// UsualResolution is that of a printer of which nobody says another, in dots per inch.
const UsualResolution = 300

// Hash is the SHA-256, hex, of the label's size and dots.
func (l *Label) Hash() string { return l.dots.hash() }

// Image is the label as it will look, one pixel a dot.
func (l *Label) Image() image.Image { return l.dots.image() }

// DPI is the resolution that it was drawn for, in dots per inch.
func (l *Label) DPI() int { return l.drawing.res.perInch() }

// Size is the width and height in mm.
func (l *Label) Size() (w, h float64) {
	return l.drawing.res.mm(float64(l.dots.w)), l.drawing.res.mm(float64(l.dots.h))
}

// Codes lists what a scanner can read from the label.
func (l *Label) Codes() []station.LabelCode {
	all := make([]station.LabelCode, len(l.drawing.codes))
	for i, c := range l.drawing.codes {
		all[i] = c.LabelCode
	}
	return all
}

func asWriteFault(format string, err error) error {
	return station.NewFault(station.LabelRefused, "the "+format+" could not be written.", err)
}
