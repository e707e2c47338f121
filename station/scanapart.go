// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// partedForms are the fields of the codes that have a separator, without it and
// with the symbology identifiers that may stand before them.
func partedForms(codes []LabelCode) [][]string {
	var all [][]string
	for _, c := range codes {
		if !strings.Contains(c.Payload, gs) {
			continue
		}
		all = append(all, strings.Split(c.Payload, gs))
		for id, kind := range symbologies {
			if kind == c.Kind {
				all = append(all, strings.Split(id+c.Payload, gs))
			}
		}
	}
	return all
}

// mostSeparator is how much may stand in place of a separator, in bytes: that of
// the longest word that is known for it, and some more.
const mostSeparator = 10

// apart reports that text is the fields with one and the same thing between them
// that begins as the value of no lot or serial goes on: what a scanner sends for
// GS, be it known or not.
func apart(fields []string, text string, same func(a, b string) bool) bool {
	if len(text) <= len(fields[0]) {
		return false
	}
	rest := text[len(fields[0]):]
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_./", r) {
		return false
	}
	for n := 1; n <= min(len(rest), mostSeparator); n++ {
		if same(text, strings.Join(fields, rest[:n])) {
			return true
		}
	}
	return false
}

// exactly and inCase report that text is fields that are apart: letter for letter,
// and with capitals and small letters exchanged.
func exactly(text string) func(fields []string) bool {
	return func(fields []string) bool {
		return apart(fields, text, func(a, b string) bool { return a == b })
	}
}

func inCase(text string) func(fields []string) bool {
	return func(fields []string) bool {
		return apart(fields, text, strings.EqualFold) && !exactly(text)(fields)
	}
}
