// SPDX-License-Identifier: Apache-2.0

package labels

import "cmp"

// thin is the thickness of a rule that does not say, mm.
const thin = 0.25

// ruleElement is [[rule]]: a straight line, or the four sides of a frame.
type ruleElement struct {
	position `toml:"-"`
	At       [2]float64 `toml:"at"`    // top left corner, mm
	Size     [2]float64 `toml:"size"`  // width and height, mm; one of them 0 makes a line
	Thick    float64    `toml:"thick"` // of the line, mm; 0 means thin
}

func (r *ruleElement) check() (ms Mistakes) {
	if !within(r.Size[0], 0, largest) || !within(r.Size[1], 0, largest) || r.Size[0]+r.Size[1] == 0 {
		ms = append(ms, r.mistake("size", "a rule has a width, a height or both", "Give size = [width, 0] for a line across, [0, height] for one down, both for a frame."))
	}
	if !within(r.Thick, 0, 5) {
		ms = append(ms, r.mistake("thick", "the line is thicker than 5 mm or less than nothing", "Give its thickness in mm."))
	}
	if inner := min(r.Size[0], r.Size[1]); inner > 0 && inner < 3*max(r.Thick, thin) {
		ms = append(ms, r.mistake("size", "the frame has no room inside", "Make it larger or its line thinner; for a line, let one of the two be 0."))
	}
	return append(ms, checkAt(&r.position, r.At)...)
}

func (r *ruleElement) place(d *composer) {
	n := max(1, d.res.whole(cmp.Or(r.Thick, thin)))
	x, y := d.res.whole(d.x+r.At[0]), d.res.whole(d.y+r.At[1])
	w, h := max(n, d.res.whole(r.Size[0])), max(n, d.res.whole(r.Size[1]))
	line := gridItem{x: x, y: y, w: w, h: h, bits: modules{w: 1, h: 1, on: []bool{true}}}
	if r.Size[0] == 0 || r.Size[1] == 0 {
		d.add(&r.position, []box{line.box()}, line)
		return
	}
	// A frame covers its sides only: other elements may stand in it.
	f := frameItem{x: x, y: y, w: w, h: h, line: n}
	d.add(&r.position, f.sides(), f)
}
