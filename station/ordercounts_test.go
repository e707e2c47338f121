// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestAnOrderCountsItsUnitsByDisposition(t *testing.T) {
	c := station.OrderCounts{Built: 63, InProcess: 1, Passed: 2, Quarantined: 4, Reworked: 8, Scrapped: 16, Released: 32}
	sum := 0
	for _, d := range station.Dispositions {
		sum += c.Of(d)
	}
	if sum != c.Built {
		t.Errorf("%d of %d units were counted", sum, c.Built)
	}
	if got := c.Complete(); got != c.Of(station.Passed)+c.Of(station.Released) || got != 34 {
		t.Errorf("%d units are complete", got)
	}
}
