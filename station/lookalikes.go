// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"bindery/station/identity"
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

// latin are the Latin letters that lookAlikes look like, in the same order.
const latin = "ABEZHIKMNOPTYXovABEKMHOPCTYXSIJQWabeopcyxijshdqw"

// LookAlike reports whether people take two names for one: they differ in capitals or
// coding ([Fold]), in blanks, in the kind of a dash or the script of digits, or in letters of other alphabets
// that look like Latin ones.
func LookAlike(a, b string) bool { return Fold(a) == Fold(b) || Outline(a) == Outline(b) }

// Outline is what is seen of a name, but for its capitals.
func Outline(name string) string {
	pairs := map[rune]rune{}
	to := []rune(latin)
	for i, r := range []rune(lookAlikes) {
		pairs[r] = to[i]
	}
	return Fold(strings.Map(func(r rune) rune {
		switch l, ok := pairs[r]; {
		case ok:
			return l
		case unicode.IsSpace(r), unicode.In(r, unicode.Zs):
			return -1
		case unicode.Is(unicode.Pd, r):
			return '-'
		}
		return r
	}, identity.ASCIIDigits(norm.NFKC.String(name))))
}

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
