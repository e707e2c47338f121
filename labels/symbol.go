// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// symbolElement is [[symbol]]: a mark of ISO 15223-1.
type symbolElement struct {
	position `toml:"-"`
	Kind     string     `toml:"kind"`
	At       [2]float64 `toml:"at"`   // top left corner, mm
	Size     float64    `toml:"size"` // height, mm
}

func (s *symbolElement) check() (ms Mistakes) {
	if _, ok := marks[s.Kind]; !ok {
		ms = append(ms, s.mistake("kind", fmt.Sprintf("%q is no symbol", s.Kind), "Write one of: "+strings.Join(slices.Sorted(maps.Keys(marks)), ", ")+"."))
	}
	if !within(s.Size, 1.5, 50) {
		ms = append(ms, s.mistake("size", "a symbol is from 1.5 to 50 mm high", "Give its height in mm."))
	}
	return append(ms, checkAt(&s.position, s.At)...)
}

func (s *symbolElement) place(d *composer) {
	m := marks[s.Kind]
	x, y, h := d.res.whole(d.x+s.At[0]), d.res.whole(d.y+s.At[1]), d.res.whole(s.Size)
	if m.letters != "" {
		s.framed(d, m.letters, x, y, h)
		return
	}
	p := m.outline.placed(float64(h), float64(x), float64(y))
	d.add(&s.position, []box{p.box()}, shapeItem{p})
}

// framed draws letters in a frame of whole dots.
func (s *symbolElement) framed(d *composer, letters string, x, y, h int) {
	f := faces()[style{bold: true}]
	line := max(1, int(math.Round(float64(h)*0.075)))
	gap := max(line+1, int(math.Round(float64(h)*0.2)))
	size := float64(h - 2*gap)
	p := f.outline(letters, size/f.cap, 0, 0)
	ink := p.box()
	side := gap + line
	w := int(math.Ceil(ink.x1-ink.x0)) + 2*side
	p = p.placed(1, float64(x+side)-ink.x0, float64(y+gap)+size)
	b := frameItem{x: x, y: y, w: w, h: h, line: line}
	d.add(&s.position, []box{b.box()}, b, shapeItem{p})
}
