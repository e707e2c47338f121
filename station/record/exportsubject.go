// SPDX-License-Identifier: Apache-2.0

package record

import (
	"fmt"

	"bindery/station"
)

// ExportSubject says which units an export is about. The zero value is about none.
type ExportSubject struct {
	By       ExportBy
	Name     string      // the serial, order, lot or identity; "" with ByDates
	From, To station.Day // with ByDates: the first and the last
}

// ExportBy is what units are chosen by.
type ExportBy string

// The ways to choose units.
const (
	BySerial   ExportBy = "unit"
	ByOrder    ExportBy = "order"
	ByLot      ExportBy = "lot"
	ByDates    ExportBy = "dates"    // made, or tried, on these days by the calendar of the station then
	ByIdentity ExportBy = "identity" // that ever held this number
)

// String names it as leaves do, without an identity.
func (s ExportSubject) String() string {
	switch s.By {
	case ByDates:
		return fmt.Sprintf("dates:%s/%s", s.From, s.To)
	case ByIdentity:
		return "identity:masked"
	case BySerial, ByOrder, ByLot:
	}
	return string(s.By) + ":" + s.Name
}

// GroupCount counts the units of an [ExportSubject] by one thing.
type GroupCount struct {
	Name string
	N    int64
}
