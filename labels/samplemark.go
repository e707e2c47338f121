// SPDX-License-Identifier: Apache-2.0

package labels

// sampleMark writes SAMPLE over the whole label again and again, below
// everything else, in letters of single dots: nobody can take the label for a
// real one, and it can still be read and tried with a scanner. Codes clear
// their place of it.
func (d *composer) sampleMark() {
	f := faces()[style{bold: true}]
	const word = "SAMPLE "
	x0, y0 := int(d.frame.x0), int(d.frame.y0)
	w, h := int(d.frame.x1)-x0, int(d.frame.y1)-y0
	size := min(d.res.dots(4.5)/f.cap, 0.95*float64(w)/f.advance(word)) // 4.5 mm high, where that fits
	wide, pitch := f.advance(word)*size, f.cap*size*1.5
	m := newBitmap(w, h)
	y := f.cap * size * 1.2
	for row := 0; y-f.cap*size < float64(h); row++ {
		// Each row starts elsewhere, so that no code covers all.
		for x := -wide * float64(row%3) / 3; x < float64(w); x += wide {
			m.fillPath(f.outline(word, size, x, y))
		}
		y += pitch
	}
	d.items = append(d.items, gridItem{x: x0, y: y0, w: 1, h: 1, bits: d.stippled(m)})
}

// stippled keeps one dot of several, in staggered rows.
func (d *composer) stippled(m *bitmap) modules {
	step := max(2, d.res.whole(0.4))
	dot := max(1, d.res.whole(0.13))
	all := modules{w: m.w, h: m.h, on: make([]bool, m.w*m.h)}
	for i := range all.on {
		x, y := i%m.w, i/m.w
		shift := y / step % 2 * step / 2
		all.on[i] = m.black(x, y) && y%step < dot && (x+shift)%step < dot
	}
	return all
}
