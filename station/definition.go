// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bindery/station/identity"
)

// FieldError says what is wrong with one field of a definition that comes in:
// of a product, allocation, order or person.
type FieldError struct {
	Field   string // as imported files call it, such as "gtin"
	Message string // one plain sentence without identities
}

// Limits of a definition. Counts are exact in JSON, and so in leaves, whatever
// reads them.
const (
	longestNote = 1000 // characters of a note or of a serial pattern
	mostUnits   = 1_000_000_000
)

// errs gathers what is wrong with a definition.
type errs []FieldError

func (e *errs) add(field, format string, args ...any) {
	*e = append(*e, FieldError{field, fmt.Sprintf(format, args...)})
}

// text checks a text that people read.
func (e *errs) text(field, s string, most int) {
	switch n := utf8.RuneCountInString(s); {
	case Unprintable(s) != "":
		e.add(field, "The %s %s.", field, Unprintable(s))
	case n > most:
		e.add(field, "The %s has %d characters; at most %d are taken.", field, n, most)
	case strings.TrimSpace(s) != s:
		e.add(field, "The %s begins or ends with a blank.", field)
	}
}

// key checks a text by which something is found again: two that look the same
// must be the same.
func (e *errs) key(field, s string) {
	before := len(*e)
	e.text(field, s, LongestText)
	switch {
	case len(*e) > before:
	case !norm.NFC.IsNormalString(s):
		e.add(field, "The %s holds a letter that is put together from two characters; write it as one (Unicode NFC).", field)
	case mixesAlphabets(s):
		e.add(field, "The %s mixes letters of two alphabets in one word, and some of them look alike; write it in one.", field)
	case onlyLookAlikes(s):
		e.add(field, "The %s has Greek or Cyrillic letters, and each looks like a Latin one; write it in Latin letters.", field)
	}
}

// printed is key for what stands on screens and in reports as it is, where an
// identity would not be masked.
func (e *errs) printed(field, s string) {
	before := len(*e)
	e.key(field, s)
	s = identity.ASCIIDigits(s)
	if n := len(s) - 1; len(*e) == before && identity.KindOf(s) == identity.KindIMEI && len(s) == 15 && s[n] == identity.LuhnDigit(s[:n]) {
		e.add(field, "The %s reads like an IMEI, and would stand unmasked wherever it is shown; give another.", field)
	}
}

// day checks a date that may be left out.
func (e *errs) day(field, s string) {
	if _, err := ParseDay(s); s != "" && err != nil {
		e.add(field, "The %s is a day like 2027-03-31, not %q.", field, Shown(s))
	}
}

// count checks a number of units.
func (e *errs) count(field string, n int) {
	if n > mostUnits {
		e.add(field, "The number in %s is above %d.", field, mostUnits)
	}
}

// CheckProduct lists what is wrong with a product definition by itself, with
// provision that may be left out filled in.
func CheckProduct(p Product) []FieldError {
	var e errs
	ref := Shown(p.REF)
	if p.REF == "" {
		e.add("ref", "The product has no REF.")
	}
	e.productTexts(p)
	_, err := identity.ParseGTIN(string(p.GTIN)) // the UDI of a unit begins with it
	switch {
	case p.GTIN != "" && strings.Trim(string(p.GTIN), "0") == "":
		e.add("gtin", "The GTIN of product %s is all zeros, which is nobody's (%v).", ref, err)
	case err != nil:
		e.add("gtin", "The GTIN of product %s is not right: %v.", ref, err)
	}
	if _, err := regexp.Compile(p.SerialPattern); err != nil || p.SerialPattern == "" {
		e.add("serial", "The serial pattern of product %s is not a regular expression.", ref)
	} else if takesIMEI(p) {
		e.add("serial", "The serial pattern of product %s takes an IMEI of 15 digits: one that is scanned in the wrong field would be a serial. Have serials begin with a letter, or be shorter.", ref)
	}
	if !slices.Contains([]SIMRule{SIMRequired, SIMOptional, SIMNone}, p.SIM) {
		e.add("sim", "The SIM rule of product %s is not required, optional or none.", ref)
	}
	if p.IMEIs != 1 && p.IMEIs != 2 {
		e.add("imeis", "Product %s has 1 or 2 IMEIs, not %d.", ref, p.IMEIs)
	}
	if p.ScanBack != "" && !p.ScanBack.Known() {
		e.add("scan_back", "The scan-back of product %s is not scanner, typed or drawing.", ref)
	}
	if p.WarnFree < 0 {
		e.add("warn_free", "The warning of product %s is below 0.", ref)
	}
	e.count("warn_free", p.WarnFree)
	return e
}

// takesIMEI reports whether a serial of p may be an IMEI, as far as 15 zeros and
// the shortest serial of its pattern tell.
func takesIMEI(p Product) bool {
	zeros, example := strings.Repeat("0", 15), exampleSerial(p, "")
	return p.SerialOK(zeros) || len(example) == len(zeros) && strings.Trim(example, "0123456789") == ""
}

func (e *errs) productTexts(p Product) {
	e.key("ref", p.REF)
	e.text("name", p.Name, LongestText)
	e.text("maker", p.Maker, LongestText)
	e.text("serial", p.SerialPattern, longestNote)
	for _, s := range p.Modules {
		e.text("modules", s, LongestText)
	}
	for _, s := range p.Firmware {
		e.text("firmware", s, LongestText)
	}
	e.key("dialect", p.Dialect)
	e.text("market", p.Market, LongestText)
	e.key("layout", p.Layout)
}

// CheckAllocation lists what is wrong with a range of numbers by itself.
func CheckAllocation(a Allocation) []FieldError {
	var e errs
	tac, err := identity.ParseTAC(string(a.TAC))
	switch {
	case err != nil:
		e.add("tac", "A TAC has eight digits.")
	case tac.Test():
		e.add("tac", "TAC %s is kept for test equipment.", tac)
	}
	const last = 999999
	switch {
	case a.From < 0 || a.From > last:
		e.add("from", "SNRs run from 0 to %d; not from %d.", last, a.From)
	case a.To > last || a.From > a.To:
		e.add("to", "SNRs run from 0 to %d, the first before the last; not %d to %d.", last, a.From, a.To)
	}
	e.key("product", a.Product)
	e.text("owner", a.Owner, LongestText)
	e.text("cert", a.Cert, LongestText)
	e.day("cert_date", a.CertDate)
	e.text("note", a.Note, longestNote)
	e.key("station", a.Station)
	return e
}

// CheckOrder lists what is wrong with a work order by itself.
func CheckOrder(o Order) []FieldError {
	var e errs
	id := Shown(o.ID)
	if o.ID == "" {
		e.add("id", "The order has no number.")
	}
	e.printed("id", o.ID)
	e.key("ref", o.REF)
	e.printed("lot", o.Lot)
	if o.Planned < 1 {
		e.add("planned", "Order %s plans %s; it must be at least 1.", id, Counted(o.Planned, "unit", "units"))
	}
	e.count("planned", o.Planned)
	return e
}

// CheckPerson lists what is wrong with a person by themselves.
func CheckPerson(p Person) []FieldError {
	var e errs
	for _, f := range []FieldError{{"id", p.ID}, {"name", p.Name}, {"badge", p.Badge}} {
		if f.Message == "" {
			e.add(f.Field, "A person has an ID, a name and a badge.")
		}
	}
	e.key("id", p.ID)
	if strings.HasPrefix(Fold(p.ID), AccountPrefix) {
		e.add("id", "An ID that begins with %s is that of an account of the computer, not of a person.", AccountPrefix)
	}
	e.text("name", p.Name, LongestText)
	e.key("badge", p.Badge)
	if !p.Role.Known() {
		e.add("role", "%q is not a role: operator, lead, quality, auditor or admin.", Shown(string(p.Role)))
	}
	e.day("trained_until", p.TrainedUntil)
	return e
}
