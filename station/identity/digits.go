// SPDX-License-Identifier: Apache-2.0

package identity

import "strings"

// LuhnDigit returns the check digit, as a byte '0'..'9', that the Luhn formula
// of ISO/IEC 7812-1 Annex B gives for digits. For an IMEI these are its first
// 14 digits (3GPP TS 23.003 Annex B.2). digits must be all decimal.
func LuhnDigit(digits string) byte {
	sum := 0
	for i := 0; i < len(digits); i++ {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			d *= 2
			if d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// luhn reports whether the last digit of s is the check digit of the rest.
func luhn(s string) bool {
	return len(s) > 1 && LuhnDigit(s[:len(s)-1]) == s[len(s)-1]
}

func decimal(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Last4 is a number of which only the last four characters are shown.
func Last4(s string) string { return Mask(s, 0, 4) }

// Mask hides all of s but its first head and last tail characters. A text too
// short for that is hidden whole.
func Mask(s string, head, tail int) string {
	if len(s) <= head+tail {
		return strings.Repeat("•", len(s))
	}
	return s[:head] + strings.Repeat("•", len(s)-head-tail) + s[len(s)-tail:]
}
