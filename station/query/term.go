// SPDX-License-Identifier: Apache-2.0

package query

import (
	"strings"

	"bindery/station"
)

// TermField is what a term is held against.
type TermField string

// The fields. Those of an identity are of any binding, live or given up, and of
// what a refused device said; IMEIField is either IMEI of a unit.
const (
	SerialField  TermField = "serial"
	IMEIField    TermField = "imei"
	ICCIDField   TermField = "iccid"
	IMSIField    TermField = "imsi"
	EIDField     TermField = "eid"
	OrderField   TermField = "order"
	LotField     TermField = "lot"
	REFField     TermField = "ref"
	GTINField    TermField = "gtin"  // 14 digits
	LabelField   TermField = "label" // the number of a print, or its hash
	LeafField    TermField = "leaf"  // the number of a leaf, or its hash in hexadecimal
	AttemptField TermField = "attempt"
	AliasField   TermField = "alias" // as [identity.Alias] is written
)

// How a value of the record must be like that of a term.
type How string

// The ways. Exactly and Folded go by an index of whole values, Beginning by the
// same; Ending, Containing and Pattern need an index of parts.
const (
	Exactly    How = "exactly"
	Folded     How = "folded" // as [station.Fold] makes them
	Beginning  How = "beginning"
	Ending     How = "ending"
	Containing How = "containing"
	Pattern    How = "pattern" // ? is any one character, * any number of them; as GLOB of SQLite, for there is no [ in it
)

// Term is one value of one field.
type Term struct {
	Field TermField
	How   How
	Value string
}

// Matches reports whether a value of the field is as the term wants it. Capitals
// count in Exactly only.
func (t Term) Matches(value string) bool {
	if t.How == Exactly {
		return value == t.Value
	}
	value, want := station.Fold(value), station.Fold(t.Value)
	switch t.How {
	case Exactly, Folded:
		return value == want
	case Beginning:
		return strings.HasPrefix(value, want)
	case Ending:
		return strings.HasSuffix(value, want)
	case Containing:
		return strings.Contains(value, want)
	case Pattern:
		return fits(want, value)
	}
	return false
}

// fits matches a pattern in time that grows with the product of both lengths at
// most: the last * alone is gone back to.
func fits(pattern, value string) bool {
	p, v, star, from := 0, 0, -1, 0
	for v < len(value) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, v
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == value[v]):
			p++
			v++
		case star >= 0:
			from++
			p, v = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// exact are terms of one field for values that must be there as they are.
func exact(field TermField, values ...string) []Term {
	var terms []Term
	for _, v := range values {
		terms = append(terms, Term{field, Exactly, v})
	}
	return terms
}

// each are terms that ask several fields for the same.
func each(how How, value string, fields ...TermField) []Term {
	var terms []Term
	for _, f := range fields {
		terms = append(terms, Term{f, how, value})
	}
	return terms
}
