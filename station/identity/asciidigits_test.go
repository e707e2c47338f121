// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"strings"
	"testing"
	"unicode"
)

func TestAnIdentityIsHiddenInTheDigitsOfEveryScript(t *testing.T) {
	const imei, kept = "490154203237518", 11
	for _, of := range unicode.Nd.R16 {
		for zero := rune(of.Lo); zero < rune(of.Hi); zero += 10 {
			if of.Stride == 1 {
				hidesDigits(t, imei, kept, zero)
			}
		}
	}
	for _, of := range unicode.Nd.R32 {
		for zero := rune(of.Lo); zero < rune(of.Hi); zero += 10 {
			hidesDigits(t, imei, kept, zero)
		}
	}
}

// hidesDigits checks a number in the digits that begin with a zero.
func hidesDigits(t *testing.T, number string, kept int, zero rune) {
	t.Helper()
	written := []rune(strings.Map(func(r rune) rune { return zero + r - '0' }, number))
	text := "lot " + string(written)
	if got := ASCIIDigits(text); got != "lot "+number {
		t.Errorf("%U: %q", zero, got)
	}
	if got := MaskIn(text); got != "lot "+strings.Repeat("•", kept)+string(written[kept:]) {
		t.Errorf("%U: %q", zero, got)
	}
	if !ReadsAsIdentity(text) || !HasMostOfOne(text) {
		t.Errorf("%U: it passes for harmless", zero)
	}
}

func TestAnIdentityIsHiddenInWhatStandsForItsCharacters(t *testing.T) {
	for in, want := range map[string]string{
		"４９-０１５４２０-３２３７５１-８":  "••-••••••-•••７５１-８",
		"49−015420−323751−8":  "••−••••••−•••751−8",
		"４９０１５４2０３２３7５１８":     "•••••••••••7５１８",
		"⁴⁹⁰¹⁵⁴²⁰³²³⁷⁵¹⁸":     "•••••••••••⁷⁵¹⁸",
		"８９88０000０0０0000ＡＦ２８": strings.Repeat("•", 15) + "ＡＦ２８",
		"\xff４９０１５４２０３２３７５１８": "\xff•••••••••••７５１８",
	} {
		if got := MaskIn(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for _, s := range []string{"４９-０１５４２０-３２３７５１-８", "49−015420−323751−8", "49‑015420‑323751‑8", "49–015420–323751–8"} {
		if !ReadsAsIdentity(s) {
			t.Errorf("%q passes for a key", s)
		}
	}
	for _, s := range []string{"№ 7 of Größe ４２", "2026-07-01–2026-07-31", "\xff\xfe", "ＣＬ－００００１２", "m²"} {
		if got := MaskIn(s); got != s || ReadsAsIdentity(s) {
			t.Errorf("%q became %q", s, got)
		}
	}
}
