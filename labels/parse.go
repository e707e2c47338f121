// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"fmt"
	"slices"
)

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
