// SPDX-License-Identifier: Apache-2.0

package station

import (
	"regexp/syntax"
	"strings"
)

// exampleSerial is the shortest serial that the product's pattern shows plainly,
// else usual where that is a serial of it; "" where neither is.
func exampleSerial(p Product, usual string) string {
	re, err := syntax.Parse(p.SerialPattern, syntax.Perl)
	if err != nil {
		return ""
	}
	for _, s := range []string{shortest(re), usual} {
		if p.SerialOK(s) {
			return s
		}
	}
	return ""
}

// shortest is a short text that an expression matches, as far as that can be
// told without trying: anchors and word boundaries are passed over.
func shortest(re *syntax.Regexp) string {
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		return usual(re.Rune)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "0"
	case syntax.OpCapture, syntax.OpPlus:
		return shortest(re.Sub[0])
	case syntax.OpRepeat:
		return strings.Repeat(shortest(re.Sub[0]), re.Min)
	case syntax.OpConcat:
		var b strings.Builder
		for _, sub := range re.Sub {
			b.WriteString(shortest(sub))
		}
		return b.String()
	case syntax.OpAlternate:
		best := shortest(re.Sub[0])
		for _, sub := range re.Sub[1:] {
			if s := shortest(sub); len(s) < len(best) {
				best = s
			}
		}
		return best
	default: // what may be left out, and what takes no character
		return ""
	}
}

// usual is a character of a class, given as pairs of first and last: a digit or
// letter where it has one.
func usual(pairs []rune) string {
	for _, want := range "0A1a" {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] <= want && want <= pairs[i+1] {
				return string(want)
			}
		}
	}
	if len(pairs) == 0 {
		return ""
	}
	return string(pairs[0])
}
