// SPDX-License-Identifier: Apache-2.0

package query

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
