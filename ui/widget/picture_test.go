// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image"
	"testing"
)

func inked(img image.Image) int {
	n := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if _, _, _, a := img.At(x, y).RGBA(); a > 0x8000 {
				n++
			}
		}
	}
	return n
}

func TestEveryShapeIsDrawnAtEverySize(t *testing.T) {
	pair := PaletteNamed("dark").Tones[Good]
	c := inks{pair.Ink, pair.Fill, pair.Ink}
	for shape, body := range drawings {
		for _, size := range []int{12, 100, 400} {
			k := sketch{body, 100, size, size, c}
			if got := inked(k.draw()); got < size*size/50 {
				t.Errorf("%s at %d: %d dots are drawn", shape, size, got)
			}
		}
	}
}

func TestAStrokeGrowsWithItsPicture(t *testing.T) {
	body := `<path d="M0 50 L100 50" fill="none" stroke="INK" stroke-width="10"/>`
	c := inks{ink: PaletteNamed("dark").Text}
	for _, size := range []int{40, 200} {
		if got, want := inked(sketch{body, 100, size, size, c}.draw()), size*size/10; got < want*9/10 || got > want*11/10 {
			t.Errorf("at %d: %d dots, want about %d", size, got, want)
		}
	}
}

func TestAPictureIsDrawnOnceAndNotForEver(t *testing.T) {
	l := &WindowStyle{Palette: PaletteNamed("dark"), Unit: 1, Density: 2}
	c := inks{ink: l.Palette.Text}
	a, b := l.sign(Tick, c, 40, 0, 0), l.sign(Tick, c, 40, 7, 7)
	if a.Image != b.Image {
		t.Error("the same sign was drawn twice")
	}
	if got := a.Image.Bounds().Dx(); got != 80 {
		t.Errorf("the sign is %d dots wide, want 80: two a pixel", got)
	}
	for n := range 2 * mostPictures {
		c.ink.R, c.ink.G = uint8(n), uint8(n>>8) // another colour each time
		l.sign(Tick, c, 10, 0, 0)
		if len(l.drawn) > mostPictures {
			t.Fatalf("%d pictures are kept", len(l.drawn))
		}
	}
}
