// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maskNumbers is MaskIn of a text without aliases.
func maskNumbers(s string) string {
	var b strings.Builder
	from, digits := -1, 0 // of a run of what a number can be written with
	end := func(i int) {
		switch {
		case from < 0:
		case digits >= fewest:
			b.WriteString(maskRun(s[from:i]))
		default:
			b.WriteString(s[from:i])
		}
		from, digits = -1, 0
	}
	for i, r := range s {
		if !unicode.IsDigit(r) && !written(r) {
			end(i)
			_, n := utf8.DecodeRuneInString(s[i:]) // what is not UTF-8 stays as it is
			b.WriteString(s[i : i+n])
			continue
		}
		if from < 0 {
			from = i
		}
		if unicode.IsDigit(r) {
			digits++
		}
	}
	end(len(s))
	return b.String()
}

// fewest is how many digits an identity has at least: an ICCID may have letters
// behind them.
const fewest = 6

// written reports whether a number can be written with a sign beside digits.
func written(r rune) bool {
	return r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F' || strings.ContainsRune(grouping+unseen, r)
}

// maskRun hides the numbers in a run, but for hashes and dates.
func maskRun(s string) string {
	var b strings.Builder
	from := 0
	for _, at := range harmless.FindAllStringIndex(s, -1) {
		if stands(s, at[0], at[1]) {
			b.WriteString(numbers.ReplaceAllStringFunc(s[from:at[0]], maskNumber))
			b.WriteString(s[at[0]:at[1]])
			from = at[1]
		}
	}
	b.WriteString(numbers.ReplaceAllStringFunc(s[from:], maskNumber))
	return b.String()
}

var harmless = regexp.MustCompile(`(?i)[0-9]*[a-f][0-9a-f]{39,}|[0-9a-f]{39,}[a-f][0-9]*|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]`)

// stands reports whether a part of a text stands for itself, and is not a piece
// of a longer number.
func stands(s string, from, end int) bool {
	const glue = "-./_"
	before := strings.TrimRight(s[:from], glue)
	behind := strings.TrimLeft(s[end:], glue)
	return !strings.ContainsAny(last(before), "0123456789") && !strings.ContainsAny(first(behind), "0123456789")
}

func first(s string) string { return s[:min(1, len(s))] }

func last(s string) string { return s[max(0, len(s)-1):] }

// Between the digits of a number may stand one of the signs by which people
// group it, and any that nobody sees.
const (
	grouping = " \t./_\u00a0\u2007\u2009\u2010\u2011\u2012\u2013\u202f-"
	unseen   = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)

var between = "[" + unseen + "]*[" + grouping + "]?[" + unseen + "]*"

// numbers are what may be identities.
var numbers = longest(`(?i)\p{Nd}(?:` + between + `\p{Nd}){13,}|89[0-9]{4}(?:` + between + `[0-9a-f]){13,14}`)

func longest(expr string) *regexp.Regexp {
	re := regexp.MustCompile(expr)
	re.Longest()
	return re
}

// maskNumber hides a number, unless it is a time or names a product.
func maskNumber(run string) string {
	if _, err := time.Parse("20060102150405", run); err == nil {
		return run
	}
	// A TAC may begin with 01, and with 00 that of a test device: a GTIN of 12
	// digits looks like one, and few are in anybody's hands here.
	if run[0] == '0' && run[1] != '1' && KindOf(run) == KindGTIN {
		return run
	}
	const kept = 4
	runes := []rune(run)
	for i, left := len(runes)-1, kept; i >= 0; i-- {
		if !unicode.IsLetter(runes[i]) && !unicode.IsDigit(runes[i]) {
			continue
		}
		if left--; left < 0 {
			runes[i] = '•'
		}
	}
	return string(runes)
}
