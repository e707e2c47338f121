// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// Clearance is one time that the line of a station went over to another order.
type Clearance struct {
	Station  string    `json:"station"`
	Before   string    `json:"before"` // order; "" for the first of the station
	After    string    `json:"after"`
	Leftover *int      `json:"leftover"` // labels found; null when nobody counted
	Reason   string    `json:"reason"`
	By       string    `json:"by"`          // person ID
	At       time.Time `json:"at,omitzero"` // left out while nobody has counted
	Leaf     int64     `json:"leaf"`
}

// Closing is who closed an order, and why.
type Closing struct {
	By     string    `json:"by"` // person ID
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Leaf   int64     `json:"leaf"`
}

// SignedLot is what the statement of a release says of a lot, and what the signer is
// shown of it.
type SignedLot struct {
	Lot    string                `json:"lot"`
	Orders []station.OrderCounts `json:"orders"`
	Labels []SignedLabels        `json:"labels"` // of the orders
	Shown  string                `json:"shown"`  // SHA-256, hex, of the lot, its orders, labels and the records of its units
}

// LotView is what somebody who is to sign the release of a lot must see.
type LotView struct {
	SignedLot
	Left       []station.Blocker
	Signatures []Signature // the oldest first
}

// OrderView is the account of an order and what stands in the way of closing
// it.
type OrderView struct {
	station.OrderCounts
	Labels    station.LabelReconciliation
	Explained bool // the labels are, as they stand
	Left      []station.Blocker
}

// Released reports whether the lot is done with: see [station.LotReleased].
func (l LotView) Released() bool {
	waiting := 0
	for _, o := range l.Orders {
		waiting += o.Passed + o.InProcess + o.Quarantined + o.Reworked
	}
	return station.LotReleased(waiting, Meanings(l.Signatures))
}
