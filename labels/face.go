// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"strings"
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

	mu     sync.Mutex
	glyphs map[rune]glyph // those used so far
}

// glyph is one character, in em, with its origin at (0, 0).
type glyph struct {
	outline path
	advance float64
	missing bool
}

// style is what a layout can ask of a font.
type style struct{ bold, mono bool }

var faces = sync.OnceValue(func() map[style]*face {
	all := map[style]*face{
		{}:                       {name: "Go", ttf: goregular.TTF},
		{bold: true}:             {name: "GoBold", ttf: gobold.TTF},
		{mono: true}:             {name: "GoMono", ttf: gomono.TTF},
		{bold: true, mono: true}: {name: "GoMonoBold", ttf: gomonobold.TTF},
	}
	for _, f := range all {
		var err error
		if f.font, err = sfnt.Parse(f.ttf); err != nil {
			panic("labels: embedded font: " + err.Error()) // cannot happen: the bytes are compiled in
		}
		f.glyphs = map[rune]glyph{}
		f.cap = -f.glyph('H').outline.box().y0
	}
	return all
})

func (f *face) glyph(r rune) glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	g, known := f.glyphs[r]
	if !known {
		g = f.load(r)
		f.glyphs[r] = g
	}
	return g
}

func (f *face) load(r rune) glyph {
	i, err := f.font.GlyphIndex(nil, r)
	if err != nil || i == 0 {
		return glyph{missing: true}
	}
	// Asked for at this size, sfnt answers in whole font units.
	em := fixed.Int26_6(f.font.UnitsPerEm())
	segments, err := f.font.LoadGlyph(nil, i, em, nil)
	if err != nil {
		return glyph{missing: true}
	}
	width, err := f.font.GlyphAdvance(nil, i, em, font.HintingNone)
	if err != nil {
		return glyph{missing: true}
	}
	return glyph{outline: contours(segments, 1/float64(em)), advance: float64(width) / float64(em)}
}

// contours is a glyph as a path whose contours are closed.
func contours(segments sfnt.Segments, scale float64) path {
	var p path
	for _, seg := range segments {
		s := segment{op: [...]op{sfnt.SegmentOpMoveTo: moveTo, sfnt.SegmentOpLineTo: lineTo, sfnt.SegmentOpQuadTo: quadTo, sfnt.SegmentOpCubeTo: cubeTo}[seg.Op]}
		if s.op == moveTo && len(p) > 0 {
			p = append(p, segment{op: closePath})
		}
		for i, a := range seg.Args[:s.op.points()] {
			s.to[i] = point{float64(a.X) * scale, float64(a.Y) * scale}
		}
		p = append(p, s)
	}
	return append(p, segment{op: closePath})
}

// missing finds a character that the font has no glyph for.
func (f *face) missing(s string) (rune, bool) {
	for _, r := range s {
		if f.glyph(r).missing {
			return r, true
		}
	}
	return 0, false
}

// advance is the width of a text in em. The fonts have no kerning.
func (f *face) advance(s string) float64 {
	sum := 0.0
	for _, r := range s {
		sum += f.glyph(r).advance
	}
	return sum
}

// wrap breaks a text at its spaces into lines that are at most room em wide; nil
// when it takes more than most lines.
func (f *face) wrap(s string, room float64, most int) []string {
	var lines []string
	line := ""
	for i, word := range strings.Split(s, " ") {
		longer := line + " " + word
		if i == 0 {
			longer = word
		}
		if i > 0 && f.advance(longer) > room {
			lines, longer = append(lines, line), word
		}
		if line = longer; f.advance(line) > room || len(lines) == most {
			return nil
		}
	}
	return append(lines, line)
}

// outline is the text as a path with the start of its baseline at (x, y), one
// em being size.
func (f *face) outline(s string, size, x, y float64) path {
	var p path
	for _, r := range s {
		g := f.glyph(r)
		p = append(p, g.outline.placed(size, x, y)...)
		x += g.advance * size
	}
	return p
}
