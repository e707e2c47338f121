// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"regexp"
	"strconv"
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

// Rounded reports whether s has 20 digits or more of which a program that took
// them for a floating-point number has lost the last: they are those of a
// binary64, written out or as its shortest digits with zeros behind. One sound
// number in some thousands looks so, which is why the record is asked first; of
// shorter ones too many do.
func Rounded(s string) bool {
	const shortest = 20
	if len(s) < shortest || !decimal(s) {
		return false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return false
	}
	if strconv.FormatFloat(f, 'f', 0, 64) == s {
		return true
	}
	digits, _, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	digits = strings.Replace(digits, ".", "", 1)
	return strings.HasPrefix(s, digits) && strings.Trim(s[len(digits):], "0") == ""
}

// Unfilled is a number without the filler F that stands behind its digits where it is
// kept as half bytes: an ICCID that the card pads to twenty (3GPP TS 31.102 §4.2.1),
// also where some firmware fills one of twenty once more, and an IMEI that a network
// pads to sixteen (3GPP TS 24.008 §10.5.1.4). A filler is no digit, so nothing is lost
// with it. Any other text is as it was.
func Unfilled(s string) string {
	const shortest, longest, imei = 18, 22, 15
	digits := strings.TrimRight(s, "Ff")
	switch n := len(digits); {
	case len(s) > longest:
	case n == imei && len(s) == imei+1 && decimal(digits):
		return digits
	case len(s) > shortest && n <= 20:
		return s[:max(n, shortest)]
	}
	return s
}

// WholeNumber takes a number apart as a program writes it that keeps all numbers as
// floating-point ones: its digits, perhaps in groups of three, and behind the decimal
// point zeros alone, as in 1234.0 or 1.234,00. ok is false for any other text. lost
// says that it has more digits than the fifteen that such a program keeps: the last of
// them are made up, however the number looks.
func WholeNumber(s string) (digits string, lost, ok bool) {
	m := wholeNumber.FindStringSubmatch(s)
	if m == nil {
		return "", false, false
	}
	digits = strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, m[1]+m[2]+m[3]+m[4])
	const kept = 15
	return digits, len(digits) > kept, true
}

// The decimal point is another sign than the one between groups.
var wholeNumber = regexp.MustCompile(`^(?:([0-9]+)[.,]|([0-9]{1,3}(?:,[0-9]{3})+)\.|([0-9]{1,3}(?:\.[0-9]{3})+),|([0-9]{1,3}(?:[ '’\x{a0}\x{202f}][0-9]{3})+)[.,])0+$`)

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
