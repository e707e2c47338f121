// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// Waiting lists the units of a disposition in which they do not stay: in
// process, quarantined or reworked. skip leaves so many out; [record.MostFound] are
// given at most.
func (d *DHR) Waiting(ctx context.Context, of station.Disposition, skip int) ([]record.Match, error) {
	query := unitsHeld
	if !of.SetAside() {
		query = unitsInProcess
	}
	units, err := d.readUnits(ctx, query, []any{string(of)}, skip)
	return units, store.AsFault(err)
}

// Quarantined and reworked units are few, and have an index of their own. A
// unit that is in process is under an open order: no order is closed over one.
var (
	unitsHeld      = `SELECT serial FROM units WHERE disposition = ?1 AND disposition IN ` + store.SetAside
	unitsInProcess = `SELECT u.serial FROM orders o JOIN units u ON u.work_order = o.id AND u.disposition = ?1 WHERE o.closed = 0`
)

// BoundSince lists the units that were bound at or after a moment; of
// more than mostToday, the newest. skip leaves so many bindings out.
func (d *DHR) BoundSince(ctx context.Context, since time.Time, skip int) ([]record.Match, error) {
	// Bindings are numbered as time goes, so that the newest ones are enough.
	units, err := d.readUnits(ctx, `SELECT serial FROM (SELECT serial, at FROM bindings ORDER BY id DESC LIMIT ?2) WHERE at >= ?1`,
		[]any{store.Stamp(since), mostToday}, skip)
	return units, store.AsFault(err)
}

// readUnits reads a page of the units of a query for serials.
func (d *DHR) readUnits(ctx context.Context, serials string, args []any, skip int) (list []record.Match, err error) {
	page, err := d.pageOf(ctx, serialQuery{serials, args}, record.MostFound, skip)
	if err != nil {
		return nil, err
	}
	return d.Matches(ctx, page)
}

// mostToday is as far as the units of a day are counted.
const mostToday = 10_000

// WorkListCounts counts what waits on each list. midnight is when the day
// began; the units of a day are counted up to mostToday.
func (d *DHR) WorkListCounts(ctx context.Context, midnight time.Time) (map[record.WorkList]int, error) {
	var quarantined, inProcess, alarms, orders, today int
	err := d.reads.Row(ctx, `SELECT (SELECT count(*) FROM (`+unitsHeld+`)), (SELECT count(*) FROM (`+strings.ReplaceAll(unitsInProcess, "?1", "?2")+`)),
		(SELECT count(*) FROM alarms WHERE closed IS NULL),
		(SELECT count(*) FROM orders WHERE closed = 0),
		(SELECT count(*) FROM (SELECT at FROM bindings ORDER BY id DESC LIMIT ?3) WHERE at >= ?4)`,
		[]any{string(station.Quarantined), string(station.InProcess), mostToday, store.Stamp(midnight)}, []any{&quarantined, &inProcess, &alarms, &orders, &today})
	if err != nil {
		return nil, store.AsFault(err)
	}
	lots, err := d.OpenLots(ctx)
	if err != nil {
		return nil, err
	}
	definitions, err := d.Unapproved(ctx)
	return map[record.WorkList]int{
		record.Quarantined: quarantined, record.InProcess: inProcess, record.OpenAlarms: alarms, record.OpenOrders: orders,
		record.LotsToRelease: len(lots), record.ToApprove: len(definitions), record.Today: today,
	}, err
}
