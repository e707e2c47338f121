// SPDX-License-Identifier: Apache-2.0

package labels

// paint draws all items. There is no grey: a module is whole dots, and so is
// what outlines cover.
func (d *drawing) paint() *bitmap {
	m := newBitmap(d.w, d.h)
	for _, it := range d.items {
		switch it := it.(type) {
		case gridItem:
			m.fillGrid(it)
		case *printedCode:
			m.fillGrid(it.gridItem)
		case frameItem:
			for _, side := range it.sides() {
				m.fillBox(side, true)
			}
		case clearItem:
			m.fillBox(it.box(), false)
		case shapeItem:
			m.fillPath(it.path)
		case textItem:
			m.fillPath(it.path)
		}
	}
	return m
}
