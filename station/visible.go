// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible is a text as a terminal or a table may show it: what would act on it
// or be seen by nobody is written out, as <U+202E>. These are control
// characters, C1 and ESC among them, what turns the direction of writing, what
// has no width, other line ends, and bytes that are no UTF-8. What is in keep,
// such as "\n\t", stays.
func Visible(s, keep string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !seen(r, keep) }) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, "<%02X>", s[0])
		case !seen(r, keep):
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

// seen reports whether people see a sign, or the space that it takes.
func seen(r rune, keep string) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= ' ' && r != 0x7f || strings.ContainsRune(keep, r)
	case unicode.In(r, unicode.Zs):
		return true
	}
	return unicode.IsPrint(r) && !unicode.In(r, unseen)
}

// unseen are letters and marks that have no shape of their own (Unicode,
// Default_Ignorable_Code_Point).
var unseen = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x034f, Hi: 0x034f, Stride: 1}, {Lo: 0x115f, Hi: 0x1160, Stride: 1}, {Lo: 0x17b4, Hi: 0x17b5, Stride: 1},
		{Lo: 0x180b, Hi: 0x180f, Stride: 1}, {Lo: 0x2800, Hi: 0x2800, Stride: 1}, {Lo: 0x3164, Hi: 0x3164, Stride: 1},
		{Lo: 0xfe00, Hi: 0xfe0f, Stride: 1}, {Lo: 0xffa0, Hi: 0xffa0, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0xe0100, Hi: 0xe01ef, Stride: 1}},
}
