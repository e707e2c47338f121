// SPDX-License-Identifier: Apache-2.0

package table

import (
	"regexp"
	"slices"
	"strings"
)

// numberStyle is how a number is shown.
type numberStyle struct {
	date  bool
	zeros int  // digits that it is filled up to
	other bool // as something else than its digits
}

// builtin is a form that needs no code (ECMA-376 part 1, 18.8.30): 14 to 22
// and 45 to 47 are dates and times, as 27 to 36 and 50 to 58 are in East Asia;
// 9 and 10 are percent.
func builtin(id int) numberStyle {
	for _, dates := range [][2]int{{14, 22}, {27, 36}, {45, 47}, {50, 58}} {
		if id >= dates[0] && id <= dates[1] {
			return numberStyle{date: true}
		}
	}
	return numberStyle{other: slices.Contains([]int{9, 10}, id)}
}

var (
	aside = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[[^\]]*\]`) // text, and what only sets it out
	space = regexp.MustCompile(`\\ |_.|\*.|\[(Red|Black|Blue|Green|White|Yellow|Cyan|Magenta|Color ?\d+)\]| `)
	digit = regexp.MustCompile(`^(General|@|[#0?,]*[#0?](\.[0#?]+)?)$`)
	zeros = regexp.MustCompile(`^00+$`)
)

// styleOf is what a code of ECMA-376 part 1, 18.8.31 makes of a number that is
// not negative.
func styleOf(code string) numberStyle {
	code, _, _ = strings.Cut(code, ";")
	plain := space.ReplaceAllString(code, "")
	switch {
	case zeros.MatchString(plain):
		return numberStyle{zeros: len(plain)}
	case digit.MatchString(plain):
		return numberStyle{}
	case strings.ContainsAny(strings.ToLower(aside.ReplaceAllString(code, "")), "dmyhs"):
		return numberStyle{date: true}
	}
	return numberStyle{other: true}
}
