// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatActsOnATerminalOrIsSeenByNobodyIsWrittenOut(t *testing.T) {
	for in, want := range map[string]string{
		"CL-000101 Gerät – „neu“ 测试 ٤":  "CL-000101 Gerät – „neu“ 测试 ٤",
		"\x1b[2J\x1b]0;x\x07":           "<U+001B>[2J<U+001B>]0;x<U+0007>",
		"a\u009b31mb":                   "a<U+009B>31mb",
		"a\x9b31mb":                     "a<9B>31mb",
		"\u202eDSP\u2066x\u200fy\u200e": "<U+202E>DSP<U+2066>x<U+200F>y<U+200E>",
		"a\u200bb\u2060c\ufeffd\u00ade": "a<U+200B>b<U+2060>c<U+FEFF>d<U+00AD>e",
		"a\u3164b\u034fc\ufe0f":         "a<U+3164>b<U+034F>c<U+FE0F>",
		"a\u2028b\u2029c\u0085d":        "a<U+2028>b<U+2029>c<U+0085>d",
		"a\rb\x00c\x7fd":                "a<U+000D>b<U+0000>c<U+007F>d",
		"lines\n\tstay":                 "lines\n\tstay",
		"a\u00a0b":                      "a\u00a0b",
		"tag \U000e0041":                "tag <U+E0041>",
		"lost \ufffd":                   "lost \ufffd",
	} {
		if got := Visible(in, "\n\t"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// FuzzVisible: nothing that acts is left, whatever came.
func FuzzVisible(f *testing.F) {
	f.Add("\x1b[31m\u202e\x9b")
	f.Fuzz(func(t *testing.T, s string) {
		got := Visible(s, "\n\t")
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\x1b\r\u202e\u2066\u200b\u009b\u0085") {
			t.Errorf("%q", got)
		}
		if again := Visible(got, "\n\t"); again != got {
			t.Errorf("%q becomes %q", got, again)
		}
	})
}
