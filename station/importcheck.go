// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// What a row of an import is held against in the record; what is wrong with it by
// itself, definition.go says.

// ImportPermission is what it takes to bring in rows of a kind, such as "people" or
// "products".
func ImportPermission(kind string) Permission {
	if kind == "people" {
		return MayManagePeople
	}
	return MayImport
}

// CheckOrderAgain lists what is wrong with a work order that the record has as was:
// an order is brought in as it is, or not at all.
func CheckOrderAgain(o, was Order) []FieldError {
	var e errs
	if o.Version == 0 {
		o.Version = was.Version
	}
	o.Taken, o.Passed, o.Failed, o.Reworked, o.Closed = was.Taken, was.Passed, was.Failed, was.Reworked, was.Closed
	if o != was {
		e.add("id", "Order %s is in the record with other values.", Shown(o.ID))
	}
	return e
}

// CheckOrderIsNoBadge lists what is wrong with the number of an order that reads as
// one of badges: a scan must say one thing.
func CheckOrderIsNoBadge(id string, badges []string) []FieldError {
	var e errs
	if slices.ContainsFunc(badges, func(b string) bool { return Fold(b) == Fold(id) }) {
		e.add("id", "The id of order %s reads as somebody's badge.", Shown(id))
	}
	return e
}

// CheckAlike lists what is wrong with a key that people, or a scanner with Caps Lock
// on, would take for one of known: it is among them, or differs from each.
func CheckAlike(field, key string, known []string) []FieldError {
	var e errs
	i := slices.IndexFunc(known, func(k string) bool { return Fold(k) == Fold(key) })
	if i >= 0 && !slices.Contains(known, key) {
		e.add(field, "The %s %s differs from %s, which is in the record, in capitals only, or in how it is coded: they would be taken for one.",
			field, Shown(key), Shown(known[i]))
	}
	return e
}

// Overlaps reports whether a and other have a number in common.
func (a Allocation) Overlaps(other Allocation) bool {
	return a.TAC == other.TAC && a.From <= other.To && other.From <= a.To
}

// CheckRange lists what is wrong with a range of numbers beside those that the record
// has; known is true where it has this very one.
func CheckRange(a Allocation, had []Allocation) (known bool, wrong []FieldError) {
	var e errs
	for _, h := range had {
		if !a.Overlaps(h) {
			continue
		}
		if a.ID = h.ID; a == h {
			return true, nil
		}
		if len(e) == 0 {
			e.add("from", "The range overlaps %06d to %06d of TAC %s.", h.From, h.To, h.TAC)
		}
	}
	return false, e
}
