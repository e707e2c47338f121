// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// The screens are designed in pixels of a 1920 × 1080 screen.
const (
	designWidth  = 1920
	designHeight = 1080
	smallestText = 20 // pixels, on any screen
)

// DesignPixel is the length of one design pixel on the window at hand.
type DesignPixel float32

// DesignPixelFor is the unit with which the whole design fits into size.
func DesignPixelFor(size fyne.Size) DesignPixel {
	return DesignPixel(min(size.Width/designWidth, size.Height/designHeight))
}

// Px is n design pixels.
func (u DesignPixel) Px(n float32) float32 { return n * float32(u) }

// Text is a text size of n design pixels, whole and never too small to read.
func (u DesignPixel) Text(n float32) float32 {
	return max(float32(int(n*float32(u)+0.5)), smallestText)
}

// WindowStyle is what all widgets of one window share.
type WindowStyle struct {
	Palette Palette
	Unit    DesignPixel // set by the frame before it places the widgets
	Density float32     // dots of the screen per pixel of the window; 0 counts as 1
	Touched func()      // called at each key, tap and turn of the wheel; may be nil

	drawn map[sketch]image.Image          // pictures, each drawn once
	spare map[image.Image][]*canvas.Image // those of the area that is being redrawn
}

// touch says that a person is there.
func (l *WindowStyle) touch() {
	if l.Touched != nil {
		l.Touched()
	}
}

// sketch is all that a picture depends on.
type sketch struct {
	body          string // SVG elements
	box           float32
	width, height int // dots
	inks          inks
}

// Colours of one drawing.
type inks struct{ ink, fill, live color.NRGBA }
