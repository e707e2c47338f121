// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestANounAgreesWithItsNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0 leaves", 1: "1 leaf", 2: "2 leaves", 11: "11 leaves", -1: "-1 leaves"} {
		if got := station.Counted(n, "leaf", "leaves"); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
