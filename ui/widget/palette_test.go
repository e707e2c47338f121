// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image/color"
	"math"
	"testing"
)

var tones = []ColourRole{Calm, Busy, Ask, Good, Bad, Caution, Lock}

// contrastOf is the contrast ratio of WCAG 2.2.
func contrastOf(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func TestContrastIsSevenToOneInEveryTheme(t *testing.T) {
	for _, p := range Palettes {
		pairs := map[string]Pair{
			"text": {p.Ground, p.Text}, "text on a panel": {p.Panel, p.Text},
			"quiet": {p.Ground, p.Quiet}, "quiet on a panel": {p.Panel, p.Quiet},
			"accent": {p.Panel, p.Accent},
		}
		for _, tone := range tones {
			pair, ok := p.Tones[tone]
			if !ok {
				t.Errorf("theme %s has no tone %s", p.Name, tone)
			}
			pairs[string(tone)] = pair
		}
		for name, pair := range pairs {
			if c := contrastOf(pair.Fill, pair.Ink); c < 7 {
				t.Errorf("theme %s: %s has a contrast of %.1f:1", p.Name, name, c)
			}
		}
	}
}

func TestTonesOfOneThemeDiffer(t *testing.T) {
	for _, p := range Palettes {
		for _, a := range []ColourRole{Good, Bad, Caution, Lock} {
			for _, b := range tones {
				if a != b && p.Tones[a].Fill == p.Tones[b].Fill {
					t.Errorf("theme %s: %s and %s look the same", p.Name, a, b)
				}
			}
		}
	}
}

func TestPaletteNamed(t *testing.T) {
	for _, p := range Palettes {
		if PaletteNamed(p.Name).Name != p.Name {
			t.Errorf("theme %s is not found by its name", p.Name)
		}
	}
	if PaletteNamed("pink").Name != Palettes[0].Name {
		t.Error("an unknown theme is not the default")
	}
}
