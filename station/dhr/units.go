// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station"
	"bindery/station/dhr/store"
)

// Bind implements [station.Binder].
func (d *DHR) Bind(ctx context.Context, a station.Attempt, b station.Binding) (station.Bound, error) {
	var bound station.Bound
	leaf, err := d.write(ctx, auditEntry{what: "bind", subject: "unit:" + b.Serial, who: a.By}, func(t *tx) (err error) {
		bound, err = t.bind(a, b)
		return err
	})
	if err != nil {
		return station.Bound{}, err
	}
	bound.Leaf = leaf
	return bound, nil
}

func (t *tx) bind(a station.Attempt, b station.Binding) (s station.Bound, err error) {
	if _, err := t.asStation(); err != nil {
		return s, err
	}
	if err := t.may(a.By, station.MayProvision); err != nil {
		return s, err
	}
	if err := t.checkNotFlagged(b); err != nil {
		return s, err
	}
	if s.Unit, err = t.unit(a, b); err != nil {
		return s, err
	}
	if s.Unit.Binding, err = t.insertBinding(b); err != nil {
		return s, err
	}
	if err := t.endSwap(s.Unit.Binding); err != nil {
		return s, err
	}
	s.Attempt, err = t.open(a)
	return s, err
}

// unit is the unit, made now unless it is there: then it was reworked, or put
// back before it was ever bound.
func (t *tx) unit(a station.Attempt, b station.Binding) (station.Unit, error) {
	c, err := t.bindContext(store.Text(a.Order), store.Text(b.Serial))
	if err != nil {
		return station.Unit{}, err
	}
	if err := station.AllowBind(c); err != nil {
		return station.Unit{}, err
	}
	if c.Unit != nil {
		return *c.Unit, nil
	}
	made := store.Stamp(b.At)
	u := c.Order.NewUnit(c.Serial, b.At)
	u.Disposition, u.Made = station.InProcess, store.ParseStamp(made)
	_, err = t.Insert("units", store.Values{
		"serial": u.Serial, "work_order": u.Order, "ref": u.REF, "version": int64(u.Version),
		"disposition": string(u.Disposition), "made": made, "made_zone": u.Zone, "folded": station.Fold(u.Serial),
	})
	return u, err
}

// bindContext is what [station.AllowBind] asks of a serial under an order. Since the
// run began somebody may have closed the order, or taken its last place.
func (t *tx) bindContext(order, serial string) (station.UnitContext, error) {
	c := station.UnitContext{Serial: serial, Order: station.Order{ID: order}}
	u, made, o := station.Unit{Serial: serial}, "", &c.Order
	err := t.Get(`SELECT o.ref, o.version, o.lot, o.closed, coalesce(u.work_order, ''), coalesce(u.disposition, ''), coalesce(u.made, ''),
		coalesce(u.made_zone, '')
		FROM orders o LEFT JOIN units u ON u.serial = ?2 WHERE o.id = ?1`, []any{order, serial},
		&o.REF, &o.Version, &o.Lot, &o.Closed, &u.Order, &u.Disposition, &made, &u.Zone)
	if err != nil {
		return c, err
	}
	if u.Order != "" {
		u.REF, u.Version, u.Lot, u.Made = o.REF, o.Version, o.Lot, store.ParseStamp(made)
		c.Unit = &u
		return c, nil
	}
	err = t.Get(`SELECT o.planned, count(u.serial) FILTER (WHERE u.disposition IN `+store.TakePlace+`),
			count(u.serial) FILTER (WHERE u.disposition IN `+store.CountAsPassed+`)
		FROM orders o LEFT JOIN units u ON u.work_order = o.id WHERE o.id = ?`, []any{order}, &o.Planned, &o.Taken, &o.Passed)
	if err != nil {
		return c, err
	}
	if c.Twin, err = sameButForCase(t, serial); err != nil {
		return c, err
	}
	c.Imported, err = originOf(t, serial)
	return c, err
}

// insertBinding writes the binding and gives it as the record holds it.
func (t *tx) insertBinding(b station.Binding) (*station.Binding, error) {
	// The tables refuse a number that is the same to the letter. A SIM has several
	// forms, of which only the rule knows.
	if err := t.refuseInUse(b, nil); err != nil {
		return nil, err
	}
	at := store.Stamp(b.At)
	b.Serial, b.Maker, b.Model, b.Firmware, b.By, b.At = store.Text(b.Serial), store.Text(b.Maker), store.Text(b.Model), store.Text(b.Firmware), store.Text(b.By), store.ParseStamp(at)
	var err error
	b.ID, err = t.Insert("bindings", store.Values{
		"serial": b.Serial, "superseded": int64(0), "imei": b.IMEI.Full(), "imei2": b.IMEI2.Full(),
		"iccid": b.ICCID.Full(), "imsi": b.IMSI.Full(), "eid": b.EID.Full(), "allocation": b.Allocation,
		"maker": b.Maker, "model": b.Model, "firmware": b.Firmware, "at": at, "person": b.By,
	})
	if store.Refused(err) {
		return nil, t.refuseInUse(b, err)
	}
	return &b, err
}

// refuseInUse tells what keeps b from being bound; err when nothing that is known
// does.
func (t *tx) refuseInUse(b station.Binding, err error) error {
	own, failed := bindingsBy(t, selectBinding+` WHERE superseded = 0 AND serial = ?`, b.Serial)
	if failed != nil {
		return failed
	}
	others, failed := conflictsWithOurs(t, b)
	if failed != nil {
		return failed
	}
	if no := station.AllowBinding(b, append(own, others...)); no != nil {
		return no
	}
	if no := allowElsewhere(t, b); no != nil {
		return no
	}
	return err
}

// Complete implements [station.Binder].
func (d *DHR) Complete(ctx context.Context, a station.Attempt, p station.Print) (int64, error) {
	return d.write(ctx, auditEntry{what: "complete", subject: "unit:" + a.Serial, who: a.By}, func(t *tx) error {
		if err := t.abortOthers(a); err != nil {
			return err
		}
		if err := t.endAttempt(a); err != nil {
			return err
		}
		if err := t.prove(p); err != nil {
			return err
		}
		return t.pass(a.Serial)
	})
}

// pass makes the unit passed. Meanwhile another process may have done so, or a
// person may have stopped the unit: then it does not pass.
func (t *tx) pass(serial string) error {
	was, err := t.disposition(serial)
	if err != nil || was == station.Passed {
		return err
	}
	flags, err := flagsOf(t, serial)
	if err != nil {
		return err
	}
	if err := station.AllowPass(was, flags); err != nil {
		return err
	}
	return t.Update("units", []any{store.Text(serial)}, store.Values{"disposition": string(station.Passed)})
}

// End implements [station.Binder].
func (d *DHR) End(ctx context.Context, a station.Attempt) (int64, error) {
	return d.write(ctx, auditEntry{what: string(a.Outcome), subject: "unit:" + a.Serial, who: a.By}, func(t *tx) error {
		if err := t.maskScanned(&a); err != nil {
			return err
		}
		if err := t.endAttempt(a); err != nil || a.Alarm == nil {
			return err
		}
		return t.raise(a)
	})
}
