// SPDX-License-Identifier: Apache-2.0

package identity_test

import (
	"testing"

	"bindery/station/identity"
)

func TestWhatASpreadsheetLeavesOfANumberIsKnown(t *testing.T) {
	for _, s := range []string{"8.98E+19", "9,80000E+14", "8E+19", "9.8e14", "-1.2E+3", "8.98x10^19", "9*10^14"} {
		if !identity.Exponent(s) {
			t.Errorf("%s is no exponent", s)
		}
	}
	for _, s := range []string{"26E0012", "8.98", "E+19", "8.98E+", "", "CL-1.5E+3", "898E", "8986*1012"} {
		if identity.Exponent(s) {
			t.Errorf("%s is an exponent", s)
		}
	}
	for s, want := range map[string]bool{
		"89999113001017100000": true, "8999911300101710000": true, "899991130010171000": true,
		"89999113001017130138": false, "98000042022151100": false, "89999159221777200000000000000000": true, "8999911300101710000F": false,
	} {
		if identity.Zeroed(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

func TestSwappedNibblesAreSwappedBack(t *testing.T) {
	if s, ok := identity.SwapNibbles("989929021020285929F9"); !ok || s != "8999922001028295929F" {
		t.Error(s, ok)
	}
	if _, ok := identity.SwapNibbles("123"); ok {
		t.Error("an odd count was swapped")
	}
}

func TestAnAliasIsTheSameForTheSameNumberOnly(t *testing.T) {
	a := identity.NewAlias([]byte("key"), identity.KindIMEI, "980000420001012")
	if a != identity.NewAlias([]byte("key"), identity.KindIMEI, "980000420001012") {
		t.Error("the alias changes")
	}
	for _, b := range []identity.Alias{
		identity.NewAlias([]byte("other"), identity.KindIMEI, "980000420001012"),
		identity.NewAlias([]byte("key"), identity.KindIMSI, "980000420001012"),
		identity.NewAlias([]byte("key"), identity.KindIMEI, "980000420001020"),
	} {
		if a == b {
			t.Error("two numbers have one alias")
		}
	}
	if back, ok := identity.ParseAlias(" " + string(a)); !ok || back != a {
		t.Error(back, ok)
	}
	if back, ok := identity.ParseAlias("AL-0123456789ABCDEF"); !ok || back != "al-0123-4567-89ab-cdef" {
		t.Error(back, ok)
	}
	for _, s := range []string{"", "al-", "al-0123-4567-89ab-cde", "al-0123-4567-89ab-cdeu", "0123456789abcdef"} {
		if _, ok := identity.ParseAlias(s); ok {
			t.Errorf("%s is taken for an alias", s)
		}
	}
}

func TestWhatAFloatingPointNumberLeavesOfALongOneIsKnown(t *testing.T) {
	for s, want := range map[string]bool{
		"89999113001023864832":  true,  // written out
		"89999113001023860000":  true,  // its shortest digits
		"8999911300102385664":   false, // too short to tell
		"8999911300102386000":   false,
		"89999113001023861288":  false,
		"8999911300102386128":   false,
		"8999933B000101847636":  false,
		"":                      false,
		"89999113001023864832.": false,
	} {
		if got := identity.Rounded(s); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}

func TestANumberIsWholeWithZerosBehindThePointAndLostItsDigitsPastTheFifteenth(t *testing.T) {
	for s, want := range map[string]struct {
		digits   string
		lost, ok bool
	}{
		"353918051000004.0":      {"353918051000004", false, true},
		"353918051000004,00":     {"353918051000004", false, true},
		"353,918,051,000,004.00": {"353918051000004", false, true},
		"353.918.051.000.004,00": {"353918051000004", false, true},
		"353 918 051 000 004,0":  {"353918051000004", false, true},
		"3539180510000041.0":     {"3539180510000041", true, true},
		"8944501000000012347.0":  {"8944501000000012347", true, true},
		"353918051000004":        {}, "353918051000004.5": {}, "353918051000004.01": {}, "353918051000004.": {}, ".0": {}, "35.391805.100000.4": {},
		"353,918,051,000,004,00": {}, "35,39.0": {}, "12a.0": {}, "3.5E+14": {}, "": {},
	} {
		if digits, lost, ok := identity.WholeNumber(s); digits != want.digits || lost != want.lost || ok != want.ok {
			t.Errorf("%q: %q, lost %v, %v", s, digits, lost, ok)
		}
	}
}

func TestAFillerIsNoDigit(t *testing.T) {
	for s, want := range map[string]string{
		"8944501000000012347F": "8944501000000012347", "894450100000001234ff": "894450100000001234", "89445010000000123470F": "89445010000000123470",
		"89445010000000123470FF": "89445010000000123470", "8944501000000012347FFF": "8944501000000012347", "353918051000004F": "353918051000004",
		"353918051000004f": "353918051000004", "89445010000000123470FFF": "89445010000000123470FFF", "35391805100000F": "35391805100000F",
		"3539180510000041F": "3539180510000041F", "353918051000004FF": "353918051000004FF", "89445010000000F2347": "89445010000000F2347", "F": "F", "": "",
	} {
		if got := identity.Unfilled(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
