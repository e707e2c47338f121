// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"bindery/station/identity"
)

// LongestText is how many characters a text may have that stands on a label or
// that somebody types or scans.
const LongestText = 120

// Unprintable says why a text would print as something else than it is: control
// characters, marks that turn the direction of writing, and what nobody sees.
// It is "" for a text that is what it looks like.
func Unprintable(s string) string {
	if !utf8.ValidString(s) {
		return "is not valid UTF-8"
	}
	for _, r := range s {
		switch {
		case r == 0x1d:
			return "holds the GS1 separator (U+001D)"
		case unicode.IsControl(r):
			return fmt.Sprintf("holds a control character (U+%04X)", r)
		case unicode.Is(unicode.Bidi_Control, r):
			return fmt.Sprintf("holds a mark that turns the direction of writing (U+%04X)", r)
		case !unicode.IsGraphic(r), r != ' ' && unicode.IsSpace(r), unicode.In(r, unseen):
			return fmt.Sprintf("holds an invisible character (U+%04X)", r)
		}
	}
	return ""
}

// OneWord reports whether a text that was to be a reason in somebody's own words is
// what a scanner sent into the wrong field: no barcode of a line holds a blank, and
// one word says nobody why.
func OneWord(text string) bool { return len(strings.Fields(text)) < 2 }

// Shown is a scanned text as a finding may repeat it: short, printable, and
// with what may be an identity hidden, which was scanned in the wrong field.
func Shown(s string) string {
	s = identity.MaskIn(s)
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, s)
	if cut := []rune(s); len(cut) > 40 {
		s = string(cut[:40]) + "…"
	}
	return s
}
