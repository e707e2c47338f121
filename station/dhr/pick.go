// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"time"

	"bindery/station"
)

// Waiting lists the units of a disposition in which they do not stay: in
// process, quarantined or reworked. skip leaves so many out; [MostFound] are
// given at most.
func (d *DHR) Waiting(ctx context.Context, of station.Disposition, skip int) ([]FoundUnit, error) {
	units, err := d.found(ctx, `SELECT serial FROM units WHERE disposition = ?1 AND `+held, []any{string(of)}, skip)
	return units, fault(err)
}

// held is the condition of the index units_held, which keeps the few units that
// wait apart from the many that do not.
const held = `disposition IN ('in-process', 'quarantined', 'reworked')`

// BoundSince lists the units that were bound at or after a moment; of
// more than mostToday, the newest. skip leaves so many bindings out.
func (d *DHR) BoundSince(ctx context.Context, since time.Time, skip int) ([]FoundUnit, error) {
	// Bindings are numbered as time goes, so that the newest ones are enough.
	units, err := d.found(ctx, `SELECT serial FROM (SELECT serial, at FROM bindings ORDER BY id DESC LIMIT ?2) WHERE at >= ?1`,
		[]any{stamp(since), mostToday}, skip)
	return units, fault(err)
}

// Desk counts what waits for somebody.
type Desk struct {
	Quarantined, InProcess, Alarms, Orders, Lots, Definitions int
	Today                                                     int // units bound since midnight, counted up to mostToday
}

// mostToday is as far as the units of a day are counted.
const mostToday = 10_000

// Desk counts what waits. midnight is when the day began.
func (d *DHR) Desk(ctx context.Context, midnight time.Time) (Desk, error) {
	var k Desk
	err := d.reads.row(ctx, `SELECT (SELECT count(*) FROM units WHERE disposition = 'quarantined' AND `+held+`),
		(SELECT count(*) FROM units WHERE disposition = 'in-process' AND `+held+`),
		(SELECT count(*) FROM alarms WHERE closed IS NULL),
		(SELECT count(*) FROM orders WHERE closed = 0),
		(SELECT count(*) FROM (SELECT at FROM bindings ORDER BY id DESC LIMIT ?) WHERE at >= ?)`,
		[]any{mostToday, stamp(midnight)}, []any{&k.Quarantined, &k.InProcess, &k.Alarms, &k.Orders, &k.Today})
	if err != nil {
		return k, fault(err)
	}
	lots, err := d.OpenLots(ctx)
	if err != nil {
		return k, err
	}
	definitions, err := d.Unapproved(ctx)
	k.Lots, k.Definitions = len(lots), len(definitions)
	return k, err
}
