// SPDX-License-Identifier: Apache-2.0

package query

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"bindery/station/identity"
)

// leastKnown is how many characters must be known of a part.
const leastKnown = 4

var (
	// A sign that may also be part of a serial or a lot hides digits only where all
	// else is digits, and twice at least.
	hidden      = regexp.MustCompile(`[\x{2022}\x{25CF}\x{25E6}\x{2588}\x{00B7}\x{2219}*]|\.{2,}`)
	hiddenToo   = regexp.MustCompile(`(?:[xX]{2,}|#{2,}|_{2,}|\?+)`)
	digitsAlone = regexp.MustCompile(`^[0-9]*$`)
)

// masked reads a text of which some characters are hidden; ok is false when none
// are.
func masked(text string) (item Item, ok bool) {
	pattern, some := patternOf(text)
	if !some {
		return Item{}, false
	}
	known := len(pattern) - strings.Count(pattern, "?") - strings.Count(pattern, "*")
	switch {
	case known == 0:
		return refuse(text, Hidden), true
	case known < leastKnown:
		return refuse(text, TooShort), true
	case longestKnown(pattern) < leastKnown: // it has no index, and all units would be read
		return refuse(text, Apart), true
	}
	var list []Interpretation
	if terms := measured(pattern); len(terms) > 0 {
		list = append(list, Interpretation{Kind: Part, Value: pattern, Any: terms,
			Reasons: []Reason{HiddenDigits}})
	}
	open := squeezed.ReplaceAllString(pattern, "*")
	return Item{text, append(list, Interpretation{Kind: Part, Value: open, Any: each(Pattern, open, fieldsOf(open)...),
		Reasons: []Reason{HiddenText}})}, true
}

// longestKnown is how many characters of a pattern stand in its longest piece.
func longestKnown(pattern string) (n int) {
	for piece := range strings.FieldsFuncSeq(pattern, func(r rune) bool { return r == '?' || r == '*' }) {
		n = max(n, utf8.RuneCountInString(piece))
	}
	return n
}

var squeezed = regexp.MustCompile(`[?*]+`)

// patternOf writes what is hidden as ?, one for each sign, or as * where dots
// leave out how much it is.
func patternOf(text string) (pattern string, some bool) {
	plain := strings.NewReplacer(" ", "", "-", "").Replace(text)
	without := hiddenToo.ReplaceAllString(hidden.ReplaceAllString(plain, ""), "")
	if digitsAlone.MatchString(without) && plain != without {
		text = hiddenToo.ReplaceAllStringFunc(plain, func(s string) string { return strings.Repeat("?", len(s)) })
	} else if !hidden.MatchString(text) || strings.ContainsAny(text, " ?\x1d\n\t()[]{}<>") {
		return "", false
	}
	return hidden.ReplaceAllStringFunc(text, func(s string) string {
		if s[0] == '.' {
			return "*"
		}
		return "?"
	}), true
}

// measured are the terms for a pattern whose places are those of one number.
func measured(pattern string) []Term {
	if strings.Trim(pattern, "0123456789?") != "" {
		return nil
	}
	switch n := len(pattern); {
	case n == 14:
		return append(each(Pattern, pattern+"?", IMEIField), each(Pattern, pattern, IMSIField)...)
	case n == 15:
		return each(Pattern, pattern, IMEIField, IMSIField)
	case n == 16, n == 17:
		return each(Pattern, pattern[:14]+"?", IMEIField)
	case n == 18, n == 19:
		return append(each(Pattern, pattern, ICCIDField), each(Pattern, pattern+"?", ICCIDField)...)
	case n == 20:
		return append(each(Pattern, pattern, ICCIDField), each(Pattern, pattern[:19], ICCIDField)...)
	case n == 32:
		return each(Pattern, pattern, EIDField)
	}
	return nil
}

// fieldsOf are the fields in which a pattern may be found: one that begins with
// 89 is of a SIM, one with letters is none of an identity.
func fieldsOf(pattern string) []TermField {
	switch {
	case strings.Trim(pattern, "0123456789?*") != "":
		return []TermField{SerialField, LotField, OrderField}
	case strings.HasPrefix(pattern, "89"):
		return []TermField{ICCIDField, EIDField}
	}
	return []TermField{SerialField, IMEIField, ICCIDField, IMSIField, EIDField}
}

// hasHidden reports a text that must not be read as if nothing were hidden.
func hasHidden(text string) bool {
	_, some := patternOf(text)
	return some
}

// isFloat reports a whole number as a program writes it that keeps all as
// floating-point ones.
func isFloat(text string) bool {
	_, _, ok := identity.WholeNumber(text)
	return ok
}

// floated reports a number that a program kept as a floating-point one with fewer
// digits than it has.
func floated(text string) bool {
	_, lost, ok := identity.WholeNumber(text)
	return ok && lost && joined(text) == ""
}

// truncatedBySpreadsheet reports a number of which a spreadsheet has left less than there was,
// beyond what can be looked for.
func truncatedBySpreadsheet(text string) bool {
	return identity.Exponent(strings.ReplaceAll(text, " ", ""))
}
