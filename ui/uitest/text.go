// SPDX-License-Identifier: Apache-2.0

package uitest

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bindery/ui/widget"
)

// walk is Texts without measuring, for which the theme of the window must be in use.
func walk(obj fyne.CanvasObject, x, y float32, found func(t *canvas.Text, x, y float32)) {
	x, y = x+obj.Position().X, y+obj.Position().Y
	switch o := obj.(type) {
	case *canvas.Text:
		if o.Text != "" {
			found(o, x, y)
		}
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, x, y, found)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, x, y, found)
		}
	}
}

// Texts finds the texts that are shown in obj.
func Texts(obj fyne.CanvasObject, x, y float32, found func(t *canvas.Text, at Area)) {
	walk(obj, x, y, func(t *canvas.Text, x, y float32) { found(t, ink(t, x, y)) })
}

// TextOf is all that an area says, without blanks and lines: where a text is
// broken depends on the window.
func TextOf(obj fyne.CanvasObject) string {
	var said []string
	Texts(obj, 0, 0, func(text *canvas.Text, _ Area) { said = append(said, text.Text) })
	return WithoutBlanks(strings.Join(said, ""))
}

// WithoutBlanks is a text without blanks.
func WithoutBlanks(s string) string { return strings.Join(strings.Fields(s), "") }

// HasText tells whether an area says a text.
func HasText(obj fyne.CanvasObject, want string) bool {
	return strings.Contains(TextOf(obj), WithoutBlanks(want))
}

// PageText is what a page says.
func PageText(p *widget.ReadingPane) string {
	var all []string
	Texts(p, 0, 0, func(text *canvas.Text, _ Area) { all = append(all, text.Text) })
	return strings.Join(all, "\n")
}

// Area is where an object is drawn in the window.
type Area struct{ X, Y, W, H float32 }

// AreaOf is where a part of the screen is.
func AreaOf(part fyne.CanvasObject) Area {
	return Area{part.Position().X, part.Position().Y, part.Size().Width, part.Size().Height}
}

// Inside tells whether all of it is in b.
func (a Area) Inside(b Area) bool {
	const slack = 1 // pixel, of rounding
	return a.X >= b.X-slack && a.Y >= b.Y-slack && a.X+a.W <= b.X+b.W+slack && a.Y+a.H <= b.Y+b.H+slack
}

// Overlaps tells whether it lies over b.
func (a Area) Overlaps(b Area) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

// ink is a text without the empty room over and under its capitals.
func ink(t *canvas.Text, x, y float32) Area {
	_, baseline := fyne.CurrentApp().Driver().RenderedTextSize(t.Text, t.TextSize, t.TextStyle, nil)
	return Area{x, y + baseline - t.TextSize*widget.CapHeight, t.Size().Width, t.TextSize * widget.CapHeight}
}
