// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"cmp"
	"fmt"
	"math"
)

// textElement is [[text]]: text on one line, or on as many as it allows itself.
type textElement struct {
	position `toml:"-"`
	At       [2]float64 `toml:"at"`     // top of the capitals and, by align, their left, middle or right; mm
	Cap      float64    `toml:"cap"`    // height of a capital, mm
	Shrink   float64    `toml:"shrink"` // may shrink to this height to fit; 0 means it may not
	Width    float64    `toml:"width"`  // room for the text, mm; 0 means up to the edge of the label
	Lines    int        `toml:"lines"`  // may be broken at spaces into so many lines; 0 means 1
	Align    string     `toml:"align"`  // "left" (default), "center", "right"
	Bold     bool       `toml:"bold"`
	Mono     bool       `toml:"mono"`
	Text     string     `toml:"text"`

	template template
}

// legible is the smallest capital height that a layout may ask for, mm.
const legible = 1.0

func (t *textElement) check() (ms Mistakes) {
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
	if t.Lines < 0 || t.Lines > 20 {
		ms = append(ms, t.mistake("lines", "the number of lines is not from 1 to 20", "Correct or remove lines."))
	}
	ms = append(ms, checkAlign(&t.position, t.Align)...)
	f := t.face()
	for _, p := range t.template {
		if r, no := f.missing(p.literal); no {
			ms = append(ms, t.mistake("text", noGlyph(r), glyphCure))
		}
	}
	return append(ms, checkAt(&t.position, t.At)...)
}

// anchors say which share of an element's width stands left of its at.
var anchors = map[string]float64{"": 0, "left": 0, "center": 0.5, "right": 1}

func checkAlign(s *position, align string) Mistakes {
	if _, ok := anchors[align]; !ok {
		return Mistakes{s.mistake("align", fmt.Sprintf("%q is no alignment", align), "Write left, center or right.")}
	}
	return nil
}

func noGlyph(r rune) string {
	return fmt.Sprintf("the font has no %q (U+%04X)", r, r)
}

const glyphCure = "Write it in Latin, Greek or Cyrillic letters."

func checkAt(s *position, at [2]float64) Mistakes {
	if _, given := s.lines[s.path+".at"]; !given {
		return Mistakes{s.mistake("at", "the element has no place", "Add at = [x, y], in mm from the top left corner.")}
	}
	if !within(at[0], 0, largest) || !within(at[1], 0, largest) {
		return Mistakes{s.mistake("at", "this place is not on the label", "Give x and y in mm from the top left corner.")}
	}
	return nil
}

func (t *textElement) face() *face { return faces()[style{t.Bold, t.Mono}] }

func (t *textElement) place(d *composer) {
	s, err := t.template.expand(d.values)
	if err != nil {
		d.refuseErr(&t.position, "text", err)
		return
	}
	f := t.face()
	if r, no := f.missing(s); no {
		d.refuse(&t.position, "text", noGlyph(r), glyphCure)
		return
	}
	size, lines := t.fit(d, s)
	em := size / f.cap
	var items []drawItem
	var needs []box
	for i, line := range lines {
		x := d.res.dots(d.x+t.At[0]) - anchors[t.Align]*f.advance(line)*em
		y := math.Round(d.res.dots(d.y+t.At[1])) + size + float64(i)*math.Round(size*leading)
		w := textItem{path: f.outline(line, em, x, y), face: f, size: em, x: x, y: y, text: line}
		items, needs = append(items, w), append(needs, w.box())
	}
	if lines != nil && d.add(&t.position, needs, items...) {
		d.texts = append(d.texts, placedText{&t.position, s})
	}
}

// leading is the distance of two baselines, in capital heights.
const leading = 1.6

// room is how wide a line may be, mm.
func (t *textElement) room(label float64) float64 {
	left, right := t.At[0], label-t.At[0]
	switch {
	case t.Width > 0:
		return t.Width
	case anchors[t.Align] == 0.5:
		return 2 * min(left, right)
	case anchors[t.Align] == 1:
		return left
	}
	return right
}

// fit finds the largest capital height, in whole dots, at which the text has
// room, and its lines; it refuses the text when there is none.
func (t *textElement) fit(d *composer, s string) (size float64, lines []string) {
	f, room := t.face(), t.room(d.layout.size[0])
	least := math.Floor(d.res.dots(cmp.Or(t.Shrink, t.Cap)))
	for size = math.Round(d.res.dots(t.Cap)); size >= least; size-- {
		if lines = f.wrap(s, d.res.dots(room)/size*f.cap, max(1, t.Lines)); lines != nil {
			return size, lines
		}
	}
	message := fmt.Sprintf("the text is %.1f mm wide and has room for %.1f mm", d.res.mm(f.advance(s)*(size+1)/f.cap), room)
	if t.Lines > 1 {
		message = fmt.Sprintf("the text needs more than %d lines of %.1f mm", t.Lines, room)
	}
	d.refuse(&t.position, "text", message, "Shorten the value, or give the text more room in the layout.")
	return 0, nil
}
