// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"
	"unicode"
)

// mixesAlphabets reports whether letters stand side by side that are of two
// alphabets with letters that look alike, as a Cyrillic О and a Latin P.
func mixesAlphabets(s string) bool {
	var before *unicode.RangeTable
	for _, r := range s {
		var of *unicode.RangeTable
		for _, a := range []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic} {
			if unicode.Is(a, r) {
				of = a
			}
		}
		if of != nil && before != nil && of != before {
			return true
		}
		before = of
	}
	return false
}

// lookAlikes are the capitals and small letters of Greek and Cyrillic that look
// like Latin ones (Unicode UTS #39, confusables).
const lookAlikes = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονАВЕКМНОРСТУХЅІЈԚԜавеорсухіјѕһԁԛԝ"

// onlyLookAlikes reports whether a text has Greek or Cyrillic letters, and each
// of them looks like a Latin one: the text stands for another.
func onlyLookAlikes(s string) bool {
	found := false
	for _, r := range s {
		if unicode.In(r, unicode.Greek, unicode.Cyrillic) {
			if !strings.ContainsRune(lookAlikes, r) {
				return false
			}
			found = true
		}
	}
	return found
}
