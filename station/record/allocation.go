// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// Allocation is how much of an allocation is used.
type Allocation struct {
	station.Allocation
	station.AllocationUsage
	Free int

	// Lately is how many bindings drew on it since Since, which is the first
	// of them or [station.ForecastOver] ago, whichever is later: what
	// [station.Forecast] needs.
	Lately int
	Since  time.Time
}
