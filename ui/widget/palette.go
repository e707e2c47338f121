// SPDX-License-Identifier: Apache-2.0

// Package widget draws what the screens are made of: palettes, the theme, the
// large field, steps, lists and the scan entry. It decides nothing.
package widget

import "image/color"

// ColourRole says what an area of the screen stands for. Green, red and amber belong
// to verdicts and to nothing else.
type ColourRole string

// The tones.
const (
	Calm    ColourRole = "calm"    // waiting for the person
	Busy    ColourRole = "busy"    // the station works
	Ask     ColourRole = "ask"     // the label is wanted
	Good    ColourRole = "good"    // PASS
	Bad     ColourRole = "bad"     // FAIL
	Caution ColourRole = "caution" // a fault of the bench
	Lock    ColourRole = "lock"    // a lead is wanted
)

// Pair is a ground and what is written on it.
type Pair struct{ Fill, Ink color.NRGBA }

// Palette is one theme's colours. Every ink that is read has a contrast of at
// least 7:1 to its ground (WCAG 2.2 SC 1.4.6).
type Palette struct {
	Name   string
	Ground color.NRGBA // behind everything
	Panel  color.NRGBA // of the quiet areas
	Line   color.NRGBA // between areas; decoration, not read
	Text   color.NRGBA
	Quiet  color.NRGBA // text of second rank
	Accent color.NRGBA // the one accent: focus and what is under way
	Tones  map[ColourRole]Pair
	Edge   bool // areas get an outline, for those who tell fills apart badly
	Dark   bool
}

// Palettes are the themes that come along, the first one being the default.
var Palettes = []Palette{dark, light, contrast}

// PaletteNamed finds a theme by its name; an unknown name gives the default.
func PaletteNamed(name string) Palette {
	for _, p := range Palettes {
		if p.Name == name {
			return p
		}
	}
	return Palettes[0]
}

var dark = Palette{
	Name: "dark", Dark: true,
	Ground: hex(0x0D1216), Panel: hex(0x151C22), Line: hex(0x2B3843),
	Text: hex(0xF3F6F8), Quiet: hex(0xAEBBC6), Accent: hex(0x7CC4FF),
	Tones: map[ColourRole]Pair{
		Calm: {hex(0x243A4C), hex(0xFFFFFF)}, Busy: {hex(0x1A242D), hex(0xFFFFFF)}, Ask: {hex(0x16456F), hex(0xFFFFFF)},
		Good: {hex(0x006630), hex(0xFFFFFF)}, Bad: {hex(0xB00020), hex(0xFFFFFF)}, Caution: {hex(0xFFB81C), hex(0x000000)},
		Lock: {hex(0xF3F6F8), hex(0x0D1216)},
	},
}

var light = Palette{
	Name:   "light",
	Ground: hex(0xE9EDF0), Panel: hex(0xFFFFFF), Line: hex(0xC2CBD3),
	Text: hex(0x10181F), Quiet: hex(0x3A4650), Accent: hex(0x084B8A),
	Tones: map[ColourRole]Pair{
		Calm: {hex(0xCFDCE7), hex(0x0C1C2B)}, Busy: {hex(0xFFFFFF), hex(0x10181F)}, Ask: {hex(0xBBD8F3), hex(0x06223D)},
		Good: {hex(0x006630), hex(0xFFFFFF)}, Bad: {hex(0xB00020), hex(0xFFFFFF)}, Caution: {hex(0xFFB81C), hex(0x000000)},
		Lock: {hex(0x10181F), hex(0xFFFFFF)},
	},
}

var contrast = Palette{
	Name: "contrast", Dark: true, Edge: true,
	Ground: hex(0x000000), Panel: hex(0x000000), Line: hex(0xFFFFFF),
	Text: hex(0xFFFFFF), Quiet: hex(0xFFFFFF), Accent: hex(0x00E5FF),
	Tones: map[ColourRole]Pair{
		Calm: {hex(0x000000), hex(0xFFFFFF)}, Busy: {hex(0x000000), hex(0xFFFFFF)}, Ask: {hex(0x002A52), hex(0xFFFFFF)},
		Good: {hex(0x004D22), hex(0xFFFFFF)}, Bad: {hex(0x8A0014), hex(0xFFFFFF)}, Caution: {hex(0xFFC400), hex(0x000000)},
		Lock: {hex(0xFFFFFF), hex(0x000000)},
	},
}

func hex(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

// mix is a, moved towards b by share (0 to 1).
func mix(a, b color.NRGBA, share float64) color.NRGBA {
	m := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*share) }
	return color.NRGBA{R: m(a.R, b.R), G: m(a.G, b.G), B: m(a.B, b.B), A: 0xFF}
}
