// SPDX-License-Identifier: Apache-2.0

package labels

// sampleMark writes SAMPLE across the whole label, below everything else, in
// letters of single dots: nobody can take the label for a real one, and it can
// still be read and tried with a scanner. Codes clear their place of it.
func (d *draft) sampleMark() {
	f := faces()[[2]bool{true, false}]
	const word = "SAMPLE"
	w, h := d.frame.x1-d.frame.x0, d.frame.y1-d.frame.y0
	size := min(0.92*w/f.advance(word), 0.6*h/f.cap)
	p := f.outline(word, size, 0, 0)
	ink := p.box()
	p = p.placed(1, (d.frame.x0+d.frame.x1-ink.x1-ink.x0)/2, (d.frame.y0+d.frame.y1+size*f.cap)/2)
	m := newBitmap(d.w, d.h)
	m.fillPath(p)
	step := max(2, d.res.whole(0.4))
	dot := max(1, d.res.whole(0.13))
	all := bits{w: d.w, h: d.h, on: make([]bool, d.w*d.h)}
	for i := range all.on {
		x, y := i%d.w, i/d.w
		row := y / step
		all.on[i] = m.black(x, y) && y%step < dot && (x+row%2*step/2)%step < dot
	}
	d.items = append(d.items, grid{w: 1, h: 1, bits: all})
}
