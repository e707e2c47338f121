// SPDX-License-Identifier: Apache-2.0

package query

import (
	"slices"
	"strings"

	"bindery/station/identity"
)

// numbers are what a number without separators may be, the likeliest first.
func numbers(n string) []Interpretation {
	var list []Interpretation
	if decimal(n) {
		switch kind := identity.KindOf(n); {
		case kind == identity.KindIMSI:
			list = append(imsi(n), spareOnly(n)...)
		case kind == identity.KindGTIN:
			list = append(gtin(n), imei(n)...)
			list = append(list, imsi(n)...)
		default:
			list = append(imei(n), imsi(n)...)
		}
	}
	list = append(list, filled(n)...)
	list = append(list, iccid(n)...)
	return append(list, eid(n)...)
}

// asKind are what a number may be that stands behind the name of its kind.
func asKind(kind TextKind, n string) []Interpretation {
	switch kind {
	case IMEI:
		if decimal(n) {
			return imei(n)
		}
		return filled(n)
	case IMSI:
		if _, err := identity.ParseIMSI(n); err == nil {
			return []Interpretation{{Kind: IMSI, Value: n, Reasons: []Reason{NamedIMSI}, Any: exact(IMSIField, n)}}
		}
	case ICCID:
		return iccid(n)
	case EID:
		return eid(n)
	case Serial, IMEISV, UDI, Product, Lot, Order, Label, Leaf, Attempt, Alias, Part, List, Refused: // no number, or with a form of its own
	}
	return nil
}

// imei reads 14 to 17 digits. The body is looked up with the check digit that
// follows from it: no other number has this body.
func imei(n string) []Interpretation {
	switch len(n) {
	case 14:
		return []Interpretation{imeiOf(IMEI, n, IMEI14)}
	case 15:
		return []Interpretation{imei15(n, IMEI15)}
	case 16:
		list := []Interpretation{imeiOf(IMEISV, n, IMEISV16)}
		if _, err := identity.ParseIMEI(n[1:]); err == nil && n[0] == '0' {
			list = append(list, imeiOf(IMEI, n[1:], IMEIBehindZero))
		}
		return list
	case 17:
		list := []Interpretation{imei15(n[:15], IMEI17)}
		if n[0] == '0' {
			list = append([]Interpretation{imeiOf(IMEISV, n[1:], IMEISVBehindZero)}, list...)
		}
		return list
	}
	return nil
}

func imeiOf(kind TextKind, n string, why Reason) Interpretation {
	whole := n[:14] + string(identity.LuhnDigit(n[:14]))
	return Interpretation{Kind: kind, Value: whole, Reasons: []Reason{why}, Any: exact(IMEIField, whole)}
}

// imei15 reads fifteen digits: sound, with the spare 0 in place of the check
// digit, or wrong. One that is wrong is looked for as it is, for a device may
// have given it and been refused.
func imei15(n string, why Reason) Interpretation {
	switch _, err := identity.ParseIMEI(n); {
	case err == nil && slices.Contains(identity.CheckIMEI(n), identity.IMEIKnownDefault):
		return refused(IMEI, n, identity.IMEIKnownDefault, exact(IMEIField, n))
	case err == nil:
		return imeiOf(IMEI, n, why)
	case n[14] == '0':
		r := imeiOf(IMEI, n, IMEISpare)
		r.Any = append(r.Any, exact(IMEIField, n)...)
		return r
	}
	return refused(IMEI, n, identity.IMEICheckDigit, exact(IMEIField, n))
}

// spareOnly reads fifteen digits that begin as an IMSI does and may still be the
// body of an IMEI with its spare 0.
func spareOnly(n string) []Interpretation {
	if len(n) != 15 || n[14] != '0' {
		return nil
	}
	return []Interpretation{imei15(n, IMEI15)}
}

// filled reads the digits of an IMEI as a network writes them: filled with F to
// whole bytes, and then perhaps with the nibbles of each byte swapped.
func filled(n string) []Interpretation {
	if len(n) != 16 {
		return nil
	}
	if n[15] == 'F' && decimal(n[:15]) {
		return []Interpretation{imei15(n[:15], IMEIFilled)}
	}
	if s, _ := identity.SwapNibbles(n); s[15] == 'F' && decimal(s[:15]) {
		return []Interpretation{imei15(s[:15], IMEISwapped)}
	}
	return nil
}

func imsi(n string) []Interpretation {
	if _, err := identity.ParseIMSI(n); err != nil || len(n) < 14 {
		return nil
	}
	return []Interpretation{{Kind: IMSI, Value: n, Reasons: []Reason{MaybeIMSI}, Any: exact(IMSIField, n)}}
}

func gtin(n string) []Interpretation {
	g, err := identity.ParseGTIN(n)
	if err != nil {
		return nil
	}
	return []Interpretation{{Kind: Product, Value: string(g), Reasons: []Reason{IsGTIN}, Any: exact(GTINField, string(g))}}
}

func eid(n string) []Interpretation {
	if len(n) != 32 || !decimal(n) {
		return nil
	}
	switch _, err := identity.ParseEID(n); {
	case err == nil:
		return []Interpretation{{Kind: EID, Value: n, Reasons: []Reason{EID32}, Any: exact(EIDField, n)}}
	case identity.Zeroed(n):
		return []Interpretation{refused(EID, n, Zeroed, exact(EIDField, n))}
	}
	return []Interpretation{refused(EID, n, identity.EIDCheckDigits, exact(EIDField, n))}
}

// iccid reads 18 to 20 characters, as they are printed or, when they begin with
// 98, as the card has them.
func iccid(n string) []Interpretation {
	n, why := iccidAsPrinted(n)
	id, err := identity.ParseICCID(n)
	if err != nil {
		return nil
	}
	s := id.Full()
	sound := id.CheckDigit()
	switch {
	case identity.Zeroed(s):
		return []Interpretation{refused(ICCID, s, Zeroed, exact(ICCIDField, s))}
	case decimal(s) && !sound && len(s) == 20:
		return []Interpretation{refused(ICCID, s, identity.ICCIDCheckDigit, exact(ICCIDField, s))}
	}
	var terms []Term
	for _, form := range id.Forms() {
		terms = append(terms, exact(ICCIDField, form.Full())...)
	}
	r := Interpretation{Kind: ICCID, Value: s, Reasons: []Reason{why}, Any: terms}
	if decimal(s) && !sound {
		r = refused(ICCID, s, identity.ICCIDCheckDigit, terms)
	}
	return []Interpretation{r}
}

// iccidAsPrinted turns what may be an ICCID into its printed form, and says why
// it may be one.
func iccidAsPrinted(n string) (printed string, why Reason) {
	if whole := strings.TrimRight(n, "F"); len(n) > 20 && len(n) <= 22 && len(whole) == 20 {
		n = whole // some firmware fills a number that needs no filler
	}
	if len(n) == 20 && strings.HasPrefix(n, "98") {
		n, _ = identity.SwapNibbles(n)
		return n, ICCIDSwapped
	}
	return n, ICCIDPrinted
}
