// SPDX-License-Identifier: Apache-2.0

package report

import (
	"strings"
	"unicode/utf8"

	"bindery/station"
)

// cell is a text as it may stand in a CSV file that a spreadsheet will open.
// Where the spreadsheet would run it as a formula, or read it as a number or
// date and lose what it was, an apostrophe goes before it. So does one before
// a text that begins with an apostrophe itself: who reads a file takes away
// one leading apostrophe and has every value as it was, with what would act on
// a screen or be seen by nobody written out.
func cell(s string) string {
	s = station.Visible(s, "\r\n\t")
	if s != "" && (runs(s) || changes(s)) {
		return "'" + s
	}
	return s
}

// runs reports whether a spreadsheet may run s, or cut it short.
func runs(s string) bool {
	if s[0] < utf8.RuneSelf {
		return strings.IndexByte("'=+-@\t\r\n|% ", s[0]) >= 0
	}
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("＝＋－＠\u00a0\u3000", first)
}

// changes reports whether a spreadsheet would make something else of s: digits
// with a leading zero or more than eleven of them (shown as 3.5E+14, and above
// fifteen changed), numbers with an exponent or a comma, dates such as 1-2, 3/4
// and MAR1, and truth values. A time as we write it, 2026-03-02T07:00:00.000Z,
// is left alone by all of them.
func changes(s string) bool {
	const digits = "0123456789"
	switch rest := strings.TrimLeft(s, digits); {
	case rest == "":
		return len(s) > 11 || len(s) > 1 && s[0] == '0'
	case strings.ContainsRune(digits+".,", rune(s[0])) && strings.Trim(s, digits+".,:/ -+eE") == "":
		return true
	}
	if len(s) > 20 {
		return false
	}
	word := strings.ToLower(strings.Trim(s, digits+" ./-"))
	if word == "true" || word == "false" {
		return true
	}
	return len(word) >= 3 && len(word) < len(s) && strings.Contains(" jan feb mar apr may jun jul aug sep oct nov dec ", " "+word[:3]+" ") &&
		strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == ""
}
