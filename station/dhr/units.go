// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/identity"
)

// Bind implements [station.Binder].
func (d *DHR) Bind(ctx context.Context, a station.Attempt, b station.Binding) (station.Bound, error) {
	var bound station.Bound
	var err error
	bound.Leaf, err = d.write(ctx, act{what: "bind", subject: "unit:" + b.Serial, who: a.By}, func(t *tx) error {
		if err := t.unit(a, b); err != nil {
			return err
		}
		if err := t.bind(b); err != nil {
			return err
		}
		if bound.Attempt, err = t.open(a); err != nil {
			return err
		}
		// The unit is read back, so that what the run goes on with is what the
		// record holds.
		bound.Unit, err = unitFrom(t.get, b.Serial)
		return err
	})
	if err != nil {
		return station.Bound{}, err
	}
	return bound, nil
}

// unit makes the unit, unless it is there: then it was reworked, or put back
// before it was ever bound.
func (t *tx) unit(a station.Attempt, b station.Binding) error {
	var order string
	var was station.Disposition
	err := t.get("SELECT work_order, disposition FROM units WHERE serial = ?", []any{text(b.Serial)}, &order, &was)
	switch {
	case err == nil && order != text(a.Order):
		return station.Refuse(station.SerialOtherOrder, order)
	case err == nil:
		return onTheLine(was)
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	var ref string
	var version int64
	if err := t.get("SELECT ref, version FROM orders WHERE id = ?", []any{text(a.Order)}, &ref, &version); err != nil {
		return err
	}
	_, err = t.insert("units", row{
		"serial": b.Serial, "work_order": a.Order, "ref": ref, "version": version,
		"disposition": string(station.InProcess), "made": stamp(b.At),
	})
	return err
}

// bind writes the binding and takes its identities. Which of them is held by
// another unit is told by the row that the database refuses.
func (t *tx) bind(b station.Binding) error {
	id, err := t.insert("bindings", row{
		"serial": b.Serial, "superseded": int64(0), "imei": b.IMEI.Full(), "imei2": b.IMEI2.Full(),
		"iccid": b.ICCID.Full(), "imsi": b.IMSI.Full(), "eid": b.EID.Full(), "allocation": b.Allocation,
		"maker": b.Maker, "model": b.Model, "firmware": b.Firmware, "at": stamp(b.At), "person": b.By,
	})
	if taken(err) {
		return station.Refuse(station.SerialInUse, t.heldIMEI(b.Serial))
	} else if err != nil {
		return err
	}
	for _, i := range []struct {
		kind, value string
		alone       station.Code // the refusal when another unit has it; "" when units may share it
	}{
		{"imei", b.IMEI.Full(), station.IMEIInUse},
		{"imei", b.IMEI2.Full(), station.IMEIInUse},
		{"iccid", b.ICCID.Full(), station.ICCIDInUse},
		{"imsi", b.IMSI.Full(), ""},
		{"eid", b.EID.Full(), ""},
	} {
		if i.value == "" {
			continue
		}
		_, err := t.insert("identities", row{"kind": i.kind, "value": i.value, "binding": id, "held": flag(i.alone != "")})
		if taken(err) {
			return station.Refuse(i.alone, t.holder(i.kind, i.value))
		} else if err != nil {
			return err
		}
	}
	return nil
}

// heldIMEI is the IMEI that a serial is bound to, masked.
func (t *tx) heldIMEI(serial string) string {
	var imei identity.IMEI
	if t.get("SELECT imei FROM bindings WHERE serial = ? AND superseded = 0", []any{text(serial)}, &imei) != nil {
		return ""
	}
	return imei.Last4()
}

// holder names the unit that holds an identity.
func (t *tx) holder(kind, value string) string {
	var serial string
	if t.get(`SELECT b.serial FROM identities i JOIN bindings b ON b.id = i.binding
		WHERE i.kind = ? AND i.value = ? AND i.held = 1`, []any{kind, value}, &serial) != nil {
		return ""
	}
	return "unit " + serial
}

// Complete implements [station.Binder].
func (d *DHR) Complete(ctx context.Context, a station.Attempt, print int64) (int64, error) {
	return d.write(ctx, act{what: "complete", subject: "unit:" + a.Serial, who: a.By}, func(t *tx) error {
		if err := t.abortOthers(a); err != nil {
			return err
		}
		if err := t.ended(a); err != nil {
			return err
		}
		if err := t.settle(print, station.PrintVerified, ""); err != nil {
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
	if err := onTheLine(was); err != nil {
		return err
	}
	return t.update("units", []any{text(serial)}, row{"disposition": string(station.Passed)})
}

// onTheLine refuses a unit that a run may not go on with.
func onTheLine(d station.Disposition) error {
	switch d {
	case station.Quarantined:
		return station.Refuse(station.UnitQuarantined, "")
	case station.Scrapped:
		return station.Refuse(station.UnitScrapped, "")
	case station.Released:
		return station.Refuse(station.UnitReleased, "")
	case station.InProcess, station.Reworked, station.Passed:
	}
	return nil
}

// End implements [station.Binder].
func (d *DHR) End(ctx context.Context, a station.Attempt) (int64, error) {
	return d.write(ctx, act{what: string(a.Outcome), subject: "unit:" + a.Serial, who: a.By}, func(t *tx) error {
		if err := t.ended(a); err != nil || a.Alarm == nil {
			return err
		}
		return t.raise(a)
	})
}
