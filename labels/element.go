// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"cmp"
	"fmt"
	"math"
)

// text is [[text]]: one line of text.
type text struct {
	spot   `toml:"-"`
	At     [2]float64 `toml:"at"`     // top of the capitals and, by align, their left, middle or right; mm
	Cap    float64    `toml:"cap"`    // height of a capital, mm
	Shrink float64    `toml:"shrink"` // may shrink to this height to fit; 0 means it may not
	Width  float64    `toml:"width"`  // room for the text, mm; 0 means up to the edge of the label
	Align  string     `toml:"align"`  // "left" (default), "center", "right"
	Bold   bool       `toml:"bold"`
	Mono   bool       `toml:"mono"`
	Text   string     `toml:"text"`

	template template
}

// legible is the smallest capital height that a layout may ask for, mm.
const legible = 1.0

func (t *text) check() (ms Mistakes) {
	var err error
	if t.template, err = parseTemplate(t.Text); err != nil {
		ms = append(ms, t.wrong("text", err))
	}
	if t.Text == "" {
		ms = append(ms, t.mistake("text", "there is no text", "Write a text, with fields such as {serial}."))
	}
	if !within(t.Cap, legible, 50) {
		ms = append(ms, t.mistake("cap", "the capital height is not from 1 to 50 mm", "Give cap in mm; 1.5 or more is easy to read."))
	}
	if t.Shrink != 0 && !within(t.Shrink, legible, t.Cap) {
		ms = append(ms, t.mistake("shrink", "the smallest height is not between 1 mm and cap", "Correct or remove shrink."))
	}
	if !within(t.Width, 0, largest) {
		ms = append(ms, t.mistake("width", "the width is impossible", "Give the room for the text in mm."))
	}
	ms = append(ms, checkAlign(&t.spot, t.Align)...)
	f := t.face()
	for _, p := range t.template {
		if r, no := f.missing(p.literal); no {
			ms = append(ms, t.mistake("text", noGlyph(r), glyphCure))
		}
	}
	return append(ms, checkAt(&t.spot, t.At)...)
}

// anchors say which share of an element's width stands left of its at.
var anchors = map[string]float64{"": 0, "left": 0, "center": 0.5, "right": 1}

func checkAlign(s *spot, align string) Mistakes {
	if _, ok := anchors[align]; !ok {
		return Mistakes{s.mistake("align", fmt.Sprintf("%q is no alignment", align), "Write left, center or right.")}
	}
	return nil
}

func noGlyph(r rune) string {
	return fmt.Sprintf("the font has no %q (U+%04X)", r, r)
}

const glyphCure = "Write it in Latin, Greek or Cyrillic letters."

func checkAt(s *spot, at [2]float64) Mistakes {
	if _, given := s.lines[s.path+".at"]; !given {
		return Mistakes{s.mistake("at", "the element has no place", "Add at = [x, y], in mm from the top left corner.")}
	}
	if !within(at[0], 0, largest) || !within(at[1], 0, largest) {
		return Mistakes{s.mistake("at", "this place is not on the label", "Give x and y in mm from the top left corner.")}
	}
	return nil
}

func (t *text) face() *face { return faces()[[2]bool{t.Bold, t.Mono}] }

func (t *text) place(d *draft) {
	s, err := t.template.expand(d.values)
	if err != nil {
		d.refuseErr(&t.spot, "text", err)
		return
	}
	f := t.face()
	if r, no := f.missing(s); no {
		d.refuse(&t.spot, "text", noGlyph(r), glyphCure)
		return
	}
	size := t.fit(d, f.advance(s)/f.cap)
	if size == 0 {
		return
	}
	em := size / f.cap
	x := d.res.dots(d.x+t.At[0]) - anchors[t.Align]*f.advance(s)*em
	y := math.Round(d.res.dots(d.y+t.At[1])) + size
	w := words{path: f.outline(s, em, x, y), face: f, size: em, x: x, y: y, text: s}
	if d.add(&t.spot, []box{w.box()}, w) {
		d.said = append(d.said, said{&t.spot, s})
	}
}

// fit gives the capital height in whole dots at which the text, which is wide
// times as wide as a capital is high, has room; 0 when there is none.
func (t *text) fit(d *draft, wide float64) float64 {
	room := d.layout.size[0] - t.At[0]
	switch {
	case t.Width > 0:
		room = t.Width
	case anchors[t.Align] == 0.5:
		room = 2 * min(t.At[0], room)
	case anchors[t.Align] == 1:
		room = t.At[0]
	}
	least := t.Cap
	if t.Shrink > 0 {
		least = t.Shrink
	}
	size := math.Round(d.res.dots(t.Cap))
	for ; size*wide > d.res.dots(room); size-- {
		if size-1 < math.Floor(d.res.dots(least)) {
			d.refuse(&t.spot, "text", fmt.Sprintf("the text is %.1f mm wide and has room for %.1f mm", d.res.mm(size*wide), room), "Shorten the value, or give the text more room in the layout.")
			return 0
		}
	}
	return size
}

// thin is the thickness of a rule that does not say, mm.
const thin = 0.25

// rule is [[rule]]: a straight line, or the four sides of a frame.
type rule struct {
	spot  `toml:"-"`
	At    [2]float64 `toml:"at"`    // top left corner, mm
	Size  [2]float64 `toml:"size"`  // width and height, mm; one of them 0 makes a line
	Thick float64    `toml:"thick"` // of the line, mm; 0 means thin
}

func (r *rule) check() (ms Mistakes) {
	if !within(r.Size[0], 0, largest) || !within(r.Size[1], 0, largest) || r.Size[0]+r.Size[1] == 0 {
		ms = append(ms, r.mistake("size", "a rule has a width, a height or both", "Give size = [width, 0] for a line across, [0, height] for one down, both for a frame."))
	}
	if !within(r.Thick, 0, 5) {
		ms = append(ms, r.mistake("thick", "the line is thicker than 5 mm or less than nothing", "Give its thickness in mm."))
	}
	if inner := min(r.Size[0], r.Size[1]); inner > 0 && inner < 3*max(r.Thick, thin) {
		ms = append(ms, r.mistake("size", "the frame has no room inside", "Make it larger or its line thinner; for a line, let one of the two be 0."))
	}
	return append(ms, checkAt(&r.spot, r.At)...)
}

func (r *rule) place(d *draft) {
	n := max(1, d.res.whole(cmp.Or(r.Thick, thin)))
	x, y := d.res.whole(d.x+r.At[0]), d.res.whole(d.y+r.At[1])
	w, h := max(n, d.res.whole(r.Size[0])), max(n, d.res.whole(r.Size[1]))
	line := grid{x: x, y: y, w: w, h: h, bits: bits{w: 1, h: 1, on: []bool{true}}}
	if r.Size[0] == 0 || r.Size[1] == 0 {
		d.add(&r.spot, []box{line.box()}, line)
		return
	}
	// A frame covers its sides only: other elements may stand in it.
	f := frame{x: x, y: y, w: w, h: h, line: n}
	d.add(&r.spot, f.sides(), f)
}
