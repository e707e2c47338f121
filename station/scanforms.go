// SPDX-License-Identifier: Apache-2.0

package station

import (
	"regexp"
	"strings"
)

// scanForm is a text freed of what a scanner puts around the data.
type scanForm struct {
	kind  string // that the symbology identifier names; "" when none came
	text  string
	notes []string // what was taken off
}

// prefixes and suffixes are what scanners put before and after the data when
// they are set to frame it: STX and ETX, the keys that end a line, and how some
// programs show them.
var (
	prefixes = []string{"\x02", "\x01", "<STX>", "{STX}", "[STX]", "\u2402"}
	suffixes = []string{
		"\r", "\n", "\t", "\x03", "\x04", "<ETX>", "{ETX}", "[ETX]", "\u2403", "<CR>", "{CR}", "[CR]", "<LF>", "{LF}", "[LF]", "<TAB>",
		"{TAB}", "{ENTER}", "<ENTER>",
	}
)

var aimIdentifier = regexp.MustCompile(`^\][A-Za-z][0-9A-Za-z]`)

// scanForms are the ways to read text: first as it is, then without what is
// around the data. A code whose own data begins like a frame is so still found.
func scanForms(text string) []scanForm {
	text = strings.TrimRight(text, "\r\n")
	forms := []scanForm{{text: text}}
	bare, notes := trimFrame(text)
	if bare != text {
		forms = append(forms, scanForm{text: bare, notes: notes})
	}
	if id := aimIdentifier.FindString(bare); id != "" {
		if kind, known := symbologies[id]; known {
			forms = append(forms, scanForm{kind, bare[len(id):], append(notes[:len(notes):len(notes)], "identifier "+id)})
		}
	}
	return forms
}

func trimFrame(text string) (bare string, notes []string) {
	bare = text
	for trimmed := true; trimmed; {
		trimmed = false
		for _, p := range prefixes {
			if rest, ok := strings.CutPrefix(bare, p); ok {
				bare, trimmed, notes = rest, true, append(notes, "prefix "+visible(p))
			}
		}
		for _, s := range suffixes {
			if rest, ok := strings.CutSuffix(bare, s); ok {
				bare, trimmed, notes = rest, true, append(notes, "suffix "+visible(s))
			}
		}
	}
	return bare, notes
}

// visible shows control characters by their pictures (U+2400).
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 {
			return 0x2400 + r
		}
		return r
	}, s)
}

// gs separates GS1 fields in what a scanner sends (ISO/IEC 15424 keeps it as
// ASCII 29).
const gs = "\x1d"

// symbologies maps the symbology identifier that a scanner may send before the
// data (ISO/IEC 15424) to the kind of code that it stands for.
var symbologies = map[string]string{
	"]C0": "code128", "]C1": "gs1-128", "]d1": "datamatrix", "]d2": "gs1-datamatrix", "]Q1": "qr", "]Q3": "gs1-qr",
}
