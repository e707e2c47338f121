// SPDX-License-Identifier: Apache-2.0

package query

import (
	"regexp"
	"slices"

	"bindery/station"
)

// Known is what the record knows of the forms of serials. It changes only which
// reading comes first; with none, every text may be a serial.
type Known struct {
	serials []serialForm
}

type serialForm struct {
	letters string // that every serial of the form begins with
	whole   *regexp.Regexp
}

// KnownSerials takes the patterns of the serials of all products. One that cannot
// be used fits nothing, as for [station.Product.SerialOK].
func KnownSerials(patterns ...string) Known {
	var k Known
	slices.Sort(patterns)
	for _, p := range slices.Compact(patterns) {
		open, err := regexp.Compile(p)
		if err != nil || p == "" {
			continue
		}
		letters, _ := open.LiteralPrefix()
		k.serials = append(k.serials, serialForm{letters, regexp.MustCompile(`(?i)\A(?:` + p + `)\z`)})
	}
	return k
}

// serial reports whether a text has the form of a serial, in any capitals.
func (k Known) serial(text string) bool {
	return station.Unprintable(text) == "" && slices.ContainsFunc(k.serials, func(f serialForm) bool { return f.whole.MatchString(text) })
}

// completed are the serials that a text is without the letters before it.
func (k Known) completed(text string) []string {
	var list []string
	for _, f := range k.serials {
		if s := f.letters + text; f.letters != "" && f.whole.MatchString(s) && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
