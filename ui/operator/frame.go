// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/ui/screen"
	"bindery/ui/widget"
)

// frame gives the parts of the operator's screen their places:
//
//	┌ header ───────────────────────────┐
//	│ field                   │ recent  │
//	│ steps                   │         │
//	│                         │ shift   │
//	│ entry                   │ preview │
//	└───────────────────────────────────┘
//
// Before somebody works on an order there are only header, field and entry.
type frame struct{ o *Screen }

func newFrame(o *Screen) fyne.CanvasObject {
	ground := canvas.NewRectangle(o.style.Palette.Ground)
	return &fyne.Container{
		Layout:  frame{o},
		Objects: []fyne.CanvasObject{ground, o.header, o.field, o.steps, o.entry, o.recent, o.shift, o.preview},
	}
}

// MinSize is nothing: the design shrinks with the window.
func (f frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the parts in design pixels, in steps of 8.
func (f frame) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	o, u := f.o, widget.DesignPixelFor(size)
	o.style.Unit, o.style.Density = u, o.window.Canvas().Scale()
	objs[0].Resize(size)
	gap, head, side := u.Px(24), u.Px(88), u.Px(424)
	if o.alone {
		side = -gap
	}
	screen.Place(o.header, 0, 0, size.Width, head)

	main := size.Width - side - 3*gap
	entry, steps := u.Px(88), u.Px(176)
	y := size.Height - gap - entry
	screen.Place(o.entry, gap, y, main, entry)
	if o.alone {
		screen.Place(o.field, gap, head+gap, main, y-2*gap-head)
		return
	}
	y -= gap + steps
	screen.Place(o.steps, gap, y, main, steps)
	screen.Place(o.field, gap, head+gap, main, y-gap-head-gap)

	x, preview := size.Width-gap-side, u.Px(272)
	screen.Place(o.preview, x, size.Height-gap-preview, side, preview)
	shift := u.Px(184)
	screen.Place(o.shift, x, size.Height-2*gap-preview-shift, side, shift)
	screen.Place(o.recent, x, head+gap, side, size.Height-4*gap-preview-shift-head)
}
