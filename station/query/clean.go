// SPDX-License-Identifier: Apache-2.0

package query

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bindery/station"
	"bindery/station/identity"
)

// clean gives a text without what nobody sees, with plain blanks, and with the
// digits of every script as those of ASCII. Control characters stay: GS is data.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Nd, r):
			return '0' + digitOf(r)
		case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
			return -1
		case unicode.In(r, unicode.Zs):
			return ' '
		case r == '\u2028', r == '\u2029', r == '\v', r == '\f', r == '\u0085':
			return '\n'
		case unicode.Is(unicode.Pd, r):
			return '-'
		}
		return r
	}, norm.NFKC.String(strings.ToValidUTF8(text, "\uFFFD")))
}

// digitOf is the value of a decimal digit: they come in runs of ten.
func digitOf(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// quotes are the pairs that people and programs put around a value.
var quotes = [][2]string{{`="`, `"`}, {`"`, `"`}, {"'", "'"}, {"\u201c", "\u201d"}, {"\u201e", "\u201c"}, {"\u201e", "\u201d"},
	{"\u2018", "\u2019"}, {"\u00ab", "\u00bb"}, {"\u00bb", "\u00ab"}, {"`", "`"}, {"<", ">"}, {"[", "]"}, {"{", "}"}}

// unwrap takes off what stands around a value: blanks, a scanner's frame and
// identifier, quotes, the sign by which a spreadsheet keeps a cell a text, and
// what ends a phrase. identifier is the last that a scanner sent.
func unwrap(text string) (bare, identifier string) {
	bare = text
	for {
		before := bare
		if strings.HasPrefix(bare, `"=""`) { // a cell as it stands in a CSV file
			bare = strings.ReplaceAll(bare, `""`, `"`)
		}
		data, id := station.Unframed(strings.Trim(bare, " \t\r\n"))
		if id != "" {
			identifier = id
		}
		bare = strings.Trim(data, " \t\r\n")
		for _, q := range quotes {
			inner, ok := strings.CutPrefix(bare, q[0])
			if inner, ok2 := strings.CutSuffix(inner, q[1]); ok && ok2 {
				bare = inner
				break
			}
		}
		bare = strings.TrimRight(strings.TrimPrefix(bare, "'"), ",;:!\"")
		for _, end := range []string{".", "?"} {
			if !strings.HasSuffix(bare, end+end) { // which hide something
				bare = strings.TrimSuffix(bare, end)
			}
		}
		if formula.MatchString(bare) {
			bare = bare[1:]
		}
		if strings.Count(bare, `"`) == 1 {
			bare = strings.TrimPrefix(strings.TrimPrefix(bare, "="), `"`)
		}
		if bare == before {
			return bare, identifier
		}
	}
}

var (
	formula   = regexp.MustCompile(`^=[0-9A-Za-z]`)
	thousands = regexp.MustCompile(`^[0-9]{1,3}(?:,[0-9]{3}){3,}$|^[0-9]{1,3}(?:'[0-9]{3}){3,}$`)
	groups    = regexp.MustCompile(`^[0-9](?: ?[-./_ ]? ?[0-9A-Fa-f]){5,}$`)
)

// joined is a number without what groups its digits, in capitals: digits, and
// behind six of them what a hexadecimal number has. It is "" for a text that is
// no number.
func joined(text string) string {
	if digits, lost, ok := identity.WholeNumber(text); ok && (!lost || len(digits) == 16) {
		return digits // of the sixteen digits of an IMEISV a number loses the version, and keeps the device
	} else if ok {
		return ""
	}
	if !groups.MatchString(text) && !thousands.MatchString(text) {
		return ""
	}
	return strings.ToUpper(ungrouped.Replace(text))
}

var ungrouped = strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "_", "", ",", "", "'", "")

func decimal(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
