// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/ui/i18n"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// each plays every scene once and hands it over at each size.
func each(t *testing.T, language string, p widget.Palette, see func(t *testing.T, o *Screen, w fyne.Window, size fyne.Size)) {
	t.Helper()
	for _, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			b := newBench()
			b.Words = i18n.For(language)
			o, w := b.open(t, p, uitest.Sizes[0])
			s.play(t, b, o, w)
			for _, size := range uitest.Sizes {
				w.Resize(size)
				b.Drain()
				see(t, o, w, size)
			}
		})
	}
}

func TestNothingIsCutOffOrCrowdedOrSmall(t *testing.T) {
	for _, language := range i18n.Languages() {
		t.Run(language, func(t *testing.T) {
			each(t, language, widget.Palettes[0], func(t *testing.T, o *Screen, w fyne.Window, size fyne.Size) {
				for _, part := range w.Content().(*fyne.Container).Objects {
					room := uitest.AreaOf(part)
					var before []uitest.Area
					var said []string
					uitest.Texts(part, 0, 0, func(text *canvas.Text, at uitest.Area) {
						if !at.Inside(room) {
							t.Errorf("at %v %q is drawn at %v, beyond its area %v", size, text.Text, at, room)
						}
						for i, b := range before {
							if at.Overlaps(b) {
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
	each(t, "en", widget.Palettes[0], func(t *testing.T, o *Screen, _ fyne.Window, size fyne.Size) {
		if size != uitest.Sizes[0] {
			return
		}
		v := o.Model.view()
		uitest.Texts(o.field, 0, 0, func(text *canvas.Text, at uitest.Area) {
			whole := strings.Contains(v.Face.Word, text.Text) || strings.Contains(v.Face.Then, text.Text)
			if whole && at.H < 90 {
				t.Errorf("%q has capitals of %.0f px", text.Text, at.H)
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
	each(t, os.Getenv("BINDERY_LANG"), p, func(t *testing.T, o *Screen, w fyne.Window, size fyne.Size) {
		if size.Height != 720 {
			uitest.KeepPicture(t, w, fmt.Sprintf("%s %.0f", filepath.Base(t.Name()), size.Width))
		}
	})
}
