// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// UnitLeaf is a leaf about a unit: its number, and the tables of the record
// that it wrote.
type UnitLeaf struct {
	Number int64
	Tables []string
}

// unitChanges are the tables that say what a unit is. Who only looked at it, or
// scanned it in vain, wrote another.
var unitChanges = []string{"units", "bindings", "prints", "moves", "alarms"}

// SignedUnit judges a unit, by its leaves in order, against a signature over its
// lot, by the leaf of that: whether the unit was there to be signed, and the
// first later leaf that changed it, as an index, -1 for none. A unit that came
// later is not under the signature, whatever happens to it.
func SignedUnit(signature int64, leaves []UnitLeaf) (signed bool, changed int) {
	for i, l := range leaves {
		switch {
		case l.Number < signature:
			signed = signed || slices.Contains(l.Tables, "units")
		case !signed:
			return false, -1
		case l.Number > signature && slices.ContainsFunc(l.Tables, func(t string) bool { return slices.Contains(unitChanges, t) }):
			return true, i
		}
	}
	return signed, -1
}
