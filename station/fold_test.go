// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestKeysThatPeopleTakeForOneFoldAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"CX-1", "cx-1", true},
		{"CX-1", "Cx-1", true},
		{"CX-1", "CX-l", false},
		{"CX-1", "CX-10", false},
		{"ÄÖ-1", "äö-1", true},
		{"STRASSE-1", "straße-1", true},
		{"ΣΑΣ", "σας", true},
		{"ДА-1", "да-1", true},
		{"\u212A-1", "k-1", true},  // the sign for kelvin
		{"É-1", "e\u0301-1", true}, // one character, or two
		{"ＣＸ-1", "cx-1", true},     // the wide forms of a Japanese keyboard
		{"CX-1", "CX–1", false},    // another dash is another character
	} {
		if got := station.Fold(c.a) == station.Fold(c.b); got != c.same {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}
