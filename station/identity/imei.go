// SPDX-License-Identifier: Apache-2.0

package identity

import (
	"log/slog"
	"slices"
	"strconv"
	"strings"
)

// IMEI is the 15-digit International Mobile Equipment Identity: TAC (8), SNR
// (6) and check digit (3GPP TS 23.003 §6.2.1). The empty IMEI means "not read".
// Its String is masked.
type IMEI string

// ParseIMEI takes exactly 15 digits that end in their check digit. It does not
// ask whether the number makes sense on a line: [CheckIMEI] does.
func ParseIMEI(s string) (IMEI, error) {
	if len(s) != 15 || !decimal(s) {
		return "", &ParseError{shapeOfIMEI(s)}
	}
	if !luhn(s) {
		return "", &ParseError{checkDigitCode(s)}
	}
	return IMEI(s), nil
}

// TAC is the first eight digits: the Type Allocation Code.
func (i IMEI) TAC() TAC { return TAC(i[:8]) }

// SNR is the serial number within the TAC, 0 to 999999. It is not the serial
// number of the product.
func (i IMEI) SNR() int {
	n, _ := strconv.Atoi(string(i[8:14]))
	return n
}

// Full is the whole number, for the record and the label.
func (i IMEI) Full() string { return string(i) }

// String is the number with all but its TAC and last two digits hidden.
func (i IMEI) String() string { return Mask(string(i), 8, 2) }

// LogValue keeps the number masked in structured logs.
func (i IMEI) LogValue() slog.Value { return slog.StringValue(i.String()) }

// Last4 is the number as operators may see it: all but the last four hidden.
func (i IMEI) Last4() string { return Last4(string(i)) }

// Grouped is the number as people read it aloud: 35-693803-123456-7.
func (i IMEI) Grouped() string {
	if len(i) != 15 {
		return string(i)
	}
	return string(i[:2] + "-" + i[2:8] + "-" + i[8:14] + "-" + i[14:])
}

// TAC is a Type Allocation Code, eight digits, of which the first two name the
// body that gave it (GSMA TS.06). It is not personal and not masked.
type TAC string

// ParseTAC takes exactly eight digits.
func ParseTAC(s string) (TAC, error) {
	if len(s) != 8 || !decimal(s) {
		return "", &ParseError{IMEIMalformed}
	}
	return TAC(s), nil
}

// Test reports whether the TAC is in the ranges kept for test equipment:
// reporting body 00 and 02 to 09 (GSMA TS.06).
func (t TAC) Test() bool { return t != "" && t[0] == '0' && t[1] != '1' }

// IMEISV is an IMEI's first 14 digits and a two-digit software version number
// in place of the check digit (3GPP TS 23.003 §6.2.2).
type IMEISV string

// ParseIMEISV takes exactly 16 digits.
func ParseIMEISV(s string) (IMEISV, error) {
	if len(s) != 16 || !decimal(s) {
		return "", &ParseError{IMEIMalformed}
	}
	return IMEISV(s), nil
}

// Full is the whole number.
func (v IMEISV) Full() string { return string(v) }

// String is the number with all but its TAC and last two digits hidden.
func (v IMEISV) String() string { return Mask(string(v), 8, 2) }

// LogValue keeps the number masked in structured logs.
func (v IMEISV) LogValue() slog.Value { return slog.StringValue(v.String()) }

// knownDefaults are well-formed numbers that unprogrammed modules, emulators
// and sample code answer with. Source: public deny-lists and issue threads,
// gathered in docs/findings.md.
var knownDefaults = []string{
	"000000000000000", "004999010640000", "111111111111119", "012345678901237",
	"012345678912345", "123456789012345", "123456789012347", "135790246811220",
	"352005048247251", "355195000000017", "358673013795895", "862280010599525",
}

// CheckIMEI says all that is wrong with s as the IMEI of a product, the most
// telling code first; an empty list means that it is sound by itself. Passing
// the check digit is not enough: fifteen zeros do.
func CheckIMEI(s string) []Code {
	if s == "" {
		return []Code{IMEIMissing}
	}
	if len(s) != 15 || !decimal(s) {
		return []Code{shapeOfIMEI(s)}
	}
	var found []Code
	if strings.Count(s, s[:1]) == 15 {
		found = append(found, IMEIRepeated)
	}
	if slices.Contains(knownDefaults, s) {
		found = append(found, IMEIKnownDefault)
	}
	if TAC(s[:8]).Test() {
		found = append(found, IMEITestRange)
	}
	if !luhn(s) {
		found = append(found, checkDigitCode(s))
	}
	return found
}

// shapeOfIMEI names what a text is that is not 15 digits.
func shapeOfIMEI(s string) Code {
	switch {
	case s == "":
		return IMEIMissing
	case !decimal(s):
		return IMEIMalformed
	case len(s) == 14:
		return IMEI14Digits
	case len(s) == 16:
		return IMEIIsIMEISV
	}
	return IMEIMalformed
}

// checkDigitCode tells a wrong check digit from the spare digit: on the air
// the fifteenth position is sent as 0 (3GPP TS 23.003 §6.2.1), and some
// modules report that form.
func checkDigitCode(s string) Code {
	if s[14] == '0' {
		return IMEISpareDigit
	}
	return IMEICheckDigit
}
