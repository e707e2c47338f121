// SPDX-License-Identifier: Apache-2.0

package station

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bindery/station/identity"
)

// CellForm is what a cell of a list was written as.
type CellForm string

// The forms of cells; in text without a spreadsheet every cell is CellText.
const (
	CellText   CellForm = "text"
	CellNumber CellForm = "number"
	CellDate   CellForm = "date"
	CellTruth  CellForm = "truth value"
)

// Fields of lists by what they hold: what something is found by, numbers of a device,
// and times. The others are texts.
var (
	keyFields      = []string{"serial", "ref", "lot", "order"}
	identityFields = []string{"imei", "imei2", "iccid", "imsi", "eid", "tac"}
	timeFields     = []string{"bound_at", "from", "to"}
)

// failedFormula is what spreadsheets in several languages write for a formula that came
// to nothing, or for a value that is wider than its column.
var failedFormula = regexp.MustCompile(`^#(#+|N/?[ADV]|[¡¿]?[\p{L}/0]+[!?])$`)

// SpoiltCell says of a cell of a list that it does not hold what somebody entered, as
// what follows "it"; "" where nothing tells so. A spreadsheet makes dates and numbers of
// what looks like one, and no rule gets back what was there. The text is not repeated.
func SpoiltCell(field string, form CellForm, text string) string {
	key, number, at := slices.Contains(keyFields, field), slices.Contains(identityFields, field), slices.Contains(timeFields, field)
	switch {
	case text == "":
		return ""
	case failedFormula.MatchString(text):
		return "is what a spreadsheet shows for a formula or a value that it could not show"
	case text[0] == '\'' || text[0] == '=':
		return "begins with a mark by which a spreadsheet is made to keep a text; take it off"
	case (key || number) && identity.Exponent(text):
		return "is a number that a spreadsheet has shortened, and its digits are lost; make it a text cell and enter it again"
	}
	return spoiltByForm(key, number, at, form, text)
}

// spoiltByForm is [SpoiltCell] of what a cell was written as, in a field that is a key, an
// identity or a time.
func spoiltByForm(key, number, at bool, form CellForm, text string) string {
	switch {
	case form == CellTruth:
		return "is a truth value; make it a text cell and enter it again"
	case form == CellDate && !at:
		return "is a date, and a spreadsheet makes dates of what looks like one; make it a text cell and enter it again"
	case form == CellNumber && at:
		return "is a number where a time is expected; have the spreadsheet show the column as dates"
	case form == CellNumber && !number && strings.ContainsAny(text, ".,"):
		return "is a number with a fraction, and a spreadsheet drops zeros at its end; make it a text cell and enter it again"
	case form == CellNumber && key && countsDays(text):
		return "may be a date that is shown as the number by which a spreadsheet counts it; make it a text cell and enter it again"
	}
	return ""
}

// countsDays reports whether a spreadsheet counts a day of this century as s.
func countsDays(s string) bool {
	const first, last = 36526, 73050 // 2000-01-01, 2099-12-31
	n, err := strconv.Atoi(s)
	return err == nil && strconv.Itoa(n) == s && n >= first && n <= last
}

// listed checks a key of a list, which stands unmasked wherever the unit is shown: it
// may be no identity, nor hold one of the numbers of its own row.
func (e *errs) listed(field, s string, own []string) {
	before := len(*e)
	e.key(field, s)
	if len(*e) == before && field == "serial" && actsElsewhere(s) {
		e.add(field, "The %s begins as a formula or an option does, or holds a path; write it as it stands on the device.", field)
	}
	if len(*e) == before && (identity.ReadsAsIdentity(s) || holdsOne(s, own)) {
		e.add(field, "The %s reads like an identity, and would stand unmasked wherever it is shown; give another, or leave the column out by a mapping.", field)
	}
}

// actsElsewhere reports whether a serial would do something where it is pasted: in a
// spreadsheet, behind a command, or as the name of a file.
func actsElsewhere(s string) bool {
	return s != "" && strings.ContainsRune("=+-@", rune(s[0])) || strings.Contains(s, "../") || strings.Contains(s, `..\`)
}

// holdsOne reports whether the digits of a text hold one of the numbers.
func holdsOne(s string, numbers []string) bool {
	const fewest = 14 // of an IMEI these name the device
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, identity.ASCIIDigits(s))
	return slices.ContainsFunc(numbers, func(n string) bool { return len(n) >= fewest && strings.Contains(digits, n[:fewest]) })
}

// maskedText is a text of a list that is no key: an identity in it is hidden.
func maskedText(s string) string {
	if identity.ReadsAsIdentity(s) {
		return identity.MaskIn(s)
	}
	return s
}
