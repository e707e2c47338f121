// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// Decode finds and reads the codes in a picture of a printed label, as a
// scanner would that sends symbology identifiers: "]C0" and the data for a Code
// 128, "]d2" for a GS1 DataMatrix, with GS (0x1D) between fields. Codes come in
// the order DataMatrix, QR, linear from the top. The picture must stand
// upright and be black on white, as [Label.Encode] writes it; linear codes are
// found when they stand below each other. A picture without a code gives none;
// only one that is no PNG, or is larger than any label, is an error.
func Decode(picture []byte) ([]string, error) {
	c, err := png.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("labels: decode: %w", err)
	}
	if c.Width > 16000 || c.Height > 16000 {
		return nil, fmt.Errorf("labels: decode: %d × %d dots are no label", c.Width, c.Height)
	}
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("labels: decode: %w", err)
	}
	m := bitmapOf(img)
	var found []string
	add := func(r image.Rectangle, kind string) {
		if s, err := m.read(r, kind); err == nil && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	areas := m.blackAreas()
	for _, r := range m.matrixPlaces(areas) {
		add(r, "gs1-datamatrix")
	}
	add(qrPlace(areas), "qr")
	// Strips as the beam of a laser sees them; no bars are so low that a
	// hundred miss them.
	const strip = 4
	for y := 0; y+strip <= m.h; y += max(strip, m.h/100) {
		add(image.Rect(0, y, m.w, y+strip), "gs1-128")
	}
	return found, nil
}

func (m *bitmap) bounds() image.Rectangle { return image.Rect(0, 0, m.w, m.h) }

// read decodes the one code that stands in a part of the picture and puts its
// symbology identifier in front.
func (m *bitmap) read(part image.Rectangle, kind string) (string, error) {
	bmp, err := gozxing.NewBinaryBitmap(gozxing.NewGlobalHistgramBinarizer(gozxing.NewLuminanceSourceFromImage(m.framed(part))))
	if err != nil {
		return "", err
	}
	hints := map[gozxing.DecodeHintType]any{}
	var reader gozxing.Reader
	switch kind {
	case "gs1-datamatrix":
		reader = datamatrix.NewDataMatrixReader()
		hints[gozxing.DecodeHintType_PURE_BARCODE] = true
	case "qr":
		reader = qrcode.NewQRCodeReader()
		hints[gozxing.DecodeHintType_PURE_BARCODE] = true
	default:
		reader = oned.NewCode128Reader()
		hints[gozxing.DecodeHintType_ASSUME_GS1] = true // for separators; changes nothing in other codes
	}
	res, err := reader.Decode(bmp, hints)
	if err != nil {
		return "", err
	}
	id, _ := res.GetResultMetadata()[gozxing.ResultMetadataType_SYMBOLOGY_IDENTIFIER].(string)
	text := res.GetText()
	if raw := res.GetRawBytes(); kind == "code128" || kind == "gs1-128" {
		// This decoder takes a check symbol of 97 for an FNC2 and one of 102 for
		// an FNC1: the identifier has to come from the first symbol.
		const fnc1 = 102
		id, text = "]C0", strings.TrimPrefix(text, "]C1")
		if raw[1] == fnc1 {
			id = "]C1"
		}
	}
	// The FNC1 that opens GS1 data is told by the identifier, not by a GS.
	return id + strings.Trim(text, gs), nil
}

// framed is a part of the picture on white ground, which decoders need.
func (m *bitmap) framed(part image.Rectangle) *image.Gray {
	const rim = 4
	part = part.Intersect(m.bounds())
	img := image.NewGray(image.Rect(0, 0, part.Dx()+2*rim, part.Dy()+2*rim))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	for y := range part.Dy() {
		for x := range part.Dx() {
			if m.black(part.Min.X+x, part.Min.Y+y) {
				img.Pix[(rim+y)*img.Stride+rim+x] = 0
			}
		}
	}
	return img
}

// matrixPlaces finds what may be DataMatrix symbols: a connected black area
// that fills the left and the bottom side of the rectangle around it is the L
// of one, and the L is as large as the symbol.
func (m *bitmap) matrixPlaces(areas []image.Rectangle) []image.Rectangle {
	var places []image.Rectangle
	for _, r := range areas {
		if r.Dx() < 20 || r.Dy() < 20 || r.Dx() > 3*r.Dy() || r.Dy() > 3*r.Dx() {
			continue
		}
		left := image.Rect(r.Min.X, r.Min.Y, r.Min.X+1, r.Max.Y)
		bottom := image.Rect(r.Min.X, r.Max.Y-1, r.Max.X, r.Max.Y)
		if m.solid(left) && m.solid(bottom) {
			places = append(places, r)
		}
	}
	return places
}

// qrPlace finds a QR code by its three finder patterns: a ring of seven modules
// with a square of three in its middle. They stand in its corners. It is empty
// when there is none.
func qrPlace(areas []image.Rectangle) image.Rectangle {
	var corners []image.Rectangle
	middles := map[image.Point]int{} // twice the middle of each square → its width
	for _, r := range areas {
		if r.Dx() == r.Dy() {
			middles[r.Min.Add(r.Max)] = min(r.Dx(), cmp.Or(middles[r.Min.Add(r.Max)], r.Dx()))
		}
	}
	for _, r := range areas {
		if r.Dx() == r.Dy() && r.Dx()%7 == 0 && middles[r.Min.Add(r.Max)]*7 == r.Dx()*3 {
			corners = append(corners, r)
		}
	}
	if len(corners) != 3 {
		return image.Rectangle{}
	}
	return corners[0].Union(corners[1]).Union(corners[2])
}

func (m *bitmap) solid(r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if !m.black(x, y) {
				return false
			}
		}
	}
	return true
}

// blackAreas gives the rectangle around each area of black dots that touch by
// a side, from top to bottom.
func (m *bitmap) blackAreas() []image.Rectangle {
	seen := newBitmap(m.w, m.h)
	var areas []image.Rectangle
	var stack []image.Point
	visit := func(x, y int) {
		if x >= 0 && y >= 0 && x < m.w && y < m.h && m.black(x, y) && !seen.black(x, y) {
			seen.set(x, y, true)
			stack = append(stack, image.Pt(x, y))
		}
	}
	for y := range m.h {
		for x := range m.w {
			visit(x, y)
			var r image.Rectangle
			for len(stack) > 0 {
				p := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				r = r.Union(image.Rectangle{p, p.Add(image.Pt(1, 1))})
				visit(p.X-1, p.Y)
				visit(p.X+1, p.Y)
				visit(p.X, p.Y-1)
				visit(p.X, p.Y+1)
			}
			if !r.Empty() {
				areas = append(areas, r)
			}
		}
	}
	return areas
}
