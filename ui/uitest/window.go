// SPDX-License-Identifier: Apache-2.0

package uitest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
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
