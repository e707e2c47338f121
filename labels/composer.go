// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"slices"
	"strings"

	"bindery/station"
)

// composer is a drawing in the making: the elements that are placed so far, and
// what is wrong with them. Elements place themselves in mm; the composer moves
// them to the label of the sheet that is being drawn.
type composer struct {
	drawing
	layout   *Layout
	values   values
	x, y     float64       // of this label on the sheet, mm
	frame    box           // of this label, dots
	placed   []coveredArea // what elements cover of this label
	texts    []placedText  // the texts of this label
	mistakes Mistakes
}

// coveredArea is what one element covers, its quiet zone included.
type coveredArea struct {
	by  *position
	box box
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

// placedText is a text that stands on the label.
type placedText struct {
	by   *position
	text string
}

// checkReadable holds the readable form of GS1 data to the codes: a text that
// starts with an AI must say what one of the label's codes says.
func (d *composer) checkReadable(codes []*printedCode) {
	codes = slices.DeleteFunc(slices.Clone(codes), func(c *printedCode) bool { return !strings.HasPrefix(c.HRI, "(") })
	for _, s := range d.texts {
		m := aiForm.FindStringSubmatch(s.text)
		if m == nil || ais[m[1]].max == 0 || len(codes) == 0 {
			continue
		}
		if !slices.ContainsFunc(codes, func(c *printedCode) bool { return strings.Contains(c.HRI, s.text) }) {
			d.refuse(s.by, "text", "this reads like GS1 data, and no code of the label says the same", "Give the text and the code the same AIs, in the same order.")
		}
	}
}

func (d *composer) refuse(s *position, key, message, cure string) {
	d.mistakes = append(d.mistakes, s.mistake(key, message, cure))
}

// refuseErr refuses what an errField says.
func (d *composer) refuseErr(s *position, key string, err error) {
	d.mistakes = append(d.mistakes, s.wrong(key, err))
}

// wrong makes the mistake that an errField tells of.
func (s *position) wrong(key string, err error) Mistake {
	if e, ok := err.(*errField); ok { //nolint:errorlint // returned bare, in this package only
		return s.mistake(key, e.message, e.cure)
	}
	return s.mistake(key, err.Error(), "Correct the layout.")
}

// add puts the items of one element on the sheet if the areas that they need
// lie on the label and are free.
func (d *composer) add(s *position, needs []box, items ...drawItem) bool {
	for _, n := range needs {
		if !n.inside(d.frame) {
			f := d.frame
			beyond := d.res.mm(max(f.x0-n.x0, f.y0-n.y0, n.x1-f.x1, n.y1-f.y1))
			d.refuse(s, "at", fmt.Sprintf("this stands %.2g mm beyond the edge of the label, quiet zone included", beyond), "Move it, make it smaller, or shorten the value.")
			return false
		}
		for _, p := range d.placed {
			if p.box.overlaps(n) {
				d.refuse(s, "at", fmt.Sprintf("this overlaps %s in line %d, quiet zones included", p.by.name, p.by.line), "Move one of them, or make it smaller.")
				return false
			}
		}
	}
	for _, n := range needs {
		d.placed = append(d.placed, coveredArea{s, n})
	}
	d.items = append(d.items, items...)
	return true
}
