// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"

	"bindery/station"
)

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

// draw places all elements for a unit. It says all that is wrong, not only the
// first thing.
func (l *Layout) draw(v station.LabelValues, res resolution) (*drawing, Mistakes) {
	w, h := l.Size()
	d := &composer{layout: l, drawing: drawing{res: res, w: res.whole(w), h: res.whole(h)}}
	for i := range l.repeat.Across * l.repeat.Down {
		col, row := i%l.repeat.Across, i/l.repeat.Across
		d.values = values{v, i + 1}
		d.x = l.repeat.Margin[0] + float64(col)*(l.size[0]+l.repeat.Gap[0])
		d.y = l.repeat.Margin[1] + float64(row)*(l.size[1]+l.repeat.Gap[1])
		d.frame = box{res.dots(d.x), res.dots(d.y), res.dots(d.x + l.size[0]), res.dots(d.y + l.size[1])}
		d.placed, d.texts = nil, nil
		codes := len(d.codes)
		if v.Sample {
			d.sampleMark()
		}
		for _, e := range l.elements {
			e.place(d)
		}
		d.checkReadable(d.codes[codes:])
		if len(d.mistakes) > 0 {
			break // the other labels of the sheet have the same
		}
	}
	return &d.drawing, d.mistakes
}
