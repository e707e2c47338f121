// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"bindery/station/identity"
	"bindery/station/query"
)

// ListItem is an item of a list, as it was understood.
type ListItem struct {
	Place string // "Line 7 of leaked.txt" or "Item 7 of the list", with the item, as an error begins
	// Interpretations are those by which a unit is known: by one of Any and every
	// one of All of one of them. An alias stands among the terms as what it is: the
	// record alone knows its number.
	Interpretations []query.Interpretation
	// Doubt is why the item is refused unless a unit has, or had, the number exactly so,
	// which the record alone knows, as of a search; "" where there is no doubt.
	Doubt identity.Code
}

const nothingInSilence = "Correct it or take it out: a scope leaves out nothing in silence."

// Read tells what the items of a list are. What names no unit is refused and never
// passed over: the error is an [ExprError] about the first such item.
func (l ListExpr) Read() ([]ListItem, error) {
	all := make([]ListItem, len(l.Items))
	for i, text := range l.Items {
		all[i].Place = fmt.Sprintf("%s (%s)", l.place(i), shown(text))
		interpretations, why := itemOf(text)
		if why != "" {
			return nil, all[i].refused(why)
		}
		all[i].Interpretations = interpretations
		for _, r := range interpretations {
			if r.Refused == query.Zeroed {
				all[i].Doubt = r.Refused
			}
		}
	}
	return all, nil
}

// Number is the line of the i-th item in its file, or its number in the list.
func (l ListExpr) Number(i int) int {
	if l.Lines != nil {
		return l.Lines[i]
	}
	return i + 1
}

func (l ListExpr) place(i int) string {
	if l.Lines != nil {
		return fmt.Sprintf("Line %d of %s", l.Number(i), l.File)
	}
	return fmt.Sprintf("Item %d of the list", l.Number(i))
}

// UnknownAlias is an alias in a list that no identity is known to.
func (i ListItem) UnknownAlias() error {
	return &ExprError{0, i.Place + " is an alias that this record has not given out.", "Ask for the number itself. " + nothingInSilence}
}

// Doubted is why an item cannot be used whose number no unit has or had exactly so.
func (i ListItem) Doubted() error {
	return i.refused(query.Interpretation{Refused: i.Doubt}.Why())
}

func (i ListItem) refused(why string) error {
	return &ExprError{0, i.Place + " cannot be used. " + why, nothingInSilence}
}

// itemOf are the interpretations of an item that name a unit; else it says why
// there is none.
func itemOf(text string) (of []query.Interpretation, why string) {
	items := query.Parse(text, query.Known{})
	if len(items) > 1 || holdsMore(text, items[0].Text) {
		return nil, "It holds several texts."
	}
	all := items[0].Interpretations
	for _, r := range all {
		switch {
		case r.Refused != "" && len(r.Any) == 0:
			return nil, r.Why()
		case len(r.Any) > 0 && !slices.ContainsFunc(r.Any, notOfUnit):
			of = append(of, r)
		}
	}
	if first := all[0]; slices.Contains(nobodys, first.Refused) {
		return nil, first.Why()
	}
	if what := noUnit[all[0].Kind]; what != "" {
		return nil, "It is " + what + ", and a list takes serials, identities, what a label says, and aliases."
	}
	return of, ""
}

// holdsMore reports whether a line says something besides the item that a search
// takes of it: a word before a number is its name, but what has a digit, or stands in
// a column of its own, may be a unit too.
func holdsMore(line, item string) bool {
	around := strings.Replace(aimIdentifier.ReplaceAllString(line, ""), item, "", 1)
	return strings.ContainsFunc(around, unicode.IsDigit) ||
		strings.ContainsAny(around, ";,|\t") && strings.ContainsFunc(around, unicode.IsLetter)
}

// aimIdentifier is how a scanner may say the symbology before what it read
// (ISO/IEC 15424).
var aimIdentifier = regexp.MustCompile(`^\s*\][A-Za-z][0-9]`)

// noUnit is what an item may be that names something else than a unit. Of a lot
// and an order there are conditions.
var noUnit = map[query.TextKind]string{
	query.Leaf: "a leaf", query.Label: "the number of a label", query.Attempt: "an attempt", query.Lot: "a lot (write lot:)", query.Order: "an order (write order:)",
	query.Part: "a part of something, or some of it is hidden",
}

// nobodys is what is wrong with numbers that no binding has. Of ICCIDs there are
// some whose last digit is no check digit.
var nobodys = []identity.Code{identity.IMEICheckDigit, identity.IMEIKnownDefault, identity.EIDCheckDigits}

// notOfUnit reports a term that does not name one unit by a whole value.
func notOfUnit(t query.Term) bool {
	if t.How != query.Exactly && t.How != query.Folded {
		return true
	}
	switch t.Field {
	case query.SerialField, query.IMEIField, query.ICCIDField, query.IMSIField, query.EIDField, query.AliasField:
		return false
	case query.OrderField, query.LotField, query.REFField, query.GTINField, query.LabelField, query.LeafField, query.AttemptField:
	}
	return true
}

// Lists are the lists in an expression, in their order.
func Lists(e Expr) (all []ListExpr) {
	switch e := e.(type) {
	case And:
		for _, p := range e {
			all = append(all, Lists(p)...)
		}
	case Or:
		for _, p := range e {
			all = append(all, Lists(p)...)
		}
	case Not:
		return Lists(e.Of)
	case ListExpr:
		return []ListExpr{e}
	}
	return all
}
