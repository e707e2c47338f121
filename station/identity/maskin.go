// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"strings"
	"unicode"
)

// MaskIn hides in a text, all but the last four characters, every number that
// may be an identity: fourteen digits or more, however they are grouped and
// whatever stands before or behind them, and an ICCID with letters, in digits of every script
// ([ASCIIDigits]). So it hides also a longer number that only contains one. It leaves a GTIN that begins
// with a zero, a date, a time, a hash and an alias. It is for texts that came from
// outside; a number that is known to be an identity is hidden by its own type.
func MaskIn(s string) string {
	if isASCII(s) {
		return maskIn(s)
	}
	return maskedAs(s, maskIn(ASCIIDigits(s)))
}

// maskIn is MaskIn of a text whose digits are ASCII.
func maskIn(s string) string {
	var b strings.Builder
	from := 0
	for _, at := range aliasesIn(s) {
		b.WriteString(maskNumbers(s[from:at[0]]))
		b.WriteString(s[at[0]:at[1]])
		from = at[1]
	}
	b.WriteString(maskNumbers(s[from:]))
	return b.String()
}

// HasIdentity reports whether a text holds what MaskIn would hide.
func HasIdentity(s string) bool { return MaskIn(s) != s }

// mostOfOne is how many digits leave so little of an identity that the rest could be
// guessed: of the fifteen of an IMEI one is a check digit.
const mostOfOne = 12

// HasMostOfOne reports whether a text holds an identity, or so many digits in a row
// that whoever reads them could guess the whole of one.
func HasMostOfOne(s string) bool {
	run := 0
	for _, r := range ASCIIDigits(s) {
		if !unicode.IsDigit(r) {
			run = 0
		} else if run++; run == mostOfOne {
			return true
		}
	}
	return HasIdentity(s)
}
