// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station"
	"bindery/station/dhr/store"
)

// ShiftPerformance is what this station has done since its last long pause
// ([station.LastShift]).
func (d *DHR) ShiftPerformance(ctx context.Context) (station.Performance, error) {
	name, err := d.Station(ctx)
	if err != nil {
		return station.Performance{}, err
	}
	last, err := d.attemptEnds(ctx, "station = ? AND id > (SELECT max(id) FROM attempts) - ? ORDER BY id", name, mostInShift)
	now := d.clock.Now()
	return station.PerformanceOf(station.LastShift(last, now), now), err
}

// mostInShift is how many attempts of the record are looked at for a shift.
const mostInShift = 5000

// OrderPerformance is what all stations have done under an order.
func (d *DHR) OrderPerformance(ctx context.Context, order string) (station.Performance, error) {
	all, err := d.attemptEnds(ctx, "work_order = ? ORDER BY id", store.Text(order))
	return station.PerformanceOf(all, d.clock.Now()), err
}

// attemptEnds reads those of the ended attempts that a condition has.
func (d *DHR) attemptEnds(ctx context.Context, where string, args ...any) (list []station.AttemptEnd, err error) {
	err = d.reads.Each(ctx, "SELECT serial, outcome, started, ended FROM attempts WHERE outcome IS NOT NULL AND "+where, args,
		func(scan func(...any) error) error {
			var a station.AttemptEnd
			err := scan(&a.Serial, &a.Outcome, (*store.Instant)(&a.Started), (*store.Instant)(&a.Ended))
			list = append(list, a)
			return err
		})
	return list, store.AsFault(err)
}
