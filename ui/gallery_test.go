// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bindery/ui/i18n"
	"bindery/ui/widget"
)

var sizes = []fyne.Size{{Width: 1920, Height: 1080}, {Width: 1280, Height: 800}, {Width: 1280, Height: 720}}

// each plays every scene once and hands it over at each size.
func each(t *testing.T, language string, p widget.Palette, see func(t *testing.T, o *OperatorScreen, w fyne.Window, size fyne.Size)) {
	t.Helper()
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			b := newBench()
			b.words = i18n.For(language)
			o, w := b.open(t, p, sizes[0])
			s.play(t, b, o, w)
			for _, size := range sizes {
				w.Resize(size)
				b.drain()
				see(t, o, w, size)
			}
		})
	}
}

// area is where an object is drawn in the window.
type area struct{ x, y, w, h float32 }

func (a area) inside(b area) bool {
	const slack = 1 // pixel, of rounding
	return a.x >= b.x-slack && a.y >= b.y-slack && a.x+a.w <= b.x+b.w+slack && a.y+a.h <= b.y+b.h+slack
}

func (a area) meets(b area) bool {
	return a.x < b.x+b.w && b.x < a.x+a.w && a.y < b.y+b.h && b.y < a.y+a.h
}

// ink is a text without the empty room over and under its capitals.
func ink(t *canvas.Text, x, y float32) area {
	_, baseline := fyne.CurrentApp().Driver().RenderedTextSize(t.Text, t.TextSize, t.TextStyle, nil)
	return area{x, y + baseline - t.TextSize*widget.CapHeight, t.Size().Width, t.TextSize * widget.CapHeight}
}

// texts finds the texts that are shown in obj.
func texts(obj fyne.CanvasObject, x, y float32, found func(t *canvas.Text, at area)) {
	x, y = x+obj.Position().X, y+obj.Position().Y
	switch o := obj.(type) {
	case *canvas.Text:
		if o.Text != "" {
			found(o, ink(o, x, y))
		}
	case *fyne.Container:
		for _, c := range o.Objects {
			texts(c, x, y, found)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			texts(c, x, y, found)
		}
	}
}

func TestNothingIsCutOffOrCrowdedOrSmall(t *testing.T) {
	for _, language := range i18n.Languages() {
		t.Run(language, func(t *testing.T) {
			each(t, language, widget.Palettes[0], func(t *testing.T, o *OperatorScreen, w fyne.Window, size fyne.Size) {
				for _, part := range w.Content().(*fyne.Container).Objects {
					room := area{part.Position().X, part.Position().Y, part.Size().Width, part.Size().Height}
					var before []area
					var said []string
					texts(part, 0, 0, func(text *canvas.Text, at area) {
						if !at.inside(room) {
							t.Errorf("at %v %q is drawn at %v, beyond its area %v", size, text.Text, at, room)
						}
						for i, b := range before {
							if at.meets(b) {
								t.Errorf("at %v %q lies over %q", size, text.Text, said[i])
							}
						}
						if text.TextSize < 20 {
							t.Errorf("at %v %q is %v px", size, text.Text, text.TextSize)
						}
						before, said = append(before, at), append(said, text.Text)
					})
				}
			})
		})
	}
}

func TestVerdictAndNextActionReadFromThreeMetres(t *testing.T) {
	each(t, "en", widget.Palettes[0], func(t *testing.T, o *OperatorScreen, _ fyne.Window, size fyne.Size) {
		if size != sizes[0] {
			return
		}
		v := o.Model.view()
		texts(o.field, 0, 0, func(text *canvas.Text, at area) {
			whole := strings.Contains(v.Face.Word, text.Text) || strings.Contains(v.Face.Then, text.Text)
			if whole && at.h < 90 {
				t.Errorf("%q has capitals of %.0f px", text.Text, at.h)
			}
			for _, s := range v.Face.Say {
				if strings.Contains(s, text.Text) && text.TextSize < 32 {
					t.Errorf("%q is %v px", text.Text, text.TextSize)
				}
			}
		})
	})
}

// TestPictures draws every scene, in the theme BINDERY_THEME and the language
// BINDERY_LANG, and keeps the pictures in the folder BINDERY_GALLERY.
func TestPictures(t *testing.T) {
	if os.Getenv("BINDERY_GALLERY") == "" {
		t.Skip("BINDERY_GALLERY names no folder")
	}
	p := widget.PaletteNamed(os.Getenv("BINDERY_THEME"))
	each(t, os.Getenv("BINDERY_LANG"), p, func(t *testing.T, o *OperatorScreen, w fyne.Window, size fyne.Size) {
		if size.Height != 720 {
			keepPicture(t, w, fmt.Sprintf("%s %.0f", filepath.Base(t.Name()), size.Width))
		}
	})
}

// keepPicture writes what a window shows into the folder BINDERY_GALLERY, if
// there is one, for people to look at.
func keepPicture(t *testing.T, w fyne.Window, name string) {
	t.Helper()
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
