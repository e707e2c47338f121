// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// textStyle is a font at a size, in points, and a grey from 0 (black) to 255.
type textStyle struct {
	face *embeddedFont
	size float64
	grey int
}

// embeddedFont is one of the fonts that a paper has embedded.
type embeddedFont struct {
	family string
	data   []byte
	font   *sfnt.Font
	buf    sfnt.Buffer
	widths map[rune]float64 // in ems; 0 for what the font cannot show
}

// fonts are the faces of one paper. A face is not for two papers at once.
type fonts struct{ regular, bold, mono *embeddedFont }

func newFonts() (f fonts, err error) {
	for _, one := range []struct {
		into   **embeddedFont
		family string
		data   []byte
	}{{&f.regular, "go", goregular.TTF}, {&f.bold, "gobold", gobold.TTF}, {&f.mono, "gomono", gomono.TTF}} {
		parsed, err := sfnt.Parse(one.data)
		if err != nil {
			return f, err
		}
		*one.into = &embeddedFont{family: one.family, data: one.data, font: parsed, widths: map[rune]float64{}}
	}
	return f, nil
}

// embed gives the fonts to a document, which writes into the bytes that it is
// given.
func (f fonts) embed(doc *gofpdf.Fpdf) {
	for _, one := range []*embeddedFont{f.regular, f.bold, f.mono} {
		doc.AddUTF8FontFromBytes(one.family, "", bytes.Clone(one.data))
	}
}

func (f *embeddedFont) rune(r rune) float64 {
	if w, ok := f.widths[r]; ok {
		return w
	}
	var w float64
	if i, err := f.font.GlyphIndex(&f.buf, r); err == nil && i != 0 {
		em := fixed.I(int(f.font.UnitsPerEm()))
		if a, err := f.font.GlyphAdvance(&f.buf, i, em, font.HintingNone); err == nil {
			w = float64(a) / float64(em)
		}
	}
	f.widths[r] = w
	return w
}

// width of a text in mm.
func (s textStyle) width(text string) float64 {
	w := 0.0
	for _, r := range text {
		w += s.face.rune(r)
	}
	return w * s.size * mmPerPoint
}

const mmPerPoint = 25.4 / 72

// line is how far lines of a style are apart, mm.
func (s textStyle) line() float64 { return s.size * mmPerPoint * 1.35 }

// clean is a text that the font can show. What it cannot is named, so that a
// reader knows that something stood there: [U+5FC3].
func (s textStyle) clean(text string) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	ok := func(r rune) bool { return r <= 0xFFFF && !unicode.IsControl(r) && s.face.rune(r) > 0 }
	if strings.IndexFunc(text, func(r rune) bool { return !ok(r) }) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case ok(r):
			b.WriteRune(r)
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
		default:
			fmt.Fprintf(&b, "[U+%04X]", r)
		}
	}
	return b.String()
}

// wrap breaks a text into lines of a width, at blanks where there are any,
// else anywhere. It gives at least one line.
func (s textStyle) wrap(text string, width float64) []string {
	text = s.clean(text)
	if s.width(text) <= width {
		return []string{text}
	}
	var lines []string
	for text != "" {
		n := s.fits(text, width)
		lines = append(lines, strings.TrimRight(text[:n], " "))
		text = strings.TrimLeft(text[n:], " ")
	}
	return lines
}

// longNumber is what nobody can read from two lines: an IMEI and all that is
// longer.
const longNumber = 14

// unbroken is the style in which every long number of a text stands on one line
// of a width: smaller where it must be.
func (s textStyle) unbroken(text string, width float64) textStyle {
	notDigit := func(r rune) bool { return r < '0' || r > '9' }
	for number := range strings.FieldsFuncSeq(text, notDigit) {
		if w := s.width(number); len(number) >= longNumber && w > width {
			s.size *= width / w * 0.999 // a hair's breadth below, whatever the rounding
		}
	}
	return s
}

// fits is how many bytes of a text go on one line.
func (s textStyle) fits(text string, width float64) int {
	used, blank := 0.0, 0
	for i, r := range text {
		if used += s.face.rune(r) * s.size * mmPerPoint; used > width && i > 0 {
			if blank > 0 && r != ' ' {
				return blank
			}
			return i
		}
		if r == ' ' || r == '-' || r == '·' {
			blank = i + utf8.RuneLen(r)
		}
	}
	return len(text)
}
