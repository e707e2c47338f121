// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// ASCIIDigits is a text with its digits of every script, and what stands for an ASCII
// character in another width or place (Unicode §3.11, NFKC), in ASCII, one character
// for each: people read it as the same number. What is not UTF-8 stays as it is.
func ASCIIDigits(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch a := asASCII(r); {
		case n == 1:
			b.WriteByte(s[0])
		default:
			b.WriteRune(a)
		}
		s = s[n:]
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// asASCII is a character in ASCII, or itself.
func asASCII(r rune) rune {
	const minus, hyphen = '\u2212', '\u2010' // a hyphen does not glue what stands beside it: stands
	switch {
	case r < utf8.RuneSelf:
		return r
	case unicode.Is(unicode.Nd, r):
		return '0' + digitOf(r)
	case r == minus:
		return hyphen
	}
	if a := norm.NFKC.String(string(r)); len(a) == 1 {
		return rune(a[0])
	}
	return r
}

// digitOf is the value of a decimal digit: each script has its ten side by side, in
// ascending order (Unicode §4.6), and some blocks begin where another ends.
func digitOf(r rune) rune {
	first := r
	for unicode.Is(unicode.Nd, first-1) {
		first--
	}
	return (r - first) % 10
}

// maskedAs is a text with what is hidden in another of as many characters hidden.
func maskedAs(s, masked string) string {
	var b strings.Builder
	for len(s) > 0 {
		_, n := utf8.DecodeRuneInString(s)
		hidden, m := utf8.DecodeRuneInString(masked)
		if hidden == '•' {
			b.WriteRune(hidden)
		} else {
			b.WriteString(s[:n])
		}
		s, masked = s[n:], masked[m:]
	}
	return b.String()
}
