// SPDX-License-Identifier: Apache-2.0

package identity_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"bindery/station/identity"

	"github.com/google/go-cmp/cmp"
)

func TestCheckIMEINamesEachCause(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []identity.Code
	}{
		{"sound, the example of TS 23.003 Annex B", "260531793113837", nil},
		{"sound", "490154203237518", nil},
		{"nothing", "", []identity.Code{identity.IMEIMissing}},
		{"letters", "49015420323751X", []identity.Code{identity.IMEIMalformed}},
		{"13 digits, a leading zero lost", "4901542032375", []identity.Code{identity.IMEIMalformed}},
		{"14 digits, no check digit", "49015420323751", []identity.Code{identity.IMEI14Digits}},
		{"16 digits", "3520990017614823", []identity.Code{identity.IMEIIsIMEISV}},
		{"17 digits, IMEI and SVN", "49015420323751801", []identity.Code{identity.IMEIMalformed}},
		{"one digit off", "490154203237519", []identity.Code{identity.IMEICheckDigit}},
		{"spare digit of the air interface", "490154203237510", []identity.Code{identity.IMEISpareDigit}},
		{"fifteen zeros pass the check digit", "000000000000000", []identity.Code{identity.IMEIRepeated, identity.IMEIKnownDefault, identity.IMEITestRange}},
		{"fifteen ones", "111111111111111", []identity.Code{identity.IMEIRepeated, identity.IMEICheckDigit}},
		{"the default of unprogrammed modules", "004999010640000", []identity.Code{identity.IMEIKnownDefault, identity.IMEITestRange}},
		{"a counting sample", "123456789012347", []identity.Code{identity.IMEIKnownDefault}},
		{"reporting body 02 is for test", "023589923858188", []identity.Code{identity.IMEITestRange, identity.IMEICheckDigit}},
		{"digits of another script", "٤٩٠١٥٤٢٠٣٢٣٧٥١٨", []identity.Code{identity.IMEIMalformed}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, identity.CheckIMEI(c.in)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCheckTellsTheKind(t *testing.T) {
	for _, c := range []struct {
		in   string
		kind identity.Kind
		want []identity.Code
	}{
		{"490154203237518", identity.KindIMEI, nil},
		{"352099001761482", identity.KindIMEI, []identity.Code{identity.IMEICheckDigit}},
		{"35209900176148", identity.KindIMEI, []identity.Code{identity.IMEI14Digits}},
		{"3520990017614823", identity.KindIMEISV, nil},
		{"001010123456789", identity.KindIMSI, nil},
		{"310150123456789", identity.KindIMSI, nil},
		{"901405100000018", identity.KindIMSI, nil},                                      // passes Luhn
		{"999990001366720", identity.KindIMSI, nil},                                      // of a private network
		{"980000420221512", identity.KindIMEI, []identity.Code{identity.IMEICheckDigit}}, // 980 is no country
		{"89882390000262826558", identity.KindICCID, nil},
		{"8944501611212321532F", identity.KindICCID, nil},
		{"898602C0123456789012", identity.KindICCID, []identity.Code{identity.ICCIDCheckDigit}},
		{"899990000000001012", identity.KindICCID, []identity.Code{identity.ICCIDCheckDigit}}, // 18 digits: E.118 lets the issuer choose
		{"899990000000001012FF", identity.KindICCID, []identity.Code{identity.ICCIDCheckDigit}},
		{"898821100000053008", identity.KindICCID, []identity.Code{identity.ICCIDCheckDigit}},
		{"8999900000000001012", identity.KindICCID, nil},
		{"8999900000000001012FF", identity.KindUnknown, nil},
		{"89999000000000101FFF", identity.KindICCID, []identity.Code{identity.ICCIDMalformed}},
		{"89049032123451234512345678901235", identity.KindEID, nil},
		{"89086030202200000022000023022943", identity.KindEID, nil},
		{"89049032123451234512345678901236", identity.KindEID, []identity.Code{identity.EIDCheckDigits}},
		{"09506000134352", identity.KindGTIN, nil},
		{"9506000134352", identity.KindGTIN, nil},
		{"9506000134353", identity.KindGTIN, []identity.Code{identity.GTINCheckDigit}},
		{"CL-000142", identity.KindUnknown, nil},
		{"", identity.KindUnknown, nil},
	} {
		kind, codes := identity.Check(c.in)
		if kind != c.kind {
			t.Errorf("%s is taken for %s, want %s", c.in, kind, c.kind)
		}
		if d := cmp.Diff(c.want, codes); d != "" {
			t.Errorf("%s: %s", c.in, d)
		}
	}
}

func TestNumbersPrintMasked(t *testing.T) {
	for _, n := range []interface {
		fmt.Stringer
		Full() string
	}{
		identity.IMEI("490154203237518"), identity.IMEISV("3520990017614823"), identity.ICCID("89882390000262826558"),
		identity.IMSI("001010123456789"), identity.EID("89049032123451234512345678901235"),
	} {
		for _, verb := range []string{"%v", "%s", "%q", "%+v"} {
			if got := fmt.Sprintf(verb, n); strings.Contains(got, n.Full()) || !strings.Contains(got, "•") {
				t.Errorf("%s of %T shows %s", verb, n, got)
			}
		}
	}
}

func TestIMEIParts(t *testing.T) {
	i, err := identity.ParseIMEI("356938035643809")
	if err != nil {
		t.Fatal(err)
	}
	if i.TAC() != "35693803" || i.SNR() != 564380 || i.Grouped() != "35-693803-564380-9" {
		t.Errorf("parts are %s %d %s", i.TAC(), i.SNR(), i.Grouped())
	}
}

func TestEveryDigitErrorIsCaught(t *testing.T) {
	const good = "356938035643809"
	for pos := range good {
		for d := byte('0'); d <= '9'; d++ {
			if good[pos] == d {
				continue
			}
			bad := good[:pos] + string(d) + good[pos+1:]
			if _, err := identity.ParseIMEI(bad); err == nil {
				t.Errorf("%s passes", bad)
			}
		}
	}
}

// FuzzCheck holds the parsers to what they promise whatever they are given.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{"490154203237518", "000000000000000", "3520990017614823", "8944501611212321532F", "89049032123451234512345678901235", "", "é", "\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if i, err := identity.ParseIMEI(s); err == nil && (len(s) != 15 || i.Full() != s || identity.LuhnDigit(s[:14]) != s[14]) {
			t.Errorf("%q was taken for an IMEI", s)
		}
		if i, err := identity.ParseICCID(s); err == nil && !strings.HasPrefix(s, i.Full()) {
			t.Errorf("%q was changed", s)
		}
		if e, err := identity.ParseEID(s); err == nil && e.Full() != s {
			t.Errorf("%q was changed", s)
		}
		identity.Check(s)
	})
}

// BenchmarkCheckIMEI stands beside a plain Luhn loop over the same number.
func BenchmarkCheckIMEI(b *testing.B) {
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			identity.CheckIMEI("356938035643809")
		}
	})
	b.Run("plain Luhn", func(b *testing.B) {
		for b.Loop() {
			identity.LuhnDigit("35693803564380")
		}
	})
}

func TestAGTINOfZerosIsNobodys(t *testing.T) {
	for _, n := range []int{8, 12, 13, 14} {
		var e *identity.ParseError
		if _, err := identity.ParseGTIN(strings.Repeat("0", n)); !errors.As(err, &e) || e.Code != identity.GTINMalformed {
			t.Errorf("%d zeros: %v", n, err)
		}
	}
}

func TestASIMIsTheSameWithItsCheckDigitAndWithout(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"8988239000026282655", "8988239000026282655", true},
		{"8988239000026282655", "89882390000262826558", true},  // 19 digits and their check digit
		{"8988239000026282655", "8988239000026282655F", true},  // as the card pads it
		{"898823900002628265", "8988239000026282658", true},    // 18 digits and theirs
		{"8988239000026282655", "89882390000262826557", false}, // the last is not the check digit
		{"89882390000262826557", "89882390000262826557", true}, // as a card has it all the same
		{"8988239000026282655", "8988239000026282656", false},
		{"8986031AB026282655", "8986031AB026282655", true}, // letters have no check digit
		{"8986031AB0262826551", "8986031AB026282655", false},
		{"8986031AB0262826551F", "8986031AB0262826551", true},
	} {
		a, err := identity.ParseICCID(c.a)
		b, err2 := identity.ParseICCID(c.b)
		if err != nil || err2 != nil {
			t.Fatal(c.a, err, c.b, err2)
		}
		if a.SameSIM(b) != c.same || b.SameSIM(a) != c.same {
			t.Errorf("%s and %s are one SIM: %v and %v", c.a, c.b, a.SameSIM(b), b.SameSIM(a))
		}
	}
	if none := identity.ICCID(""); none.SameSIM("") || none.SameSIM("8988239000026282655") || len(none.Forms()) > 0 {
		t.Error("no number is that of a SIM")
	}
}
