// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// AllocationView is an allocation and how much of it is used. Its JSON is that of an
// export.
type AllocationView struct {
	station.Allocation
	station.AllocationUsage
	Free int `json:"free"`

	// Lately is how many bindings drew on it since Since, which is the first
	// of them or [station.ForecastOver] ago, whichever is later: what
	// [station.Forecast] needs.
	Lately int       `json:"-"`
	Since  time.Time `json:"-"`
}
