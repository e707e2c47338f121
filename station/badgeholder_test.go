// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestNobodyNeedsABadgeWhereThereIsOneOperator(t *testing.T) {
	ada, ben := station.Person{ID: "p-1", Role: station.Operator}, station.Person{ID: "p-2", Role: station.Operator}
	lead := station.Person{ID: "p-3", Role: station.Lead}
	for name, c := range map[string]struct {
		people []station.Person
		want   string
		n      int
	}{
		"nobody":       {nil, "", 0},
		"no operator":  {[]station.Person{lead}, "", 0},
		"one operator": {[]station.Person{lead, ada}, "p-1", 1},
		"two":          {[]station.Person{ada, lead, ben}, "", 2},
	} {
		if p, n := station.OnlyOperator(c.people); p.ID != c.want || n != c.n {
			t.Errorf("%s: %q of %d", name, p.ID, n)
		}
	}
}
