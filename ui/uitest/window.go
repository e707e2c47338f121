// SPDX-License-Identifier: Apache-2.0

package uitest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bindery/station"
	"bindery/ui/widget"
)

// Sizes are the windows that a screen must fit, in pixels.
var Sizes = []fyne.Size{{Width: 1920, Height: 1080}, {Width: 1280, Height: 800}, {Width: 1280, Height: 720}}

// OpenWindow makes an app of the test driver and a window in it, in the theme of a
// palette. The test fails when the window shows an identity that nobody typed
// unmasked; [ShowsWhole] says from when on it may.
func OpenWindow(t *testing.T, p widget.Palette) fyne.Window {
	t.Helper()
	a := test.NewTempApp(t)
	test.ApplyTheme(t, &widget.Theme{Palette: p})
	w := a.NewWindow("Bindery")
	w.SetPadded(false)
	watchPrivacy(t, w)
	return w
}

// Type types text as a scanner does: to what has the focus, else to the
// canvas. "\n" is Enter and "\t" is Tab.
func Type(w fyne.Window, text string) {
	look(w)
	if seen := watches[w]; seen != nil {
		seen.typed += alnum(text)
	}
	c := w.Canvas()
	for _, r := range text {
		switch r {
		case '\n':
			press(w, fyne.KeyReturn)
		case '\t':
			press(w, fyne.KeyTab)
		default:
			if f := c.Focused(); f != nil {
				f.TypedRune(r)
			} else if f := c.OnTypedRune(); f != nil {
				f(r)
			}
		}
	}
}

// TakeFirst takes the first row of a list, which the first arrow marks.
func TakeFirst(w fyne.Window) {
	Press(w, fyne.KeyDown)
	Press(w, fyne.KeyReturn)
}

// Press presses a key.
func Press(w fyne.Window, name fyne.KeyName) {
	look(w)
	press(w, name)
}

func press(w fyne.Window, name fyne.KeyName) {
	c, k := w.Canvas(), &fyne.KeyEvent{Name: name}
	if f := c.Focused(); f != nil {
		f.TypedKey(k)
	} else if f := c.OnTypedKey(); f != nil {
		f(k)
	}
}

// Keypad presses digits on a keypad without NumLock: keys that come without a
// character, and the keypad's Enter.
func Keypad(w fyne.Window, digits string) {
	for _, d := range digits {
		Press(w, fyne.KeyName(d))
	}
	Press(w, fyne.KeyEnter)
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

// Texts finds the texts that are shown in obj.
func Texts(obj fyne.CanvasObject, x, y float32, found func(t *canvas.Text, at Area)) {
	walk(obj, x, y, func(t *canvas.Text, x, y float32) { found(t, ink(t, x, y)) })
}

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

// SampleLabel is a label whose codes and picture are made up.
type SampleLabel string

// Hash is different for every serial.
func (s SampleLabel) Hash() string { return "hash of " + string(s) }

// DPI is that of its printer.
func (SampleLabel) DPI() int { return 300 }

// Codes is one bar code, of the serial.
func (s SampleLabel) Codes() []station.LabelCode {
	return []station.LabelCode{{Kind: "code128", Payload: string(s)}}
}

// Picture is what its printer would print.
func (SampleLabel) Picture() image.Image {
	img := image.NewGray(image.Rect(0, 0, 400, 200))
	for i := range img.Pix {
		img.Pix[i] = 0xFF
		if x := i % 400; i/400 > 100 && i/400 < 180 && x > 20 && x < 380 && (x/4)%3 != 0 {
			img.Set(x, i/400, color.Black)
		}
	}
	return img
}

// Encode is its picture, as PNG.
func (s SampleLabel) Encode(string) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, s.Picture())
	return b.Bytes(), err
}

// KeepPicture writes what a window shows into the folder BINDERY_GALLERY, if
// there is one, for people to look at.
func KeepPicture(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	look(w)
	dir := os.Getenv("BINDERY_GALLERY")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
