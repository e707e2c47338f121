// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"regexp"
	"strings"
)

// Exponent reports whether s is a number as a spreadsheet shows one that has
// more digits than its cell: 8.98E+19, or 9,80000E+14 where a comma is the
// decimal point, or 8.98x10^19. The digits that it left out stand nowhere in such a text. A
// text like 26E0012, with neither a point nor a sign, is none: a lot may be
// called that.
func Exponent(s string) bool { return exponent.MatchString(s) }

var exponent = regexp.MustCompile(`^[+-]?[0-9]+(?:[.,][0-9]+[eE]\+?|[eE]\+|(?:[.,][0-9]+)?[x×*·]10\^)[0-9]{1,3}$`)

// Zeroed reports whether s has 18 digits or more of which all after the
// fifteenth are 0: what is left of an ICCID or an EID that was a number in a
// spreadsheet, which keeps fifteen. There are sound numbers that look so, which
// is why the record is asked first.
func Zeroed(s string) bool {
	const kept, shortest = 15, 18
	return len(s) >= shortest && decimal(s) && strings.Trim(s[kept:], "0") == ""
}

// SwapNibbles exchanges the two characters of every pair: EF_ICCID and the
// numbers in messages of a network have the digits of each byte the other way
// round (3GPP TS 31.102 §4.2.1). ok is false for an odd count of characters.
func SwapNibbles(s string) (swapped string, ok bool) {
	if len(s)%2 != 0 {
		return "", false
	}
	b := []byte(s)
	for i := 0; i < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b), true
}
