// SPDX-License-Identifier: Apache-2.0

package query

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bindery/station/identity"
)

// interpretations are all that one text may be which has nothing around it.
func (p parser) interpretations(kind TextKind, text, identifier string) Item {
	serial := p.known.serial(text)
	if item, ok := p.refusals(serial, text); ok {
		return item
	}
	n := joined(text)
	var list []Interpretation
	if serial {
		list = append(list, asSerial(text, FormOfSerial))
	}
	behind := named(kind, text, n)
	_, numbersOnly := partFields(kind)
	less := len(numbersOnly) == 1 && len(behind) == 0
	if less { // named, and less than a whole number
		behind = p.parts(kind, text, n)
	}
	list = append(list, behind...)
	list = append(list, p.gs1(text, identifier)...)
	if n != "" {
		list = append(list, numbers(n)...)
	}
	list = append(list, formed(text)...)
	if !serial {
		list = append(list, asSerial(text, MaybeSerial))
	}
	list = append(list, p.keys(text)...)
	if !less && !sealed(list) {
		parts := p.parts(kind, text, n)
		if serial || len(numbersOnly) == 1 || slices.ContainsFunc(list, Interpretation.whole) && (kind != "" || !decimal(text)) {
			parts = slices.DeleteFunc(parts, Interpretation.searchesParts)
		}
		list = append(list, parts...)
	}
	return Item{text, once(list)}
}

// whole reports a code that has a form of its own: it is part of nothing. A number
// that has all places of one kind, or 01 and a GTIN, may still be from the middle of
// a longer one.
func (r Interpretation) whole() bool {
	switch r.Kind {
	case UDI, Alias, Leaf, Label, Attempt:
		return len(r.Any) > 0
	case IMEI, IMEISV, ICCID, IMSI, EID, Serial, Product, Lot, Order, Part, List, Refused: // any text
	}
	return false
}

// searchesParts reports a search for what stands within values.
func (r Interpretation) searchesParts() bool {
	return slices.ContainsFunc(r.Any, func(t Term) bool { return t.How == Ending || t.How == Containing })
}

// once leaves out what is looked for before.
func once(list []Interpretation) []Interpretation {
	var kept []Interpretation
	for _, r := range list {
		if !slices.ContainsFunc(kept, func(k Interpretation) bool { return slices.Equal(k.Any, r.Any) && slices.Equal(k.All, r.All) }) {
			kept = append(kept, r)
		}
	}
	return kept
}

// longestValue is how many bytes one text has at most: a Digital Link is the longest
// that a label or a person gives.
const longestValue = 1000

// refusals are texts that nothing can be made of, and those with something
// hidden. A text that has the form of a serial is one, though it has xx in it.
func (p parser) refusals(serial bool, text string) (Item, bool) {
	switch {
	case text == "":
		return refuse(text, Empty), true
	case truncatedBySpreadsheet(text):
		return refuse(text, Exponent), true
	case floated(text):
		return refuse(text, Floated), true
	case serial:
		return Item{}, false
	case len(text) > longestValue:
		return refuse(text, TooLong), true
	}
	return masked(text)
}

// sealed reports that one of the interpretations is of a number that lost its last
// digits: no part of it may be looked for.
func sealed(list []Interpretation) bool {
	for _, r := range list {
		if r.Refused == Zeroed {
			return true
		}
	}
	return false
}

// named are the interpretations of a text behind the name of its kind.
func named(kind TextKind, text, n string) []Interpretation {
	exactly := func(f TermField, folded bool) []Interpretation {
		terms := exact(f, text)
		if folded {
			terms = append(terms, Term{f, Folded, text})
		}
		return []Interpretation{{Kind: kind, Value: text, Reasons: []Reason{Named}, Any: terms}}
	}
	switch kind {
	case Serial:
		return exactly(SerialField, true)
	case Lot:
		return exactly(LotField, true)
	case Order:
		return exactly(OrderField, true)
	case Label, Leaf, Attempt:
		text = strings.TrimPrefix(text, "#")
		if !decimal(text) && !hash.MatchString(text) {
			return nil
		}
		return exactly(TermField(kind), false)
	case IMEI, IMEISV, ICCID, IMSI, EID, UDI, Product, Alias, Part, List, Refused: // a number, or what has a form of its own
	}
	list := asKind(kind, n)
	for i := range list {
		if list[i].Refused == "" {
			list[i].Reasons = append([]Reason{Named}, list[i].Reasons...)
		}
	}
	return list
}

var (
	hash       = regexp.MustCompile(`^[0-9a-fA-F]{64}$`)
	leafNumber = regexp.MustCompile(`^#([0-9]{1,18})$`)
)

// formed are the interpretations of a text by a form that nothing else has.
func formed(text string) []Interpretation {
	if m := leafNumber.FindStringSubmatch(text); m != nil {
		return []Interpretation{{Kind: Leaf, Value: m[1], Reasons: []Reason{LeafNumber}, Any: exact(LeafField, m[1])}}
	}
	if a, ok := identity.ParseAlias(text); ok {
		return []Interpretation{{Kind: Alias, Value: string(a), Reasons: []Reason{IsAlias}, Any: exact(AliasField, string(a))}}
	}
	if hash.MatchString(text) {
		h := strings.ToLower(text)
		return []Interpretation{
			{Kind: Leaf, Value: h, Reasons: []Reason{HashOfLeaf}, Any: exact(LeafField, h)},
			{Kind: Label, Value: h, Reasons: []Reason{HashOfLabel}, Any: exact(LabelField, h)},
		}
	}
	return nil
}

func asSerial(text string, why Reason) Interpretation {
	return Interpretation{Kind: Serial, Value: text, Reasons: []Reason{why}, Any: []Term{{SerialField, Exactly, text}, {SerialField, Folded, text}}}
}

// keys are the interpretations of a text as a whole value that has no form of its own.
func (p parser) keys(text string) []Interpretation {
	var list []Interpretation
	if whole := p.known.completed(text); len(whole) > 0 {
		list = append(list, Interpretation{Kind: Serial, Value: whole[0], Reasons: []Reason{SerialCompleted},
			Any: exact(SerialField, whole...)})
	}
	for _, k := range []struct {
		kind  TextKind
		field TermField
		why   Reason
	}{
		{Order, OrderField, MaybeOrder}, {Lot, LotField, MaybeLot}, {Product, REFField, MaybeProduct},
	} {
		list = append(list, Interpretation{Kind: k.kind, Value: text, Reasons: []Reason{k.why}, Any: []Term{{k.field, Exactly, text}, {k.field, Folded, text}}})
	}
	return list
}

// shortestSerial is how many digits are taken for the end of a serial, and
// longestEnd from how many on they rather are the beginning of an identity: a TAC.
const (
	shortestSerial = 5
	longestEnd     = 8
)

// parts are the interpretations of a text as less than a whole value: the end of a
// serial, the beginning of anything, and what stands in the middle of it.
func (p parser) parts(kind TextKind, text, n string) []Interpretation {
	texts, numbers := partFields(kind)
	if n == "" && decimal(text) {
		n = text
	}
	terms := func(how How) []Term {
		all := each(how, text, texts...)
		for _, f := range numbers {
			if n != "" && (how == Beginning || len(n) < places[f]) {
				all = append(all, Term{f, how, n})
			}
		}
		return all
	}
	var ends []Interpretation
	if len(texts) > 1 && decimal(text) && len(text) >= shortestSerial && len(text) < 14 {
		ends = []Interpretation{{Kind: Serial, Value: text, Reasons: []Reason{EndOfSerial}, Any: each(Ending, text, SerialField)}}
	}
	if len(terms(Beginning)) == 0 {
		return nil
	}
	list := []Interpretation{{Kind: Part, Value: text, Reasons: []Reason{Begins}, Any: terms(Beginning)}}
	if len(text) >= longestEnd {
		list = append(list, ends...)
	} else {
		list = append(ends, list...)
	}
	if within := terms(Containing); len(within) > 0 && utf8.RuneCountInString(text) >= leastKnown {
		list = append(list, Interpretation{Kind: Part, Value: text, Reasons: []Reason{WithinSomething}, Any: within})
	}
	return list
}

// places are how many a number has at most: nothing longer stands within it, and
// what is as long begins it.
var places = map[TermField]int{IMEIField: 15, IMSIField: 15, ICCIDField: 20, EIDField: 32}

// partFields are the fields of which a text may be a part: texts as they stand,
// numbers without what groups their digits. One that is named is a part of its
// kind only.
func partFields(kind TextKind) (texts, numbers []TermField) {
	switch kind {
	case IMEI, ICCID, IMSI, EID:
		return nil, []TermField{TermField(kind)}
	case Serial, Order, Lot:
		return []TermField{TermField(kind)}, nil
	case IMEISV, UDI, Product, Label, Leaf, Attempt, Alias, Part, List, Refused: // what nobody knows in part: of anything
	}
	return []TermField{SerialField, OrderField, LotField}, []TermField{IMEIField, ICCIDField, IMSIField, EIDField}
}
