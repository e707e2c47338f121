// SPDX-License-Identifier: Apache-2.0

package identity

import "strings"

// GTIN is a Global Trade Item Number in its 14-digit form, as AI (01) carries
// it (GS1 General Specifications §3.2). It names a product, not a person, and
// is not masked.
type GTIN string

// ParseGTIN takes 8, 12, 13 or 14 digits with a right check digit (weights 3
// and 1 from the right) and returns the 14-digit form: leading zeros are part
// of that form's definition, not a repair. All zeros, whose check digit is
// right, are no GTIN: no prefix of that kind is given out.
func ParseGTIN(s string) (GTIN, error) {
	switch len(s) {
	case 8, 12, 13, 14:
	default:
		return "", &ParseError{GTINMalformed}
	}
	if !decimal(s) || strings.Trim(s, "0") == "" {
		return "", &ParseError{GTINMalformed}
	}
	s = strings.Repeat("0", 14-len(s)) + s
	sum := 0
	for i := 0; i < 14; i++ {
		d := int(s[i] - '0')
		if i%2 == 0 {
			d *= 3
		}
		sum += d
	}
	if sum%10 != 0 {
		return "", &ParseError{GTINCheckDigit}
	}
	return GTIN(s), nil
}
