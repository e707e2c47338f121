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
		c.Twin, err = twin(q, serial)
		return c, store.AsFault(err)
	case err != nil:
		return c, err
	}
	c.Unit = &unit
	return c, nil
}

// definitionsOf adds what an order builds, and by which dialect it is read.
func (d *DHR) definitionsOf(ctx context.Context, c *station.UnitContext, order string) (err error) {
	if c.Order, err = d.Order(ctx, order); errors.Is(err, store.ErrNotFound) {
		return station.Refuse(station.OrderUnknown, station.Shown(order))
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
	serial, err := d.inItsCase(ctx, serial)
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
	iccid, _ := identity.ParseICCID(r.ICCID) // what is no ICCID is held by nobody
	var held []station.Binding
	err := d.reads.Each(ctx, selectBinding+` WHERE superseded = 0 AND id IN (
			SELECT id FROM bindings WHERE imei IN (?1, ?2)
			UNION ALL SELECT id FROM bindings WHERE imei2 IN (?1, ?2) AND imei2 <> ''
			UNION ALL SELECT id FROM bindings WHERE iccid = ?3 AND iccid <> ''
			UNION ALL SELECT id FROM bindings WHERE eid = ?4 AND eid <> '')`,
		[]any{r.IMEI, r.IMEI2, string(iccid), r.EID}, func(scan func(...any) error) error {
			var b station.Binding
			err := scan(intoBinding(&b)...)
			held = append(held, b)
			return err
		})
	if err == nil {
		err = d.addHeldElsewhere(ctx, &held, r.IMEI, r.IMEI2, string(iccid), r.EID)
	}
	return held, store.AsFault(err)
}

// addHeldElsewhere adds what holds an identity by an accepted list of another
// system or by a subscription: a binding without a number.
func (d *DHR) addHeldElsewhere(ctx context.Context, held *[]station.Binding, args ...any) error {
	return d.reads.Each(ctx, `SELECT serial, imei, imei2, iccid, eid FROM accepted_bindings WHERE imei IN (?1, ?2) AND imei <> '' AND state = 'live'
		UNION SELECT serial, imei, imei2, iccid, eid FROM accepted_bindings WHERE imei2 IN (?1, ?2) AND imei2 <> '' AND state = 'live'
		UNION SELECT serial, imei, imei2, iccid, eid FROM accepted_bindings WHERE iccid = ?3 AND iccid <> '' AND state = 'live'
		UNION SELECT serial, imei, imei2, iccid, eid FROM accepted_bindings WHERE eid = ?4 AND eid <> '' AND state = 'live'
		UNION SELECT serial, '', '', iccid, eid FROM subscriptions WHERE iccid = ?3 AND ended = ''
		UNION SELECT serial, '', '', iccid, eid FROM subscriptions WHERE eid = ?4 AND eid <> '' AND ended = ''`,
		args, func(scan func(...any) error) error {
			var b station.Binding
			err := scan(&b.Serial, &b.IMEI, &b.IMEI2, &b.ICCID, &b.EID)
			*held = append(*held, b)
			return err
		})
}

const selectBinding = `SELECT id, serial, imei, imei2, iccid, imsi, eid, allocation, maker, model, firmware, at, person FROM bindings`

func intoBinding(b *station.Binding) []any {
	return []any{
		&b.ID, &b.Serial, &b.IMEI, &b.IMEI2, &b.ICCID, &b.IMSI, &b.EID, &b.Allocation, &b.Maker, &b.Model, &b.Firmware,
		(*store.Instant)(&b.At), &b.By,
	}
}
