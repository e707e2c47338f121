// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"slices"
	"strings"
)

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
