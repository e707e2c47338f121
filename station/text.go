// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"unicode"
	"unicode/utf8"
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
