// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
)

// UnitContext implements [station.Records].
func (d *DHR) UnitContext(ctx context.Context, order, serial string) (station.UnitContext, error) {
	c := station.UnitContext{Serial: serial}
	var err error
	if c.Station, err = d.asStation(ctx); err != nil {
		return c, err
	}
	if err := d.definitionsOf(ctx, &c, order); err != nil {
		return c, err
	}
	if c.LineOf, _, err = d.ClearanceDue(ctx, c.Order.ID); err != nil {
		return c, err
	}
	if c.Allocations, err = d.Allocations(ctx); err != nil {
		return c, err
	}
	if c.Devices, err = d.Devices(ctx); err != nil {
		return c, err
	}
	if c.Alarms, err = d.OpenAlarms(ctx, serial); err != nil {
		return c, err
	}
	q := readTx{ctx, d}
	if c.Flags, err = flagsOf(q, serial); err != nil {
		return c, store.AsFault(err)
	}
	if c.Imported, err = originOf(q, serial); err != nil {
		return c, store.AsFault(err)
	}
	unit, err := d.unit(ctx, serial)
	switch {
	case errors.Is(err, store.ErrNotFound):
		c.Twin, err = sameButForCase(q, serial)
		return c, store.AsFault(err)
	case err != nil:
		return c, err
	}
	c.Unit = &unit
	c.JustPassed, err = d.justPassed(ctx, c.Station, serial)
	return c, err
}

// justPassed reports whether the last attempt of the record is one of this station that
// passed a serial.
func (d *DHR) justPassed(ctx context.Context, station, serial string) (is bool, err error) {
	err = d.reads.Row(ctx, `SELECT EXISTS (SELECT 1 FROM attempts WHERE id = (SELECT max(id) FROM attempts)
		AND station = ? AND serial = ? AND outcome = 'pass')`, []any{station, store.Text(serial)}, []any{&is})
	return is, store.AsFault(err)
}

// definitionsOf adds what an order builds, and by which dialect it is read.
func (d *DHR) definitionsOf(ctx context.Context, c *station.UnitContext, order string) (err error) {
	if c.Order, err = d.Order(ctx, order); errors.Is(err, store.ErrNotFound) {
		return unknownOrder(order)
	} else if err != nil {
		return err
	}
	if c.Product, err = d.Product(ctx, c.Order.REF, c.Order.Version); err != nil {
		return err
	}
	may, err := d.MayBuild(ctx, c.Product.REF, c.Product.Version)
	if err != nil {
		return err
	}
	c.Unapproved = !may
	return d.readBy(ctx, c)
}

// Unit is the unit of a serial with its live binding and that binding's last
// print; ErrNotFound when there is none. Other capitals lead to it too.
func (d *DHR) Unit(ctx context.Context, serial string) (station.Unit, error) {
	serial, err := d.spelledAsRecorded(ctx, serial)
	if err != nil {
		return station.Unit{}, err
	}
	return d.unit(ctx, serial)
}

func (d *DHR) unit(ctx context.Context, serial string) (station.Unit, error) {
	get, u := d.reads.QueryRow(ctx), station.Unit{Serial: store.Text(serial)}
	var made string
	err := get(`SELECT u.work_order, u.ref, u.version, o.lot, u.disposition, u.made, u.made_zone
		FROM units u JOIN orders o ON o.id = u.work_order WHERE u.serial = ?`, []any{u.Serial},
		&u.Order, &u.REF, &u.Version, &u.Lot, &u.Disposition, &made, &u.Zone)
	if err != nil {
		return station.Unit{}, store.AsRowFault(err)
	}
	u.Made = store.ParseStamp(made)
	var b station.Binding
	switch err := get(selectBinding+` WHERE serial = ? AND superseded = 0`, []any{u.Serial}, intoBinding(&b)...); {
	case errors.Is(err, sql.ErrNoRows):
		return u, nil
	case err != nil:
		return u, store.AsFault(err)
	}
	u.Binding = &b
	var p station.Print
	switch err := get(selectPrint+` WHERE serial = ? AND binding = ? ORDER BY n DESC LIMIT 1`,
		[]any{u.Serial, b.ID}, intoPrint(&p)...); {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return u, store.AsFault(err)
	default:
		u.Print = &p
	}
	return u, nil
}

// ConflictingBindings implements [station.Records].
func (d *DHR) ConflictingBindings(ctx context.Context, r station.Reading) ([]station.Binding, error) {
	b := station.Binding{IMEI: identity.IMEI(r.IMEI), IMEI2: identity.IMEI(r.IMEI2), EID: identity.EID(r.EID)}
	b.ICCID, _ = identity.ParseICCID(r.ICCID) // what is no ICCID is held by nobody
	q := readTx{ctx, d}
	held, err := conflictsWithOurs(q, b)
	for _, h := range []holder{listedBindings, swappedSIMs} {
		if err == nil {
			var more []station.Binding
			more, err = h.conflicts(q, b)
			held = append(held, more...)
		}
	}
	return held, store.AsFault(err)
}

// readBy fills in what a case says of dialects.
func (d *DHR) readBy(ctx context.Context, c *station.UnitContext) error {
	list, err := d.DialectsOf(ctx, c.Product)
	if err != nil {
		return err
	}
	for _, l := range list {
		c.Dialects = append(c.Dialects, station.DialectRef{Name: l.Name, Hash: l.Hash})
	}
	c.Signed, err = d.Approved(ctx, c.Product.REF, c.Product.Version)
	return err
}
