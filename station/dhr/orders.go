// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
)

// ImportOrders adds work orders. Version 0 takes the newest version of the
// product.
func (d *DHR) ImportOrders(ctx context.Context, by string, rows []station.Order) (Import, error) {
	return importRows(ctx, d, act{what: "import", subject: "orders", who: by}, rows, (*tx).importOrder)
}

func (t *tx) importOrder(o station.Order) (added bool, err error) {
	switch {
	case o.ID == "":
		return false, bad("The order has no number.")
	case o.Planned < 1:
		return false, bad("Order %s plans %d units; it must be at least 1.", o.ID, o.Planned)
	}
	var was station.Order
	err = t.get(`SELECT id, ref, version, lot, planned, closed FROM orders WHERE id = ?`, []any{text(o.ID)},
		&was.ID, &was.REF, &was.Version, &was.Lot, &was.Planned, &was.Closed)
	if err == nil {
		if o.Version == 0 {
			o.Version = was.Version
		}
		o.Taken, o.Passed, o.Failed, o.Reworked, o.Closed = 0, 0, 0, 0, was.Closed
		if o == was {
			return false, nil
		}
		return false, bad("Order %s is in the record with other values.", o.ID)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	version := 0
	err = t.get(`SELECT version FROM products WHERE ref = ? AND ? IN (version, 0) ORDER BY version DESC LIMIT 1`,
		[]any{text(o.REF), o.Version}, &version)
	if errors.Is(err, sql.ErrNoRows) {
		return false, bad("There is no product %q in the version of order %s.", o.REF, o.ID)
	} else if err != nil {
		return false, err
	}
	_, err = t.insert("orders", row{
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

// Order is one order with its counts; ErrUnknown when there is none.
func (d *DHR) Order(ctx context.Context, id string) (station.Order, error) {
	var o station.Order
	err := d.reads.row(ctx, selectOrder+` WHERE o.id = ?`, []any{text(id)}, intoOrder(&o))
	return o, known(err)
}

// Orders lists all orders, the open ones first.
func (d *DHR) Orders(ctx context.Context) ([]station.Order, error) {
	var list []station.Order
	err := d.reads.each(ctx, selectOrder+` ORDER BY o.closed, o.id`, nil, func(scan func(...any) error) error {
		var o station.Order
		err := scan(intoOrder(&o)...)
		list = append(list, o)
		return err
	})
	return list, fault(err)
}

const selectOrder = `SELECT o.id, o.ref, o.version, o.lot, o.planned, o.closed,
	(SELECT count(*) FROM units u WHERE u.work_order = o.id AND u.disposition <> 'scrapped'),
	(SELECT count(*) FROM units u WHERE u.work_order = o.id AND u.disposition IN ('passed', 'released')),
	(SELECT count(*) FROM attempts a WHERE a.work_order = o.id AND a.outcome = 'fail'),
	(SELECT count(*) FROM units u WHERE u.work_order = o.id AND u.disposition = 'reworked') FROM orders o`

func intoOrder(o *station.Order) []any {
	return []any{&o.ID, &o.REF, &o.Version, &o.Lot, &o.Planned, &o.Closed, &o.Taken, &o.Passed, &o.Failed, &o.Reworked}
}
