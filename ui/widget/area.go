// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// area is the base of every own widget: a rectangle that is drawn anew, from
// what it shows, whenever that or its size has changed. Nothing in it takes
// the focus.
type area struct {
	widget.BaseWidget
	style *WindowStyle
	draw  func(fyne.Size) []fyne.CanvasObject
	root  *fyne.Container
}

// init makes w, the widget that a is part of, usable.
func (a *area) init(w fyne.Widget, l *WindowStyle, draw func(fyne.Size) []fyne.CanvasObject) {
	a.style, a.draw, a.root = l, draw, container.NewWithoutLayout()
	a.ExtendBaseWidget(w)
}

// redraw shows the present state.
func (a *area) redraw() {
	if a.Size().IsZero() {
		return
	}
	a.style.keep(a.root.Objects)
	a.root.Objects = a.draw(a.Size())
	a.style.drop()
	canvas.Refresh(a.root)
}

// Resize draws for the new size.
func (a *area) Resize(s fyne.Size) {
	if s == a.Size() {
		return
	}
	a.BaseWidget.Resize(s)
	a.redraw()
}

// MinSize is nothing: the frame gives each area its place.
func (a *area) MinSize() fyne.Size { return fyne.Size{} }

// CreateRenderer is for Fyne.
func (a *area) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.root) }

// box makes a plain rectangle.
func box(fill color.Color, x, y, w, h float32) *canvas.Rectangle {
	r := canvas.NewRectangle(fill)
	r.Move(fyne.NewPos(x, y))
	r.Resize(fyne.NewSize(w, h))
	return r
}
