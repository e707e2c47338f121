// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
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

// Draw makes the label of a unit for a printer of so many dots per inch, and
// reads every code of the finished picture back. What can't be drawn is a
// *station.Fault with code label-refused (see [MistakesOf]), what does not read
// back one with code label-selfcheck.
func (l *Layout) Draw(v station.LabelValues, dpi int) (*Label, error) {
	if dpi < 150 || dpi > 600 {
		return nil, asFault(l.name, Mistakes{{Message: fmt.Sprintf("%d dots per inch is no label printer", dpi), Cure: "Set 203, 300 or 600."}})
	}
	d, ms := l.draw(v, perInch(dpi))
	if len(ms) > 0 {
		return nil, asFault(l.name, ms)
	}
	label := &Label{drawing: d, dots: d.paint()}
	if err := label.selfCheck(); err != nil {
		return nil, err
	}
	return label, nil
}

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

// Encode gives the label as "png", "pdf", "zpl" (exactly its dots) or
// "zpl-native" (codes drawn by the printer). The same label gives the same
// bytes.
func (l *Label) Encode(format string) (out []byte, err error) {
	switch format {
	case "png":
		out, err = l.png()
	case "pdf":
		return PDF(l)
	case "zpl":
		out, err = l.zpl()
	case "zpl-native":
		out, err = l.zplNative()
	default:
		return nil, asFault("", Mistakes{{Message: fmt.Sprintf("%q is no format of a label", format), Cure: "Ask for png, pdf, zpl or zpl-native."}})
	}
	if err != nil {
		return nil, asWriteFault(format, err)
	}
	return out, nil
}

func asWriteFault(format string, err error) error {
	return station.NewFault(station.LabelRefused, "the "+format+" could not be written.", err)
}
