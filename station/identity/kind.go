// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"regexp"
	"slices"
	"strings"
)

// Kind says which number a text is.
type Kind string

// The kinds that [KindOf] tells apart.
const (
	KindUnknown Kind = "unknown"
	KindIMEI    Kind = "imei"
	KindIMEISV  Kind = "imeisv"
	KindICCID   Kind = "iccid"
	KindIMSI    Kind = "imsi"
	KindEID     Kind = "eid"
	KindGTIN    Kind = "gtin"
)

// KindOf tells which number s, written without separators, is meant to be, by
// length and prefix. Fifteen digits can be an IMEI or an IMSI: a right check
// digit or a live reporting body makes it an IMEI, else a mobile country code
// makes it an IMSI.
func KindOf(s string) Kind {
	switch {
	case len(s) == 32 && decimal(s):
		return KindEID
	case len(s) >= 18 && len(s) <= 20 && s[:2] == "89":
		return KindICCID
	case !decimal(s):
		return KindUnknown
	}
	switch len(s) {
	case 17:
		return KindIMEI
	case 16:
		return KindIMEISV
	case 15:
		return kindOf15(s)
	case 14:
		if _, err := ParseGTIN(s); err == nil && !liveBody(s) {
			return KindGTIN
		}
		return KindIMEI
	case 8, 12, 13:
		return KindGTIN
	}
	return KindUnknown
}

// kindOf15 tells an IMEI from an IMSI.
func kindOf15(s string) Kind {
	switch {
	case strings.HasPrefix(s, "901"): // shared networks; no body gives IMEIs that start 90
		return KindIMSI
	case luhn(s), liveBody(s), !mobileCountry(s):
		return KindIMEI
	}
	return KindIMSI
}

// liveBody reports whether s starts like an IMEI that is given out today: BABT
// 35, TAF 86, GHA 99 (GSMA TS.06). No TAC starts with 999 yet, and every private
// network's IMSIs do.
func liveBody(s string) bool {
	return slices.Contains([]string{"35", "86", "99"}, s[:2]) && !strings.HasPrefix(s, "999")
}

// mobileCountry reports whether s can start with a mobile country code: 001
// (test), geographic 2xx to 7xx, or of those with 9 the shared networks, trials
// and private networks (ITU-T E.212).
func mobileCountry(s string) bool {
	return slices.Contains([]string{"001", "901", "991", "999"}, s[:3]) || (s[0] >= '2' && s[0] <= '7')
}

// Check says what s is and all that is wrong with it by itself.
func Check(s string) (Kind, []Code) {
	k := KindOf(s)
	return k, CheckAs(k, s)
}

// CheckAs says all that is wrong with s as a number of kind k.
func CheckAs(k Kind, s string) []Code {
	var err error
	switch k {
	case KindIMEI:
		return CheckIMEI(s)
	case KindIMEISV:
		if _, err = ParseIMEISV(s); err == nil && TAC(s[:8]).Test() {
			return []Code{IMEITestRange}
		}
	case KindICCID:
		var id ICCID
		if id, err = ParseICCID(s); err == nil && !id.CheckDigit() {
			return []Code{ICCIDCheckDigit}
		}
	case KindIMSI:
		_, err = ParseIMSI(s)
	case KindEID:
		_, err = ParseEID(s)
	case KindGTIN:
		_, err = ParseGTIN(s)
	case KindUnknown:
	}
	if e, ok := err.(*ParseError); ok { //nolint:errorlint // the parsers of this package return it bare
		return []Code{e.Code}
	}
	return nil
}

// runsOfDigits are numbers of a text as people group them.
var runsOfDigits = regexp.MustCompile(`[0-9](?:[ ./_\x{2010}-\x{2013}-]?[0-9]){13,31}`)

// ReadsAsIdentity reports whether a text holds a number that reads like one of the
// identities: by its length and how it begins, and of fifteen digits also by their check
// digit, in digits of every script ([ASCIIDigits]). Unlike [HasIdentity] it takes other long numbers for none, as a serial or lot
// may be one; so it is for keys that are refused, and not for texts that are shown.
func ReadsAsIdentity(s string) bool {
	for _, run := range runsOfDigits.FindAllString(ASCIIDigits(s), -1) {
		n := strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, run)
		switch kind := KindOf(n); {
		case kind == KindICCID, kind == KindEID && eidBegins(n),
			len(n) == 15 && (luhn(n) || liveBody(n) || kind == KindIMSI),
			(len(n) == 14 || len(n) == 16 || len(n) == 17) && liveBody(n),
			len(n) == 16 && n[0] == '0' && luhn(n[1:]) && liveBody(n[1:]):
			return true
		}
	}
	return false
}

// eidBegins reports whether a number begins as an EID does: 89, for telecommunication
// (SGP.02 §2.2.2).
func eidBegins(s string) bool { return s[:2] == "89" }
