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

// ImportOrders adds work orders. Version 0 takes the newest version of the
// product. The label of a new order's units is drawn, and one that cannot be is
// refused.
func (d *DHR) ImportOrders(ctx context.Context, by string, rows []station.Order) (record.Import, error) {
	// As with products, drawn before the line has to wait; the version that was
	// drawn is the one that the order builds.
	tried, err := d.tryOrders(ctx, rows)
	if err != nil {
		return record.Import{}, err
	}
	return importRows(ctx, d, auditEntry{what: "import", subject: "orders", who: by}, tried, (*tx).importOrder)
}

// triedOrder is a row and what came of drawing the label of its units.
type triedOrder struct {
	station.Order
	wrong []station.FieldError
}

// tryOrders draws the label of each order that the record does not have, and
// pins the version of the product of that order.
func (d *DHR) tryOrders(ctx context.Context, rows []station.Order) ([]triedOrder, error) {
	layouts, err := d.Layouts(ctx)
	if err != nil {
		return nil, err
	}
	tried := make([]triedOrder, len(rows))
	for i, o := range rows {
		tried[i].Order = o
		if d.labels == nil || len(station.CheckOrder(o)) > 0 {
			continue
		}
		_, err := d.Order(ctx, o.ID)
		if err == nil {
			continue // importOrder compares them
		}
		var p station.Product
		if errors.Is(err, store.ErrNotFound) {
			p, err = d.Product(ctx, o.REF, o.Version)
		}
		if errors.Is(err, store.ErrNotFound) {
			continue // importOrder says so
		} else if err != nil {
			return nil, err
		}
		tried[i].Version = p.Version
		if l := layoutIn(layouts, ProductRow{Product: p}); l != nil {
			tried[i].wrong = station.TryOrder(d.labels, l.Text, p, o)
		}
	}
	return tried, nil
}

func (t *tx) importOrder(r triedOrder) (added bool, err error) {
	o := r.Order
	if err := asBadRow(station.CheckOrder(o)); err != nil {
		return false, err
	}
	var was station.Order
	err = t.Get(`SELECT id, ref, version, lot, planned, closed FROM orders WHERE id = ?`, []any{store.Text(o.ID)},
		&was.ID, &was.REF, &was.Version, &was.Lot, &was.Planned, &was.Closed)
	if err == nil {
		return false, asBadRow(station.CheckOrderAgain(o, was))
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if err := t.orderClashes(o); err != nil {
		return false, err
	}
	if err := asBadRow(r.wrong); err != nil {
		return false, err
	}
	version := 0
	err = t.Get(`SELECT version FROM products WHERE `+versionMeant, []any{store.Text(o.REF), o.Version}, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return false, bad("ref", "There is no product %q in the version of order %s.", station.Shown(o.REF), station.Shown(o.ID))
	} else if err != nil {
		return false, err
	}
	_, err = t.Insert("orders", store.Values{
		"id": o.ID, "ref": o.REF, "version": int64(version), "lot": o.Lot, "planned": int64(o.Planned), "closed": flag(o.Closed),
	})
	return true, err
}

func flag(on bool) int64 {
	if on {
		return 1
	}
	return 0
}

// Order is one order with its counts; ErrNotFound when there is none.
func (d *DHR) Order(ctx context.Context, id string) (station.Order, error) {
	var o station.Order
	err := d.reads.Row(ctx, selectOrder+` WHERE o.id = ?`, []any{store.Text(id)}, intoOrder(&o))
	return o, store.AsRowFault(err)
}

// Orders lists all orders, the open ones first.
func (d *DHR) Orders(ctx context.Context) ([]station.Order, error) {
	var list []station.Order
	err := d.reads.Each(ctx, selectOrder+` ORDER BY o.closed, o.id`, nil, func(scan func(...any) error) error {
		var o station.Order
		err := scan(intoOrder(&o)...)
		list = append(list, o)
		return err
	})
	return list, store.AsFault(err)
}

var selectOrder = `SELECT o.id, o.ref, o.version, o.lot, o.planned, o.closed,
	(SELECT count(*) FROM units u WHERE u.work_order = o.id AND u.disposition IN ` + store.TakePlace + `),
	(SELECT count(*) FROM units u WHERE u.work_order = o.id AND u.disposition IN ` + store.CountAsPassed + `),
	(SELECT count(*) FROM attempts a WHERE a.work_order = o.id AND ` + store.AttemptRefused + `),
	(SELECT count(*) FROM units u WHERE u.work_order = o.id AND u.disposition IN ` + store.Reworked + `) FROM orders o`

func intoOrder(o *station.Order) []any {
	return []any{&o.ID, &o.REF, &o.Version, &o.Lot, &o.Planned, &o.Closed, &o.Taken, &o.Passed, &o.Failed, &o.Reworked}
}
