// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// clearances has a row for each time that a line ([station.LineState]) went over to
// another order.

// takeLine notes, before a label is printed, that the line of this station
// stands for the order of its unit from now on. Where nobody has cleared it,
// the row stays open. It is a commit of its own: the leaf of a print is about
// its unit alone, and this one is due only when orders change.
func (d *DHR) takeLine(ctx context.Context, p station.Print) error {
	var order string
	err := d.reads.Row(ctx, "SELECT work_order FROM units WHERE serial = ?", []any{store.Text(p.Serial)}, []any{&order})
	if err != nil {
		return store.AsRowFault(err)
	}
	name, err := d.Station(ctx)
	if err != nil {
		return err
	}
	if l, err := d.line(ctx, name); err != nil || l.Stands == order {
		return err
	}
	_, err = d.write(ctx, auditEntry{what: "change-order", subject: "station:" + name, who: p.By}, func(t *tx) error {
		name, err := t.asStation()
		if err != nil {
			return err
		}
		l, err := t.line(name)
		if err != nil || l.Stands == order { // another process was faster
			return err
		}
		_, err = t.Insert("clearances", store.Values{
			"station": name, "order_before": l.Stands, "order_after": order, "reason": "", "person": "",
		})
		return err
	})
	return err
}

// ClearanceDue tells whether the line of this station must be cleared before a
// unit of order is built, and of which order.
func (d *DHR) ClearanceDue(ctx context.Context, order string) (before string, due bool, err error) {
	name, err := d.asStation(ctx)
	if err != nil {
		return "", false, err
	}
	l, err := d.line(ctx, name)
	before = l.Due(store.Text(order))
	return before, before != "", err
}

// ClearLine records that the labels left of the order before were counted and
// none goes into order. More than none is for a lead or quality to explain.
func (d *DHR) ClearLine(ctx context.Context, order, by string, leftover int, reason string) (leaf int64, err error) {
	if _, err := d.Order(ctx, order); errors.Is(err, store.ErrNotFound) {
		return 0, unknownOrder(order)
	} else if err != nil {
		return 0, err
	}
	if err := station.CheckText(string(station.MayClearLine), reason); err != nil {
		return 0, err
	}
	name, err := d.asStation(ctx)
	if err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: "clear-line", subject: "station:" + name, who: by, why: reason}, func(t *tx) error {
		name, err := t.asStation()
		if err != nil {
			return err
		}
		if err := t.mayClear(by, leftover, reason); err != nil {
			return err
		}
		l, err := t.line(name)
		if err != nil {
			return err
		}
		if err := l.AllowClear(store.Text(order)); err != nil {
			return err
		}
		counted := store.Values{"leftover": int64(leftover), "reason": reason, "person": by, "at": store.Stamp(t.Now)}
		if l.Stands == store.Text(order) {
			return t.Update("clearances", []any{l.id}, counted)
		}
		counted["station"], counted["order_before"], counted["order_after"] = name, l.Due(store.Text(order)), order
		_, err = t.Insert("clearances", counted)
		return err
	})
}

func (t *tx) mayClear(by string, leftover int, reason string) error {
	p, err := t.person(by)
	if err != nil {
		return err
	}
	return station.AllowClearLine(p, leftover, reason)
}

// lineState is the last row of a station.
type lineState struct {
	id int64
	station.LineState
}

const selectLine = `SELECT id, order_before, order_after, leftover IS NOT NULL FROM clearances WHERE station = ? ORDER BY id DESC LIMIT 1`

func (l *lineState) into() []any { return []any{&l.id, &l.Before, &l.Stands, &l.Counted} }

func (d *DHR) line(ctx context.Context, station string) (l lineState, err error) {
	err = d.reads.Row(ctx, selectLine, []any{store.Text(station)}, l.into())
	if errors.Is(err, sql.ErrNoRows) {
		return lineState{}, nil
	}
	return l, store.AsFault(err)
}

func (t *tx) line(station string) (l lineState, err error) {
	err = t.Get(selectLine, []any{store.Text(station)}, l.into()...)
	if errors.Is(err, sql.ErrNoRows) {
		return lineState{}, nil
	}
	return l, err
}

// Clearances lists how lines went over to an order, the oldest first.
func (d *DHR) Clearances(ctx context.Context, order string) ([]record.Clearance, error) {
	list := []record.Clearance{}
	err := d.reads.Each(ctx, `SELECT station, order_before, order_after, leftover, reason, person, at, leaf
		FROM clearances WHERE order_after = ? ORDER BY id`, []any{store.Text(order)}, func(scan func(...any) error) error {
		var c record.Clearance
		err := scan(&c.Station, &c.Before, &c.After, &c.Leftover, &c.Reason, &c.By, (*store.Instant)(&c.At), &c.Leaf)
		list = append(list, c)
		return err
	})
	return list, store.AsFault(err)
}
