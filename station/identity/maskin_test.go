// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestEveryNumberThatMayBeAnIdentityIsHiddenInAText(t *testing.T) {
	for in, want := range map[string]string{
		"490154203237518":                        "•••••••••••7518",
		"49-015420-323751-8":                     "••-••••••-•••751-8",
		"49 015420 323751 8":                     "•• •••••• •••751 8",
		"49.0154.2032.3751.8":                    "••.••••.••••.•751.8",
		"4901\u200b5420\u00a0323751\u202e8":      "••••\u200b••••\u00a0•••751\u202e8",
		"]C1490154203237518":                     "]C••••••••••••7518",
		"IMEI:490154203237518;":                  "IMEI:•••••••••••7518;",
		"SN49015420323751":                       "SN••••••••••3751",
		"(8002)490154203237518":                  "(8002)•••••••••••7518",
		"4901542032375181":                       "••••••••••••5181", // IMEISV
		"8988000000000001428":                    "•••••••••••••••1428",
		"8988 0000 0000 0001 428":                "•••• •••• •••• •••1 428",
		"898800000000000af28":                    "•••••••••••••••af28",
		"89049032000001000000000000000142":       "••••••••••••••••••••••••••••0142",
		"999990000000101":                        "•••••••••••0101",        // IMSI
		"35-2015-04-20-323751-8":                 "••-••••-••-••-•••751-8", // no date
		"2026-07-02 490154203237518":             "2026-07-02 •••••••••••7518",
		"0004901542032375180000":                 "••••••••••••••••••0000",
		"٤٩٠١٥٤٢٠٣٢٣٧٥١٨":                        "•••••••••••٧٥١٨",
		"two: 490154203237518, 356938035643809.": "two: •••••••••••7518, •••••••••••3809.",
	} {
		if got := MaskIn(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
		if !HasIdentity(in) {
			t.Errorf("%q passes for harmless", in)
		}
	}
}

func TestWhatIsNoIdentityIsLeftAsItIs(t *testing.T) {
	for _, s := range []string{
		"", "CL-000101", "WO-118204", "20260142", "1234567890123", // thirteen
		"09506000134352", "(01)09506000134352(21)CL-000101", // a GTIN names a product
		"2026-07-02 06:00:00", "2026-07-01 2026-07-31", "2026-07-02T06:00:00.000Z 2026-07-03T06:00:00.000Z",
		"bindery.db-20260702T060000Z.backup", "lot-20260702060000.pdf",
		"leaf 150 of 200", strings.Repeat("1234567890abcdef", 4), strings.Repeat("1234567890123456789a", 2),
		"units 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15",
	} {
		if got := MaskIn(s); got != s || HasIdentity(s) {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestAnAliasSurvivesMaskingAndNoIdentityBesideItDoes(t *testing.T) {
	for in, want := range map[string]string{
		"al-abc3-4567-8901-2345":                         "al-abc3-4567-8901-2345",
		"AL-ABC3-4567-8901-2345":                         "AL-ABC3-4567-8901-2345",
		"ticket 7: al-abc3-4567-8901-2345, and CL-1":     "ticket 7: al-abc3-4567-8901-2345, and CL-1",
		"al-abc3-4567-8901-2345 490154203237518":         "al-abc3-4567-8901-2345 •••••••••••7518",
		"490154203237518 al-abc3-4567-8901-2345":         "•••••••••••7518 al-abc3-4567-8901-2345",
		"898800000000000142 al-abc3-4567-8901-2345":      "••••••••••••••0142 al-abc3-4567-8901-2345",
		"al-xyzw-2345-6789-0123 3 units":                 "al-xyzw-2345-6789-0123 3 units",
		"al-8988-0000-0000-0001":                         "al-••••-••••-••••-0001", // a number behind al-
		"al-4901-5420-3237-518a":                         "al-••••-••••-•••7-518a",
		"al-abcd-efg4-9015-4203 237518":                  "al-abcd-efg•-••••-•••• ••7518", // a number that goes on behind it
		"al-abcd-efgh-4901-5420-323751-8":                "al-abcd-efgh-••••-••••-•••751-8",
		"al-abc3-4567-8901-2345-490154203237518-al-abc3": "al-abc3-4567-8901-2345-•••••••••••7518-al-abc3",
	} {
		if got := MaskIn(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for n := range 5000 {
		a := string(NewAlias([]byte("key"), KindIMEI, strconv.Itoa(n)))
		if got := MaskIn("see " + a + ", 7013"); got != "see "+a+", 7013" {
			t.Errorf("%s became %s", a, got)
		}
	}
}

// An alias of digits alone comes once in a hundred million: it is made of other
// bits, and always of the same.
func TestAnAliasIsNeverWhatReadsAsANumber(t *testing.T) {
	bits, err := aliasText.DecodeString("4901542032375181")
	if err != nil {
		t.Fatal(err)
	}
	letters := []byte{0xff, 0xee, 0xdd, 0xcc, 0xbb, 0xaa, 0xff, 0xee, 0xdd, 0xcc}
	if got := aliasOf(slices.Concat(bits, letters, bits)); MaskIn(string(got)) != string(got) || got != aliasOf(slices.Concat(letters, letters, bits)) {
		t.Errorf("%s", got)
	}
}

// FuzzMaskIn: however an IMEI is wrapped, its first eleven digits are gone.
func FuzzMaskIn(f *testing.F) {
	for _, s := range []string{"", "]C1", "SN ", "00", "8988", "2026-07-02 ", "ab", "al-abcd-efgh-1234-5678 ", "al-4901-"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, before, behind string) {
		const imei = "490154203237518"
		if strings.Contains(before+behind, imei[:11]) {
			t.Skip()
		}
		if got := MaskIn(before + imei + behind); strings.Contains(got, imei[:11]) && !harmless.MatchString(around(got, imei[:11])) {
			t.Errorf("%q", got)
		}
	})
}

// around is the run of hexadecimal digits around part.
func around(s, part string) string {
	i := strings.Index(s, part)
	from := strings.LastIndexFunc(s[:i], notHex) + 1
	end := strings.IndexFunc(s[i:], notHex)
	if end < 0 {
		end = len(s) - i
	}
	if run := s[from : i+end]; len(run) >= 40 {
		return run
	}
	return ""
}

func notHex(r rune) bool { return !strings.ContainsRune("0123456789abcdefABCDEF", r) }

func TestTwelveDigitsAreMostOfAnIdentity(t *testing.T) {
	for text, want := range map[string]bool{
		"": false, "lot:A260001 made:2026-03-04": false, "98000042123": false, "98000042 1234567": true, "98000042-123": false,
		"980000421234": true, "imei:980000421234*": true, "8988000000 12": false, "٩٨٠٠٠٠٤٢١٢٣٤": true,
	} {
		if got := HasMostOfOne(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
