// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestAPrintOnlyGoesOn(t *testing.T) {
	goesOn := map[station.PrintState][]station.PrintState{
		station.PrintIntended: {station.PrintSent, station.PrintVerified, station.PrintVoid},
		station.PrintSent:     {station.PrintVerified, station.PrintVoid},
		station.PrintVerified: {station.PrintVoid},
		station.PrintVoid:     nil,
		"":                    nil,
	}
	for from, want := range goesOn {
		may := map[station.PrintState]bool{}
		for _, to := range want {
			may[to] = true
		}
		for to := range goesOn {
			if from.MayBecome(to) != may[to] {
				t.Errorf("%q becomes %q: %v", from, to, from.MayBecome(to))
			}
		}
	}
}
