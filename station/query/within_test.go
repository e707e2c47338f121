// SPDX-License-Identifier: Apache-2.0

package query_test

import (
	"slices"
	"testing"

	"bindery/station/identity"
	"bindery/station/query"
)

func TestWhatStandsInTheMiddleOfANumberIsFoundWhateverItLooksLike(t *testing.T) {
	w, gtins := open(t), 0
	for i := 0; i < len(w.units); i += 16 {
		u := w.units[i]
		for _, n := range slices.Concat(u.values[query.IMEIField], u.values[query.ICCIDField], u.values[query.EIDField]) {
			for from := 1; from+14 <= len(n); from++ {
				part := n[from:min(len(n), from+14+from%4)]
				if a := w.ask(part); a.Refused != string(query.Zeroed) && !slices.Contains(a.Units, u.serial) {
					t.Errorf("digits from %d on of a number of %s: taken for %s, %q", from, u.serial, a.Took, a.Refused)
				}
				if _, err := identity.ParseGTIN(part); err != nil || len(part) != 14 {
					continue
				}
				gtins++
				if first := query.Parse(part, w.known)[0].Interpretations[0]; first.Kind != query.Product {
					t.Errorf("the likeliest is %s", first.Kind)
				}
			}
		}
	}
	if gtins == 0 {
		t.Error("none of them reads as a GTIN")
	}
}
