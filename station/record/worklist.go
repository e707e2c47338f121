// SPDX-License-Identifier: Apache-2.0

package record

// WorkList is a list of what waits for somebody.
type WorkList string

// The lists, in the order in which they are shown. Those of units are named
// after the disposition of what is on them, but for that of the day.
const (
	Quarantined   WorkList = "quarantined"
	InProcess     WorkList = "in-process"
	OpenAlarms    WorkList = "alarms"
	OpenOrders    WorkList = "orders"
	LotsToRelease WorkList = "lots"
	ToApprove     WorkList = "definitions"
	Today         WorkList = "today" // units that were bound since midnight
)

// WorkLists lists them.
var WorkLists = []WorkList{Quarantined, InProcess, OpenAlarms, OpenOrders, LotsToRelease, ToApprove, Today}
