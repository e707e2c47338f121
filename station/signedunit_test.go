// SPDX-License-Identifier: Apache-2.0

package station

import "testing"

func TestASignatureHoldsForAUnitUntilALeafChangesIt(t *testing.T) {
	bound := UnitLeaf{3, []string{"attempts", "units", "bindings"}}
	for _, c := range []struct {
		name    string
		leaves  []UnitLeaf
		signed  bool
		changed int
	}{
		{"nothing since", []UnitLeaf{bound, {5, []string{"prints"}}}, true, -1},
		{"moved by the signature itself", []UnitLeaf{bound, {10, []string{"units", "moves"}}}, true, -1},
		{"looked at", []UnitLeaf{bound, {11, nil}, {12, []string{"sign_ins"}}}, true, -1},
		{"scanned in vain", []UnitLeaf{bound, {11, []string{"attempts", "evidence", "verdicts"}}}, true, -1},
		{"moved", []UnitLeaf{bound, {11, []string{"attempts"}}, {12, []string{"units"}}, {13, []string{"moves"}}}, true, 2},
		{"bound anew", []UnitLeaf{bound, {11, []string{"bindings"}}}, true, 1},
		{"a label more", []UnitLeaf{bound, {11, []string{"prints"}}}, true, 1},
		{"a move", []UnitLeaf{bound, {11, []string{"moves"}}}, true, 1},
		{"an alarm", []UnitLeaf{bound, {11, []string{"attempts", "alarms"}}}, true, 1},
		{"only tried before", []UnitLeaf{{3, []string{"attempts"}}, {11, []string{"units"}}}, false, -1},
		{"built later", []UnitLeaf{{11, []string{"units"}}, {12, []string{"moves"}}}, false, -1},
		{"no leaf", nil, false, -1},
	} {
		if signed, changed := SignedUnit(10, c.leaves); signed != c.signed || changed != c.changed {
			t.Errorf("%s: %v, %d; want %v, %d", c.name, signed, changed, c.signed, c.changed)
		}
	}
}
