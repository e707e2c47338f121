// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
)

// bitmap is the label in dots, packed as printers want it: rows of whole bytes,
// the leftmost dot in the highest bit, 1 is black.
type bitmap struct {
	w, h, stride int
	bytes        []byte
}

func newBitmap(w, h int) *bitmap {
	stride := (w + 7) / 8
	return &bitmap{w: w, h: h, stride: stride, bytes: make([]byte, stride*h)}
}

func (m *bitmap) black(x, y int) bool { return m.bytes[y*m.stride+x/8]&(0x80>>(x%8)) != 0 }

func (m *bitmap) set(x, y int, black bool) {
	if black {
		m.bytes[y*m.stride+x/8] |= 0x80 >> (x % 8)
		return
	}
	m.bytes[y*m.stride+x/8] &^= 0x80 >> (x % 8)
}

// fill paints a rectangle, as far as it lies on the sheet.
func (m *bitmap) fill(x, y, w, h int, black bool) {
	for row := max(0, y); row < min(m.h, y+h); row++ {
		for col := max(0, x); col < min(m.w, x+w); col++ {
			m.set(col, row, black)
		}
	}
}

func (m *bitmap) fillGrid(g gridItem) {
	g.bits.runs(func(x, y, n int) { m.fill(g.x+x*g.w, g.y+y*g.h, n*g.w, g.h, true) })
}

func (m *bitmap) fillBox(b box, black bool) {
	x, y := int(math.Floor(b.x0)), int(math.Floor(b.y0))
	m.fill(x, y, int(math.Ceil(b.x1))-x, int(math.Ceil(b.y1))-y, black)
}

// hash is the SHA-256, hex, of the size and the dots.
func (m *bitmap) hash() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d\n", m.w, m.h)
	h.Write(m.bytes)
	return hex.EncodeToString(h.Sum(nil))
}

// bitmapOf takes the dark pixels of a picture as dots.
func bitmapOf(img image.Image) *bitmap {
	b := img.Bounds()
	gray := image.NewGray(b)
	draw.Draw(gray, b, img, b.Min, draw.Src)
	m := newBitmap(b.Dx(), b.Dy())
	for y := range m.h {
		for x := range m.w {
			if gray.Pix[y*gray.Stride+x] < 0x80 {
				m.set(x, y, true)
			}
		}
	}
	return m
}

// image is the bitmap as a picture for eyes.
func (m *bitmap) image() *image.Paletted {
	img := image.NewPaletted(image.Rect(0, 0, m.w, m.h), color.Palette{color.White, color.Black})
	for y := range m.h {
		for x := range m.w {
			if m.black(x, y) {
				img.Pix[y*img.Stride+x] = 1
			}
		}
	}
	return img
}
