// SPDX-License-Identifier: Apache-2.0

package dhr

import "bindery/station"

// That the record does not have what was asked for is no rule but a fact, which
// only the record knows: so it is refused here, and everything else in station.

// notRecorded says that the record does not have what, masked, such as "a case X".
func notRecorded(what string) error { return station.Refuse(station.NotRecorded, what) }

// unknownOrder says that the record does not have an order.
func unknownOrder(order string) error {
	return station.Refuse(station.OrderUnknown, station.Shown(order))
}

// unknownPerson says that nobody of an ID works here; "" for who has shown a badge.
func unknownPerson(id string) error { return station.Refuse(station.PersonUnknown, id) }
