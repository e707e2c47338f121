// SPDX-License-Identifier: Apache-2.0

package labels

// Uncoded is the label with an empty frame in the place of each code, for people
// to look at while the one on paper is still to be scanned.
func (l *Label) Uncoded() *Label {
	d := *l.drawing
	d.codes = nil
	d.items = make([]drawItem, len(l.drawing.items))
	line := max(1, d.res.whole(0.2))
	for i, it := range l.drawing.items {
		if c, ok := it.(*printedCode); ok {
			g := c.gridItem
			it = frameItem{x: g.x, y: g.y, w: g.w * g.bits.w, h: g.h * g.bits.h, line: line}
		}
		d.items[i] = it
	}
	return &Label{drawing: &d, dots: d.paint()}
}
