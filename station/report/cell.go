// SPDX-License-Identifier: Apache-2.0

package report

import (
	"regexp"
	"strings"
)

// cell is a text as it may stand in a CSV file that a spreadsheet will open.
// Where the spreadsheet would run it as a formula, or read it as a number or
// date and lose what it was, an apostrophe goes before it. So does one before
// a text that begins with an apostrophe itself: who reads a file takes away
// one leading apostrophe and has every value as it was.
func cell(s string) string {
	if s == "" {
		return s
	}
	if strings.ContainsRune("'=+-@\t\r\n|%＝＋－＠", []rune(s)[0]) || strings.TrimSpace(s) != s || changeling.MatchString(s) {
		return "'" + s
	}
	return s
}

// changeling is what spreadsheets turn into something else: digits with a
// leading zero or more than eleven of them (shown as 3.5E+14, and above fifteen
// changed), numbers with an exponent or a comma, dates such as 1-2, 3/4 and
// MAR1, and truth values. A time as we write it, 2026-03-02T07:00:00.000Z, is
// left alone by all of them.
var changeling = regexp.MustCompile(`(?i)^(?:0\d+|\d{12,}|\d+(?:[.,:/ -]\d*)+|\d*[.,]\d+|[\d.,]+E[+-]?\d+|` +
	`\d*[ /-]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ ./-]?\d*|true|false)$`)
