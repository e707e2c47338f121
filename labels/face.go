// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face is one of the Go fonts: Latin, Greek and Cyrillic, with a zero that
// cannot be taken for an O (go.dev/blog/go-fonts).
type face struct {
	name string
	ttf  []byte
	font *sfnt.Font
	cap  float64 // height of a capital, in em
}

// faces are the fonts by [bold, mono].
var faces = sync.OnceValue(func() map[[2]bool]*face {
	all := map[[2]bool]*face{
		{false, false}: {name: "Go", ttf: goregular.TTF},
		{true, false}:  {name: "GoBold", ttf: gobold.TTF},
		{false, true}:  {name: "GoMono", ttf: gomono.TTF},
		{true, true}:   {name: "GoMonoBold", ttf: gomonobold.TTF},
	}
	for _, f := range all {
		var err error
		if f.font, err = sfnt.Parse(f.ttf); err != nil {
			panic("labels: embedded font: " + err.Error()) // cannot happen: the bytes are compiled in
		}
		f.cap = -f.outline("H", 1).box().y0
	}
	return all
})

// missing finds a character that the font has no glyph for.
func (f *face) missing(s string) (rune, bool) {
	for _, r := range s {
		if i, err := f.font.GlyphIndex(nil, r); err != nil || i == 0 {
			return r, true
		}
	}
	return 0, false
}

// unit is one em; asked for at this size, sfnt answers in whole font units.
func (f *face) unit() fixed.Int26_6 { return fixed.Int26_6(f.font.UnitsPerEm()) }

// advance is the width of a text in em. The fonts have no kerning.
func (f *face) advance(s string) float64 {
	var sum fixed.Int26_6
	for _, r := range s {
		i, _ := f.font.GlyphIndex(nil, r)
		a, _ := f.font.GlyphAdvance(nil, i, f.unit(), font.HintingNone)
		sum += a
	}
	return float64(sum) / float64(f.unit())
}

// outline is the text as a path with its baseline start at (0, 0), one em
// being size.
func (f *face) outline(s string, size float64) path {
	var p path
	var buf sfnt.Buffer
	x := 0.0
	scale := size / float64(f.unit())
	for _, r := range s {
		i, _ := f.font.GlyphIndex(&buf, r)
		glyph, err := f.font.LoadGlyph(&buf, i, f.unit(), nil)
		if err != nil {
			continue // missing refused it before
		}
		p = append(p, contours(glyph, scale, x)...)
		a, _ := f.font.GlyphAdvance(&buf, i, f.unit(), font.HintingNone)
		x += float64(a) * scale
	}
	return p
}

func contours(glyph sfnt.Segments, scale, x float64) path {
	var p path
	for _, seg := range glyph {
		n := 1
		switch seg.Op {
		case sfnt.SegmentOpMoveTo:
			if len(p) > 0 {
				p = append(p, segment{})
			}
		case sfnt.SegmentOpQuadTo:
			n = 2
		case sfnt.SegmentOpCubeTo:
			n = 3
		case sfnt.SegmentOpLineTo:
		}
		s := segment{move: seg.Op == sfnt.SegmentOpMoveTo}
		for _, a := range seg.Args[:n] {
			s.to = append(s.to, point{float64(a.X)*scale + x, float64(a.Y) * scale})
		}
		p = append(p, s)
	}
	if len(p) > 0 {
		p = append(p, segment{})
	}
	return p
}
