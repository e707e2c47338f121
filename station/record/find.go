// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// Matches is what a search gave.
type Matches struct {
	Took  string  `json:"took"` // what the text was taken for: serial, imei, iccid, imsi, eid, order, lot; "" when nothing fits
	Units []Match `json:"units"`
}

// Match is one unit with its live identities; those that were superseded
// lead to it, but are not shown here.
type Match struct {
	Serial      string              `json:"serial"`
	IMEI        string              `json:"imei"`
	IMEI2       string              `json:"imei2"`
	ICCID       string              `json:"iccid"`
	IMSI        string              `json:"imsi"`
	EID         string              `json:"eid"`
	Order       string              `json:"order"`
	Lot         string              `json:"lot"`
	Disposition station.Disposition `json:"disposition"`
	BoundAt     *time.Time          `json:"bound_at"` // nil while nothing is bound
}

// MostFound is how many units one search gives at most.
const MostFound = 100
