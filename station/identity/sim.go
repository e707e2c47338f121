// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"log/slog"
	"slices"
)

// ICCID is the number of a SIM card or profile: 18 to 20 characters that start
// with 89. ITU-T E.118 lets an issuer choose the length, up to 19 digits; some
// have 20, and some use hexadecimal letters from the seventh character on. Its
// String is masked.
type ICCID string

// ParseICCID takes 18 to 20 characters, and drops their filler ([Unfilled]).
func ParseICCID(s string) (ICCID, error) {
	s = Unfilled(s)
	if len(s) < 18 || len(s) > 20 || s[:2] != "89" || !decimal(s[:6]) || s[len(s)-1] == 'F' {
		return "", &ParseError{ICCIDMalformed}
	}
	for _, c := range s[6:] {
		if (c < '0' || c > '9') && (c < 'A' || c > 'F') {
			return "", &ParseError{ICCIDMalformed}
		}
	}
	return ICCID(s), nil
}

// CheckDigit reports whether the last digit is the Luhn digit of the rest. A
// wrong one is a warning only: real cards fail it, and numbers with letters
// have none.
func (i ICCID) CheckDigit() bool { return decimal(string(i)) && luhn(string(i)) }

// LostDigits reports whether a program that took the number for a floating-point one
// has lost its last digits: see [Zeroed] and [Rounded]. One whose check digit is
// right may be sound, and is left as it is.
func (i ICCID) LostDigits() bool {
	return (Zeroed(string(i)) || Rounded(string(i))) && !i.CheckDigit()
}

// Forms are the numbers that name the SIM of i, itself first: lists and modules
// write it with its check digit or without, as ITU-T E.118 and the card leave open.
// A last digit that is not the check digit belongs to the number, as do letters.
func (i ICCID) Forms() []ICCID {
	if i == "" {
		return nil
	}
	const shortest, longest = 18, 20
	list := []ICCID{i}
	if !decimal(string(i)) {
		return list
	}
	if len(i) < longest {
		list = append(list, i+ICCID(LuhnDigit(string(i))))
	}
	if len(i) > shortest && i.CheckDigit() {
		list = append(list, i[:len(i)-1])
	}
	return list
}

// SameSIM reports whether i and other are two forms of the number of one SIM. No
// number is that of none.
func (i ICCID) SameSIM(other ICCID) bool { return slices.Contains(i.Forms(), other) }

// Full is the whole number.
func (i ICCID) Full() string { return string(i) }

// String is the number with all but its first six and last four hidden.
func (i ICCID) String() string { return Mask(string(i), 6, 4) }

// LogValue keeps the number masked in structured logs.
func (i ICCID) LogValue() slog.Value { return slog.StringValue(i.String()) }

// IMSI is the subscriber's number: MCC (3), MNC (2 or 3) and MSIN, at most 15
// digits, without a check digit (3GPP TS 23.003 §2.2). Its String is masked.
type IMSI string

// ParseIMSI takes 6 to 15 digits.
func ParseIMSI(s string) (IMSI, error) {
	if len(s) < 6 || len(s) > 15 || !decimal(s) {
		return "", &ParseError{IMSIMalformed}
	}
	return IMSI(s), nil
}

// Full is the whole number.
func (i IMSI) Full() string { return string(i) }

// String is the number with all but its first five and last two hidden.
func (i IMSI) String() string { return Mask(string(i), 5, 2) }

// LogValue keeps the number masked in structured logs.
func (i IMSI) LogValue() slog.Value { return slog.StringValue(i.String()) }

// EID is the number of an eUICC: 32 decimal digits (GSMA SGP.02, SGP.29). Its
// String is masked.
type EID string

// ParseEID takes 32 digits that leave 1 when divided by 97 (SGP.02 §2.2.2.2).
func ParseEID(s string) (EID, error) {
	if len(s) != 32 || !decimal(s) {
		return "", &ParseError{EIDMalformed}
	}
	rest := 0
	for i := 0; i < len(s); i++ {
		rest = (rest*10 + int(s[i]-'0')) % 97
	}
	if rest != 1 {
		return "", &ParseError{EIDCheckDigits}
	}
	return EID(s), nil
}

// Full is the whole number.
func (e EID) Full() string { return string(e) }

// String is the number with all but its first eight and last four hidden.
func (e EID) String() string { return Mask(string(e), 8, 4) }

// LogValue keeps the number masked in structured logs.
func (e EID) LogValue() slog.Value { return slog.StringValue(e.String()) }
