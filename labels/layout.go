// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
)

// Layout is one label layout, parsed and checked as far as it can be without
// values. It is never changed and may be shared between goroutines.
type Layout struct {
	name     string
	text     []byte
	size     [2]float64 // of one label, mm
	repeat   repeat
	elements []element // in the order of the lines
}

// element is one table of a layout.
type element interface {
	// place puts the element on the sheet, once for each label on it.
	place(d *composer)
	// where names the element, for mistakes.
	where() *position
}

// repeat says how often the label stands on one sheet.
type repeat struct {
	Across int        `toml:"across"` // labels side by side; 0 means 1
	Down   int        `toml:"down"`   // labels below each other; 0 means 1
	Gap    [2]float64 `toml:"gap"`    // between labels, across and down, mm
	Margin [2]float64 `toml:"margin"` // left and top of the sheet, mm
	Sheet  [2]float64 `toml:"sheet"`  // whole sheet, mm; 0 means as large as needed
}

// Name is the name under which the layout was parsed.
func (l *Layout) Name() string { return l.name }

// Hash is the SHA-256, hex, of the layout's text: what a product approves.
func (l *Layout) Hash() string {
	sum := sha256.Sum256(l.text)
	return hex.EncodeToString(sum[:])
}

// Text is the layout as it was written.
func (l *Layout) Text() []byte { return bytes.Clone(l.text) }

// Size is the width and height of the whole sheet in mm.
func (l *Layout) Size() (w, h float64) {
	r := l.repeat
	w = r.Margin[0] + float64(r.Across)*l.size[0] + float64(r.Across-1)*r.Gap[0]
	h = r.Margin[1] + float64(r.Down)*l.size[1] + float64(r.Down-1)*r.Gap[1]
	return max(w, r.Sheet[0]), max(h, r.Sheet[1])
}

// Limits of a sheet, mm: from the smallest label that a code fits on to a
// large office sheet. They also bound the dots that a hostile layout can ask
// for.
const (
	smallest = 5
	largest  = 330
)

func (r repeat) possible() bool {
	for _, v := range slices.Concat(r.Gap[:], r.Margin[:], r.Sheet[:]) {
		if !within(v, 0, largest) {
			return false
		}
	}
	return within(float64(r.Across), 0, 50) && within(float64(r.Down), 0, 50)
}

// within is also false for a NaN.
func within(v, low, high float64) bool { return v >= low && v <= high }

// composer is a drawing in the making: the elements that are placed so far, and
// what is wrong with them. Elements place themselves in mm; the composer moves
// them to the label of the sheet that is being drawn.
type composer struct {
	drawing
	layout   *Layout
	values   values
	x, y     float64       // of this label on the sheet, mm
	frame    box           // of this label, dots
	placed   []coveredArea // what elements cover of this label
	texts    []placedText  // the texts of this label
	mistakes Mistakes
}

// coveredArea is what one element covers, its quiet zone included.
type coveredArea struct {
	by  *position
	box box
}

// placedText is a text that stands on the label.
type placedText struct {
	by   *position
	text string
}
