// SPDX-License-Identifier: Apache-2.0

package query

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"bindery/station"
)

// Known is what the record knows of the forms of serials. It changes only which
// interpretation comes first; with none, every text may be a serial.
type Known struct {
	serials []serialForm
}

type serialForm struct {
	letters string // that every serial of the form begins with
	whole   *regexp.Regexp
}

// KnownSerials takes the patterns of the serials of all products. One that cannot
// be used fits nothing, as for [station.Product.SerialOK]; one that almost every
// text fits tells nothing.
func KnownSerials(patterns ...string) Known {
	var k Known
	slices.Sort(patterns)
	for _, p := range slices.Compact(patterns) {
		open, err := regexp.Compile(p)
		if err != nil || p == "" {
			continue
		}
		letters, _ := open.LiteralPrefix()
		whole := regexp.MustCompile(`(?i)\A(?:` + p + `)\z`)
		if !slices.ContainsFunc(nobodys, whole.MatchString) {
			k.serials = append(k.serials, serialForm{letters, whole})
		}
	}
	return k
}

// nobodys are texts that only a pattern fits that says nothing of a serial.
var nobodys = []string{"CL-1, CL-2", "8.98E+19", "1234••••"}

// serial reports whether a text has the form of a serial, in any capitals.
func (k Known) serial(text string) bool {
	return station.Unprintable(text) == "" && slices.ContainsFunc(k.serials, func(f serialForm) bool { return f.whole.MatchString(text) })
}

// completed are the serials that a text is without the letters before it, or
// with those letters and without the signs among them, as CL0000040.
func (k Known) completed(text string) []string {
	var list []string
	for _, f := range k.serials {
		rest := text
		if bare := letterOrDigit(f.letters); bare != f.letters && len(text) > len(bare) && strings.EqualFold(text[:len(bare)], bare) {
			rest = strings.TrimLeft(text[len(bare):], " ")
		}
		if s := f.letters + rest; f.letters != "" && f.whole.MatchString(s) && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

func letterOrDigit(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}
