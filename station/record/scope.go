// SPDX-License-Identifier: Apache-2.0

package record

import (
	"fmt"

	"bindery/station"
)

// Scope says which units an export is about. The zero value is about none.
type Scope struct {
	By       ScopeBy
	Name     string      // the serial, order, lot or identity; "" with ByDates
	From, To station.Day // with ByDates: the first and the last
}

// ScopeBy is what units are chosen by.
type ScopeBy string

// The ways to choose units.
const (
	BySerial   ScopeBy = "unit"
	ByOrder    ScopeBy = "order"
	ByLot      ScopeBy = "lot"
	ByDates    ScopeBy = "dates"    // made, or tried, on these days by the calendar of the station then
	ByIdentity ScopeBy = "identity" // that ever held this number
)

// String names the scope as leaves do, without an identity.
func (s Scope) String() string {
	switch s.By {
	case ByDates:
		return fmt.Sprintf("dates:%s/%s", s.From, s.To)
	case ByIdentity:
		return "identity:masked"
	case BySerial, ByOrder, ByLot:
	}
	return string(s.By) + ":" + s.Name
}

// GroupCount counts the units of a scope by one thing.
type GroupCount struct {
	Name string
	N    int64
}
