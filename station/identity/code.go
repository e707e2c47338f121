// SPDX-License-Identifier: Apache-2.0

package identity

// Code names one finding or fault. Codes are stable: they stand in the record,
// on the screen and in JSON, and are never reused for another cause.
type Code string

// What can be wrong with a number taken by itself. docs/findings.md gives
// cause and cure of each.
const (
	IMEIMissing      Code = "imei-missing"
	IMEIMalformed    Code = "imei-malformed"
	IMEI14Digits     Code = "imei-14-digits"
	IMEIIsIMEISV     Code = "imei-is-imeisv"
	IMEICheckDigit   Code = "imei-check-digit"
	IMEISpareDigit   Code = "imei-spare-digit"
	IMEIRepeated     Code = "imei-repeated-digit"
	IMEIKnownDefault Code = "imei-known-default"
	IMEITestRange    Code = "imei-test-range"
	ICCIDMissing     Code = "iccid-missing"
	ICCIDMalformed   Code = "iccid-malformed"
	ICCIDCheckDigit  Code = "iccid-check-digit"
	IMSIMalformed    Code = "imsi-malformed"
	EIDMalformed     Code = "eid-malformed"
	EIDCheckDigits   Code = "eid-check-digits"
	GTINMalformed    Code = "gtin-malformed"
	GTINCheckDigit   Code = "gtin-check-digit"
)

// ParseError says that a text is not the number it was taken for. It holds the code
// and no digit of the text, so it may leave the bench.
type ParseError struct{ Code Code }

func (e *ParseError) Error() string { return string(e.Code) }
