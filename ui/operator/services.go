// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"

	"bindery/station"
	"bindery/station/record"
)

// Services is what the operator's screen asks of the bench and the
// record. The functions may block; the screen calls them from goroutines of its
// own.
type Services struct {
	Empty bool // nobody is in the record: an admin is to be set up first

	// SetUp makes the first admin of an empty record.
	SetUp func(ctx context.Context, admin station.Person, password string) error
	// SettleClock accepts a clock that went back or far ahead, by an admin with
	// badge and PIN or password. It takes a moment on purpose.
	SettleClock func(ctx context.Context, badge, secret string) error
	// BadgeHolder finds whose badge it is.
	BadgeHolder func(ctx context.Context, badge string) (station.BadgeHolder, error)
	// SignIn proves a badge by its bearer's PIN or password, and records how
	// it went. It takes a moment on purpose.
	SignIn func(ctx context.Context, badge string, kind station.Credential, secret string) (station.Person, error)
	// SetSecret sets a person's own PIN or password, who has proven the old one.
	SetSecret func(ctx context.Context, person string, kind station.Credential, secret string) error
	// Orders lists all orders, with their counts.
	Orders func(ctx context.Context) ([]station.Order, error)
	// Product gives one version of a product.
	Product func(ctx context.Context, ref string, version int) (station.Product, error)
	// ClearanceDue tells whether the line must be cleared of the order before
	// this one, and which that is. May be nil, where there is only one order.
	ClearanceDue func(ctx context.Context, order string) (before string, due bool, err error)
	// ClearLine records how many labels were left of the order before; where
	// there were any, by is who answers for them, for that reason. May be nil
	// where ClearanceDue is.
	ClearLine func(ctx context.Context, order, by string, left int, reason string) error
	// Recent lists the last n attempts of an order, newest first.
	Recent func(ctx context.Context, order string, n int) ([]record.LastAttempt, error)
	// ShiftPerformance is what this station has done in the shift that goes on.
	ShiftPerformance func(ctx context.Context) (station.Performance, error)
	// OrderPerformance is what all stations have done under an order.
	OrderPerformance func(ctx context.Context, order string) (station.Performance, error)
	// StrayScan says what a text is that was scanned where a serial of the order was
	// due, and keeps that it was; nil where it is a serial that the order takes.
	StrayScan func(ctx context.Context, order, by, text string) (*station.Finding, error)
	// Provision walks one unit; it is [station.Bench.Provision].
	Provision func(ctx context.Context, t station.Job, scan station.ScanBack, watch func(station.Event)) station.Result
	// Health says how the things do that the station needs. May be nil.
	Health func(ctx context.Context) StationHealth
}

// StationHealth says of each thing that the station needs whether it is well.
type StationHealth struct {
	Port, Printer, Record, Clock bool

	Unsynchronised bool // the clock is kept to the time by nothing

	Lacks string // what keeps the printer from printing, a key of the words: "head-open"; "" when nobody knows
}

// AllWell is the health of a station before anything was asked.
var AllWell = StationHealth{Port: true, Printer: true, Record: true, Clock: true}
