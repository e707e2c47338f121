// SPDX-License-Identifier: Apache-2.0

package query

import "bindery/station/identity"

// TextKind is what a text is taken for.
type TextKind string

// The kinds.
const (
	Serial  TextKind = "serial"
	IMEI    TextKind = "imei"
	IMEISV  TextKind = "imeisv"
	ICCID   TextKind = "iccid"
	IMSI    TextKind = "imsi"
	EID     TextKind = "eid"
	UDI     TextKind = "udi"     // GS1 data or a Digital Link
	Product TextKind = "product" // a REF or a GTIN
	Lot     TextKind = "lot"
	Order   TextKind = "order"
	Label   TextKind = "label"
	Leaf    TextKind = "leaf"
	Attempt TextKind = "attempt"
	Alias   TextKind = "alias"
	Part    TextKind = "part"    // a part of something, or a number of which some digits are hidden
	List    TextKind = "list"    // several texts of more than one kind
	Refused TextKind = "refused" // nothing that can be looked for
)

// Interpretation is one thing that a text may be. It holds for a unit, or whatever
// else is looked for, that meets one of Any and every one of All. Without Any it
// holds for nothing.
type Interpretation struct {
	Kind  TextKind
	Value string // as the record would have it; whole, so not for a log
	// Reasons say why the text may be that; [Interpretation.Why] has the sentences.
	Reasons []Reason
	// Refused says what is wrong with the text as this kind; "" when nothing is. One
	// that is refused and has terms is looked for exactly as it stands, for a number
	// may have been seen that is not sound; it is refused only when the record does
	// not have it.
	Refused identity.Code
	Any     []Term
	All     []Term
}

// Item is one of the texts that were pasted at once, with all that it may be,
// the likeliest first. It has one interpretation at least.
type Item struct {
	Text            string // as it was pasted, without what was around it
	Interpretations []Interpretation
}

// Resolve looks for an item by its interpretations in their order; find gives
// what the terms of one lead to. The first that leads to something holds, and is
// then not refused. When none does, it is the first that is refused, or
// else the likeliest.
func Resolve[T any](item Item, find func(Interpretation) ([]T, error)) (Interpretation, []T, error) {
	for _, r := range item.Interpretations {
		if len(r.Any) == 0 {
			continue
		}
		found, err := find(r)
		if err != nil {
			return Interpretation{}, nil, err
		}
		if len(found) > 0 {
			if of, ok := foundReasons[r.Refused]; ok {
				r.Reasons = []Reason{of}
			}
			r.Refused = ""
			return r, found, nil
		}
	}
	for _, r := range item.Interpretations {
		if r.Refused != "" {
			return r, nil, nil
		}
	}
	return item.Interpretations[0], nil, nil
}

// KindOf is the kind of an answer to several items: that which all of the
// interpretations that held are of, else List.
func KindOf(held []Interpretation) TextKind {
	kind := List
	for i, r := range held {
		if i > 0 && r.Kind != kind {
			return List
		}
		kind = r.Kind
	}
	return kind
}

// Parse tells what a text may be. It is never empty.
func Parse(text string, known Known) []Item {
	p := parser{known: known}
	if len(text) > longest {
		return []Item{refuse("", TooLong)}
	}
	items := p.items(clean(text))
	switch {
	case len(items) == 0:
		return []Item{refuse("", Empty)}
	case len(items) > most:
		return []Item{refuse("", TooLong)}
	}
	return items
}

// longest is how many bytes a text may have, and most how many texts may be in
// it: what is longer is a list in a file, and a scope.
const (
	longest = 64 << 10
	most    = 1000
)

type parser struct {
	known Known
}
