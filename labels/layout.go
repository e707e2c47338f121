// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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

// Parse reads a layout. Unknown keys, impossible sizes, unknown fields and
// templates that no value could fill are refused: the error is a
// *station.Fault with code label-refused, and [MistakesOf] lists all that is
// wrong.
func Parse(name string, text []byte) (*Layout, error) {
	src, ms := decode(text)
	l := &Layout{name: name, text: bytes.Clone(text), size: src.Size, repeat: src.Repeat}
	l.repeat.Across, l.repeat.Down = max(1, l.repeat.Across), max(1, l.repeat.Down)
	if len(ms) == 0 {
		ms = append(ms, src.checkSheet(l)...)
		for _, e := range src.elements() {
			ms = append(ms, e.check()...)
			l.elements = append(l.elements, e)
		}
		slices.SortStableFunc(l.elements, func(a, b element) int { return a.where().line - b.where().line })
	}
	slices.SortStableFunc(ms, func(a, b Mistake) int { return a.Line - b.Line })
	if len(ms) > 0 {
		return nil, asFault(name, ms)
	}
	return l, nil
}

// Limits of a sheet, mm: from the smallest label that a code fits on to a
// large office sheet. They also bound the dots that a hostile layout can ask
// for.
const (
	smallest = 5
	largest  = 330
)

func (src *source) checkSheet(l *Layout) (ms Mistakes) {
	say := func(key, message, cure string) {
		ms = append(ms, Mistake{Line: src.lines[key], Key: key, Message: message, Cure: cure})
	}
	w, h := l.Size()
	switch {
	case src.lines["size"] == 0:
		say("size", "the layout does not say how large the label is", "Add size = [width, height] in mm at the top.")
	case !within(src.Size[0], smallest, largest) || !within(src.Size[1], smallest, largest):
		say("size", fmt.Sprintf("a label of %.4g × %.4g mm cannot be printed", src.Size[0], src.Size[1]),
			fmt.Sprintf("Give width and height in mm, each from %d to %d.", smallest, largest))
	case !src.Repeat.possible():
		say("repeat", "across and down go from 1 to 50, and gap, margin and sheet are not negative", "Correct the numbers.")
	case !within(w, 0, largest) || !within(h, 0, largest):
		say("repeat", fmt.Sprintf("the sheet would be %.4g × %.4g mm", w, h), fmt.Sprintf("Keep it within %d mm each way.", largest))
	case src.Repeat.Sheet[0] > 0 && w > src.Repeat.Sheet[0]+0.01, src.Repeat.Sheet[1] > 0 && h > src.Repeat.Sheet[1]+0.01:
		say("repeat", fmt.Sprintf("the labels need %.4g × %.4g mm and the sheet is smaller", w, h), "Repeat fewer labels or correct gap and margin.")
	}
	if len(src.elements()) == 0 {
		ms = append(ms, Mistake{Message: "the layout has no element", Cure: "Add at least one [[text]] or [[code]]."})
	}
	return ms
}

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
