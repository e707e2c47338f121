// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"strings"
	"unicode/utf8"

	"bindery/station/identity"
)

// Identifying are those of the codes of a label that tell whose label it is:
// they carry the serial. One that only repeats an identity does not: the maker's
// sticker on the module has the same code.
func Identifying(codes []LabelCode, v LabelValues) []LabelCode {
	return identifying(codes, v.Serial, []string{v.IMEI.Full(), v.IMEI2.Full(), v.ICCID.Full(), v.EID.Full()})
}

func identifying(codes []LabelCode, serial string, identities []string) []LabelCode {
	return slices.DeleteFunc(slices.Clone(codes), func(c LabelCode) bool {
		for _, e := range elementsOf(c) {
			if e.value == serial {
				return false
			}
		}
		rest := []string{c.Payload, c.HRI}
		for i := range rest {
			for _, id := range identities {
				if id != "" {
					rest[i] = strings.ReplaceAll(rest[i], id, "")
				}
			}
		}
		return serial == "" || !strings.Contains(rest[0], serial) && !strings.Contains(rest[1], serial)
	})
}

// Expected is what a scan of a label is held against.
type Expected struct {
	Codes    []LabelCode
	Own      []string          // what else may be scanned of this unit: its serial, its numbers
	Numbers  []string          // identities of this unit, which may be codes elsewhere on it
	Serial   string            // of this unit
	IsSerial func(string) bool // whether a text is a serial of the product; nil where nobody knows
}

// expected is what the label l of a unit of p is held against.
func (u Unit) expected(p Product, l Label) Expected {
	e := Expected{Codes: l.Codes(), Serial: u.Serial, IsSerial: p.SerialOK, Own: []string{u.Serial, u.Lot, u.Order, u.REF, string(p.GTIN)}}
	if b := u.Binding; b != nil {
		e.Numbers = []string{b.IMEI.Full(), b.IMEI2.Full(), b.ICCID.Full(), b.EID.Full()}
		e.Own = append(e.Own, e.Numbers...)
	}
	return e
}

// IsOtherLabel reports whether a scan that was not taken is of another label, or of that
// of another unit: then it says something about the unit, and else about the bench.
func IsOtherLabel(c Code) bool { return c == LabelMismatch || c == LabelOtherUnit }

// CheckScan says what a scanned text is. Code is [LabelSound] when it is
// certainly the whole payload of one of the codes, whatever the scanner puts
// around it, and that code tells whose label it is, where any of the label does
// (see [Identifying]); every other code says why it is not taken, or what keeps it from
// being certain. Value tells what came, masked where it is an identity. What a
// scanner does to letters is explained and never taken: a label of another unit
// is sound under no setting of a scanner.
func CheckScan(e Expected, text string) Finding {
	proving := identifying(e.Codes, e.Serial, e.Numbers)
	if len(proving) == 0 {
		proving = e.Codes
	}
	if notes, equal := equalScan(proving, e.IsSerial, text); equal {
		if len(notes) == 0 {
			notes = []string{"as printed"}
		}
		return NewFinding(LabelSound, strings.Join(notes, ", "))
	}
	bare, _ := trimFrame(text)
	came := shownScan(bare)
	if _, equal := equalScan(e.Codes, e.IsSerial, text); equal {
		return NewFinding(LabelCodeShared, came)
	}
	forms, parted := sentForms(e.Codes), partedForms(e.Codes)
	switch {
	case ownOther(e, aimIdentifier.ReplaceAllString(bare, "")):
		return NewFinding(LabelOtherCode, came)
	case among(forms, func(f string) bool { return strings.EqualFold(f, bare) && f != bare }), among(parted, inCase(bare)):
		return NewFinding(ScannerCase, came)
	case otherSerial(e, bare) != "":
		return NewFinding(LabelOtherUnit, Shown(otherSerial(e, bare)))
	case among(forms, func(f string) bool { return f == bare }), among(parted, exactly(bare)): // else it had been equal
		return NewFinding(ScannerSeparator, came)
	}
	if l := layoutOf(forms, parted, bare); l != "" {
		return NewFinding(ScannerLayout, l)
	}
	if among(forms, func(f string) bool { return partOf(f, bare) }) {
		return NewFinding(ScannerPart, came)
	}
	return NewFinding(LabelMismatch, came)
}

// sentForms are the texts that a scanner may send for the codes.
func sentForms(codes []LabelCode) []string {
	var forms []string
	for _, c := range codes {
		whole := []string{c.Payload}
		if strings.Contains(c.Payload, gs) {
			whole = append(whole, strings.ReplaceAll(c.Payload, gs, ""))
		}
		for _, w := range whole {
			forms = append(forms, w)
			for id, kind := range symbologies {
				if kind == c.Kind {
					forms = append(forms, id+w)
				}
			}
		}
	}
	return forms
}

func among[F any](forms []F, is func(F) bool) bool {
	for _, f := range forms {
		if is(f) {
			return true
		}
	}
	return false
}

// ownOther reports a number of this very unit that is no code of its label.
func ownOther(e Expected, text string) bool {
	return text != "" && among(e.Own, func(own string) bool { return own == text })
}

// otherSerial is the serial of another unit that text is, or that stands in it
// where the serial of this unit stands in one of the codes; else "".
func otherSerial(e Expected, text string) string {
	if e.IsSerial == nil || e.Serial == "" {
		return ""
	}
	if text != e.Serial && e.IsSerial(text) {
		return text
	}
	for _, f := range sentForms(e.Codes) {
		before, after, found := strings.Cut(f, e.Serial)
		if !found || !strings.HasPrefix(text, before) || !strings.HasSuffix(text, after) || len(text) < len(before)+len(after) {
			continue
		}
		if s := text[len(before) : len(text)-len(after)]; s != e.Serial && e.IsSerial(s) {
			return s
		}
	}
	return ""
}

// layoutOf names the layouts of scanner and station under which one of the
// forms would have come as text; "" when there is no such pair. Letters may
// have come in the other case besides.
func layoutOf(forms []string, parted [][]string, text string) string {
	for _, k := range keyboards {
		for _, way := range [][2]Keyboard{{keyboardUS, k}, {k, keyboardUS}} {
			whole := among(forms, func(f string) bool { return strings.EqualFold(typed(way[0], way[1], f), text) })
			if whole || among(parted, func(fields []string) bool {
				came := make([]string, len(fields))
				for i, f := range fields {
					came[i] = typed(way[0], way[1], f)
				}
				return apart(came, text, strings.EqualFold)
			}) {
				return way[0].Country + " → " + way[1].Country
			}
		}
	}
	return ""
}

// leastPart is how much of a code must have come, in characters, to be called a
// part of it.
const leastPart = 4

// partOf reports that text is the beginning or the end of form, or all of it
// with something around it.
func partOf(form, text string) bool {
	if utf8.RuneCountInString(text) < leastPart || len(form) < leastPart {
		return false
	}
	return strings.HasPrefix(form, text) || strings.HasSuffix(form, text) || strings.Contains(text, form)
}

// digitKeys are the characters that the keys of the digits type, in the
// layouts that are known: a number that came through them is still one.
const digitKeys = "0123456789" + "!@#$%^&*()" + "\"§$%&/()=" + "&é\"'(-è_çà"

// mostShown is how many of them may stand together before the run is masked: a
// date or a lot is shorter, a number of a device is longer.
const mostShown = 11

// shownScan is a scanned text as a finding may repeat it: control characters by
// their pictures, cut, and masked where it may hold an identity in any guise.
func shownScan(text string) string {
	if identity.KindOf(text) != identity.KindUnknown {
		return identity.Mask(text, 0, 4)
	}
	runes := []rune(visible(text))
	for at := 0; at < len(runes); {
		end := at
		for end < len(runes) && strings.ContainsRune(digitKeys, runes[end]) {
			end++
		}
		if end-at > mostShown {
			for i := at; i < end-4; i++ {
				runes[i] = '•'
			}
		}
		at = max(end, at+1)
	}
	return Shown(string(runes))
}

// ScanBackRule is the least that proves a label of a product: a [ScanMethod].
// One that is not set asks for a scanner.
func (p Product) ScanBackRule() ScanMethod {
	if p.ScanBack == "" {
		return ByScanner
	}
	return p.ScanBack
}

// AllowScanBack refuses a proof that is less than the product asks for.
func AllowScanBack(p Product, proof ScanProof) error {
	if n := rank[proof.Method]; n > 0 && n >= rank[p.ScanBackRule()] {
		return nil
	}
	return Refuse(LabelNotScanned, proof.String())
}
