// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"regexp"
	"strings"
	"unicode"

	"bindery/station/identity"
	"bindery/station/table"
)

// Damage says why a number cannot be taken as it stands; "" for a sound one.
type Damage string

// The kinds of damage.
const (
	Exponent  Damage = "exponent"      // a spreadsheet has shortened it
	Zeros     Damage = "zeros"         // the digits after the fifteenth have gone to zero
	Masked    Damage = "masked"        // somebody has hidden digits
	Letters   Damage = "letters"       // holds what is no digit
	Length    Damage = "length"        // digits were lost or added
	Check     Damage = "check-digit"   // its check digit is wrong
	OtherKind Damage = "other-kind"    // another kind of value stands in the column
	Contrary  Damage = "contradiction" // two cells of the row tell two numbers
	Ambiguous Damage = "ambiguous"     // two SIMs of ours may be meant
	Rounded   Damage = "rounded"       // was a number and not a text, and has too many digits for one
	Gone      Damage = "missing"       // the row has no ICCID, and other numbers
	LostZero  Damage = "lost-zero"     // begins as no IMEI does that still has its first zero
)

// number is what a cell holds where a number is due.
type number struct {
	digits  string
	damage  Damage
	absent  bool // empty, or a stand-in
	suspect bool // damaged unless the record has it
}

// wasNumber reports whether a damaged cell may have been a long number, and not a
// sentence with some digits or an x in it.
func (n number) wasNumber() bool {
	digits := len(keepDigits(n.digits))
	switch {
	case n.damage == Exponent, n.damage == Rounded:
		return true
	case n.damage == Masked:
		words := strings.Trim(strings.Map(letters, n.digits), hiding)
		return digits >= 4 && len(words) < 4 || digits == 0 && len(n.digits) >= 8 && strings.Trim(n.digits, hiding) == ""
	case n.damage == Letters:
		return digits >= 10 && (strings.HasPrefix(n.digits, "89") || longDigits.MatchString(n.digits))
	}
	return digits >= 10
}

// letters keeps a letter, and nothing else.
func letters(r rune) rune {
	if !unicode.IsLetter(r) {
		return -1
	}
	return r
}

func keepDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

var longDigits = regexp.MustCompile(`[0-9]{10}`)

// hiding are the signs that stand for hidden digits.
const hiding = "*•●xX#?…"

var naming = regexp.MustCompile(`(?i)^(urn:)?(gsma:)?(iccid|imeisv|imei|imsi|eid|sim)[ :=#]+`)

// clean takes off what stands around a number: blanks, quotation marks, the
// ="…" and ' by which spreadsheets are made to keep a text, its name, and what
// groups its digits. No digit changes. lost says that it was kept as a number with
// fewer digits ([identity.WholeNumber]).
func clean(s string) (cleaned string, lost bool) {
	if plain(s) {
		return s, false
	}
	s = strings.TrimFunc(s, blank)
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) {
		s = s[2 : len(s)-1]
	}
	s = strings.Trim(strings.TrimFunc(s, blank), "'\"`´’‘“”")
	if s != "" && (s[0] < '0' || s[0] > '9') {
		s = naming.ReplaceAllString(s, "")
	}
	if identity.Exponent(s) {
		return s, false
	}
	if digits, lost, ok := identity.WholeNumber(s); ok {
		return digits, lost
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case blank(r), r == '-', r == '.', r == '/', r == ',', r == '\'', r == '’':
			return -1
		}
		return r
	}, s), false
}

// wholeNumber is how many digits a spreadsheet keeps of a number.
const wholeNumber = 15

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// blank reports whether a character cannot be seen.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Zs, unicode.Cc)
}

// ofCell is the number in a cell, as far as every number is alike. err is what
// the table found wrong with it.
func ofCell(c table.Cell, err bool) number {
	s, lost := clean(c.Text)
	switch {
	case lost:
		return number{digits: s, damage: Rounded}
	case s != "" && plain(s) && (s[0] != '0' || strings.Trim(s, "0") != ""):
		return number{digits: s}
	case s == "" && !err, isPlaceholder(c.Text, s):
		return number{absent: true}
	case identity.Exponent(s):
		return number{damage: Exponent}
	case strings.ContainsAny(s, hiding):
		return number{digits: s, damage: Masked}
	case strings.ContainsAny(s, "0123456789"):
		return number{digits: s, damage: Letters}
	}
	return number{digits: s, damage: OtherKind}
}

// iccidOf judges the text of a cell as an ICCID. A number that ends in zeros,
// was no text, is a rounded one, or starts otherwise than with 89 is suspect: the record is asked
// first.
func iccidOf(c table.Cell, err bool) number {
	n := ofCell(c, err)
	if n.damage == Letters {
		if id, bad := identity.ParseICCID(strings.ToUpper(n.digits)); bad == nil {
			return number{digits: id.Full(), suspect: !plain(id.Full())}
		}
	}
	if n.absent || n.damage != "" {
		return n
	}
	switch {
	case err:
		n.damage = Rounded
	case len(n.digits) < 18 || len(n.digits) > 20:
		n.damage = Length
	default:
		n.suspect = c.Kind == table.Number || n.digits[:2] != "89" || identity.Zeroed(n.digits) || identity.Rounded(n.digits)
	}
	return n
}

// bodyDigits are the digits of an IMEI that name the device: its TAC and SNR.
const bodyDigits = 14

// imeiOf judges the text of a cell as an IMEI of 14 to 17 digits; its digits
// are then the first 14. Fifteen that end in 0 are those and the spare digit of
// the air interface (3GPP TS 23.003 §6.2.1).
func imeiOf(c table.Cell, err bool) number {
	n := deviceOf(c, err)
	switch {
	case n.absent, n.damage != "":
		return n
	case strings.Trim(n.digits, "0") == "":
		return number{absent: true}
	case len(n.digits) == 17 && identity.LuhnDigit(n.digits[:14]) == n.digits[14]: // whole, with the version behind
	case len(n.digits) < bodyDigits || len(n.digits) > 16:
		return number{damage: Length}
	case len(n.digits) == 15 && n.digits[14] != '0' && identity.LuhnDigit(n.digits[:14]) != n.digits[14]:
		return number{damage: Check}
	}
	n.digits = n.digits[:bodyDigits]
	// No body that hands out TACs begins with 1, but for 10 (GSMA TS.06); and no
	// serial number and half a TAC of zeros is what six digits and E+14 leave.
	n.suspect = n.digits[0] == '1' && n.digits[1] != '0' || strings.HasSuffix(n.digits, "0000000")
	return n
}

// deviceOf is the number in a cell as far as it may be one of a device: without filler,
// and with sixteen digits also where it was kept as a number, which loses the version
// and keeps the device.
func deviceOf(c table.Cell, err bool) number {
	n := ofCell(c, err && c.Kind != table.Number)
	switch filled := identity.Unfilled(n.digits); {
	case n.damage == Rounded && len(n.digits) == 16:
		n.damage = ""
	case n.damage == Letters && filled != n.digits && plain(filled):
		n = number{digits: filled}
	}
	return n
}

// forms are the numbers that the record may have for an ICCID of a file.
func forms(iccid string) (all []string) {
	for _, f := range identity.ICCID(iccid).Forms() {
		all = append(all, f.Full())
	}
	return all
}

// checked reports whether a number ends in its check digit.
func checked(iccid string) bool {
	last := len(iccid) - 1
	return plain(iccid) && identity.LuhnDigit(iccid[:last]) == iccid[last]
}
