// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"reflect"

	"fyne.io/fyne/v2"
)

// NewField makes a field that says nothing yet. pick is called when a choice
// is tapped.
func NewField(l *WindowStyle, pick func(choice int)) *StatusField {
	f := &StatusField{face: Face{Tone: Calm}, onPick: pick}
	f.init(f, l, f.compose)
	return f
}

// Set says face.
func (f *StatusField) Set(face Face) {
	if !reflect.DeepEqual(face, f.face) {
		f.face = face
		f.redraw()
	}
}

// Tapped takes a tap as the choice of the row under it.
func (f *StatusField) Tapped(e *fyne.PointEvent) {
	f.style.touch()
	for _, r := range f.rows {
		if e.Position.Y >= r.y && e.Position.Y < r.y+r.height {
			f.onPick(r.choice)
			return
		}
	}
}
