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

// OrderCounts is the account of an order: what was planned and what became of it.
type OrderCounts struct {
	Order       string `json:"order"`
	Lot         string `json:"lot"`
	Closed      bool   `json:"closed"`
	Planned     int    `json:"planned"`
	Built       int    `json:"built"` // units that were ever bound
	InProcess   int    `json:"in_process"`
	Passed      int    `json:"passed"`
	Quarantined int    `json:"quarantined"`
	Reworked    int    `json:"reworked"`
	Scrapped    int    `json:"scrapped"`
	Released    int    `json:"released"`
	Alarms      int    `json:"alarms"`           // open ones of its serials
	Flagged     int    `json:"flagged,omitzero"` // units that passed and have a flag in force
	Prints      int    `json:"prints"`           // labels that are neither on a unit nor void; see [OrderLabels]
}

// Of is how many units have a disposition.
func (c OrderCounts) Of(d station.Disposition) int {
	switch d {
	case station.InProcess:
		return c.InProcess
	case station.Passed:
		return c.Passed
	case station.Quarantined:
		return c.Quarantined
	case station.Reworked:
		return c.Reworked
	case station.Scrapped:
		return c.Scrapped
	case station.Released:
		return c.Released
	case station.Imported, station.Superseded, station.LeftOut: // of units that have no order of ours
	}
	return 0
}

// Complete is how many units are complete: see [station.Disposition.CountsAsPassed].
func (c OrderCounts) Complete() (n int) {
	for _, d := range station.DispositionsThat(station.Disposition.CountsAsPassed) {
		n += c.Of(d)
	}
	return n
}

// Closing is who closed an order, and why.
type Closing struct {
	By     string    `json:"by"` // person ID
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Leaf   int64     `json:"leaf"`
}

// LotView is what somebody who is to sign the release of a lot must see.
type LotView struct {
	Lot        string
	Orders     []OrderCounts
	Labels     []SignedLabels // of the orders
	Shown      string         // SHA-256, hex, of the lot, its orders, labels and the records of its units
	Left       []station.Blocker
	Signatures []Signature // the oldest first
}

// OrderView is the account of an order and what stands in the way of closing
// it.
type OrderView struct {
	OrderCounts
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
