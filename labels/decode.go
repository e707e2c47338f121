// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
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
// upright and be black on white, as [Label.Encode] writes it. A picture without
// a code gives none; only one that is no PNG is an error.
func Decode(picture []byte) ([]string, error) {
	src, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("labels: decode: %w", err)
	}
	img := image.NewGray(src.Bounds())
	draw.Draw(img, img.Bounds(), src, src.Bounds().Min, draw.Src)
	var found []string
	add := func(s string, err error) {
		if err == nil && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	for _, r := range matrixPlaces(img) {
		add(read(img.SubImage(r), "gs1-datamatrix"))
	}
	add(read(img, "qr"))
	for _, s := range readLinear(img) {
		add(s, nil)
	}
	return found, nil
}

// read decodes one code in a picture of it and puts its symbology identifier
// in front.
func read(img image.Image, kind string) (string, error) {
	// Decoders look for a code on white ground; a crop may end at its quiet zone.
	const rim = 4
	b := img.Bounds()
	framed := image.NewGray(image.Rect(0, 0, b.Dx()+2*rim, b.Dy()+2*rim))
	draw.Draw(framed, framed.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(framed, image.Rect(rim, rim, rim+b.Dx(), rim+b.Dy()), img, b.Min, draw.Src)
	bmp, err := gozxing.NewBinaryBitmap(gozxing.NewGlobalHistgramBinarizer(gozxing.NewLuminanceSourceFromImage(framed)))
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
	case "gs1-128":
		reader = oned.NewCode128Reader()
		hints[gozxing.DecodeHintType_ASSUME_GS1] = true
	default:
		reader = oned.NewCode128Reader()
	}
	res, err := reader.Decode(bmp, hints)
	if err != nil {
		return "", err
	}
	id, _ := res.GetResultMetadata()[gozxing.ResultMetadataType_SYMBOLOGY_IDENTIFIER].(string)
	text := res.GetText()
	switch {
	case id == "" && kind == "qr":
		id = "]Q1"
	case id == "]C1" || id == "]d2":
		// The FNC1 that opens GS1 data is told by the identifier; the decoder
		// may also show it, or a check symbol 102, as GS.
		text = strings.Trim(strings.TrimPrefix(strings.TrimPrefix(text, "]C1"), "]d2"), gs)
	}
	return id + text, nil
}

// matrixPlaces finds what may be DataMatrix symbols: a connected black area
// that fills the left and the bottom side of the rectangle around it is the L
// of one, and the L is as large as the symbol.
func matrixPlaces(img *image.Gray) []image.Rectangle {
	var places []image.Rectangle
	for _, r := range blackAreas(img) {
		if r.Dx() < 20 || r.Dy() < 20 || r.Dx() > 3*r.Dy() || r.Dy() > 3*r.Dx() {
			continue
		}
		if solid(img, image.Rect(r.Min.X, r.Min.Y, r.Min.X+1, r.Max.Y)) && solid(img, image.Rect(r.Min.X, r.Max.Y-1, r.Max.X, r.Max.Y)) {
			places = append(places, r)
		}
	}
	return places
}

func black(img *image.Gray, x, y int) bool { return img.GrayAt(x, y).Y < 0x80 }

func solid(img *image.Gray, r image.Rectangle) bool {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if !black(img, x, y) {
				return false
			}
		}
	}
	return true
}

// blackAreas gives the rectangle around each area of black dots that touch by
// a side, from top to bottom.
func blackAreas(img *image.Gray) []image.Rectangle {
	b := img.Bounds()
	seen := make([]bool, b.Dx()*b.Dy())
	var areas []image.Rectangle
	var stack []image.Point
	visit := func(p image.Point) {
		if !p.In(b) || !black(img, p.X, p.Y) {
			return
		}
		if i := (p.Y-b.Min.Y)*b.Dx() + p.X - b.Min.X; !seen[i] {
			seen[i] = true
			stack = append(stack, p)
		}
	}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			visit(image.Pt(x, y))
			var r image.Rectangle
			for len(stack) > 0 {
				p := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				r = r.Union(image.Rectangle{p, p.Add(image.Pt(1, 1))})
				for _, d := range []image.Point{{-1, 0}, {1, 0}, {0, -1}, {0, 1}} {
					visit(p.Add(d))
				}
			}
			if !r.Empty() {
				areas = append(areas, r)
			}
		}
	}
	return areas
}

// readLinear scans the picture in rows, as a laser would, and blanks what it
// has read so that a code beside or below can be found too.
func readLinear(img *image.Gray) []string {
	left := image.NewGray(img.Bounds())
	draw.Draw(left, left.Bounds(), img, img.Bounds().Min, draw.Src)
	var found []string
	const row = 4
	b := left.Bounds()
	for y := b.Min.Y; y+row <= b.Max.Y; y += row {
		strip := image.Rect(b.Min.X, y, b.Max.X, y+row)
		s, err := read(left.SubImage(strip), "gs1-128")
		if err != nil {
			continue
		}
		if !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	return found
}
