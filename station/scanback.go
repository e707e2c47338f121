// SPDX-License-Identifier: Apache-2.0

package station

import (
	"regexp"
	"strings"
)

// gs separates GS1 fields in what a scanner sends (ISO/IEC 15424 keeps it as
// ASCII 29).
const gs = "\x1d"

// symbologies maps the symbology identifier that a scanner may send before the
// data (ISO/IEC 15424) to the kind of code that it stands for.
var symbologies = map[string]string{
	"]C0": "code128", "]C1": "gs1-128", "]d1": "datamatrix", "]d2": "gs1-datamatrix", "]Q1": "qr", "]Q3": "gs1-qr",
}

// Matches reports whether text, as a scanner sent it, is the whole payload of
// one of the codes of l. A symbology identifier, where there is one, must be
// that of the code. GS1 data may come as element string, with its AIs in
// parentheses, or without GS, which a keyboard wedge cannot always type: the
// expected text is known whole, so nothing is lost by that.
func Matches(l Label, text string) bool {
	kind, text := symbology(strings.TrimRight(text, "\r\n"))
	for _, c := range l.Codes() {
		if kind != "" && kind != c.Kind {
			continue
		}
		if text == c.Payload || text == strings.ReplaceAll(c.Payload, gs, "") || (c.HRI != "" && text == c.HRI && parenthesised.MatchString(text)) {
			return true
		}
	}
	return false
}

var parenthesised = regexp.MustCompile(`^\(\d{2,4}\)`)

// symbology splits the identifier off; a leading GS is how some scanners show
// the FNC1 that opens GS1 data.
func symbology(text string) (kind, rest string) {
	if len(text) > 3 && text[0] == ']' {
		if k, ok := symbologies[text[:3]]; ok {
			kind, text = k, text[3:]
		}
	}
	return kind, strings.TrimPrefix(text, gs)
}
