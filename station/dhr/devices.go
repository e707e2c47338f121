// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
)

// ListDevice says that a device may feed the record, or that it may no more.
// Only an admin may, with a reason. What it was before stays in the leaves.
func (d *DHR) ListDevice(ctx context.Context, by string, v station.Device, reason string) (leaf int64, err error) {
	what := "revoke-device"
	if v.Allowed {
		what = "allow-device"
	}
	if err := v.AllowName(); err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: what, subject: "device:" + string(v.Kind), who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayListDevices, reason); err != nil {
			return err
		}
		key := []any{string(v.Kind), store.Text(v.Name)}
		var was station.Device
		err := t.Get("SELECT allowed FROM devices WHERE kind = ? AND name = ?", key, &was.Allowed)
		switch {
		case errors.Is(err, sql.ErrNoRows) && !v.Allowed:
			return store.ErrNotFound
		case errors.Is(err, sql.ErrNoRows):
			_, err = t.Insert("devices", store.Values{"kind": string(v.Kind), "name": v.Name, "allowed": flag(v.Allowed)})
			return err
		case err != nil:
			return err
		}
		if err := v.AllowListed(&was); err != nil {
			return err
		}
		return t.Update("devices", key, store.Values{"allowed": flag(v.Allowed)})
	})
}

const selectDevices = `SELECT kind, name, allowed FROM devices `

func (l *deviceList) add(scan func(...any) error) error {
	var v station.Device
	err := scan(&v.Kind, &v.Name, &v.Allowed)
	*l = append(*l, v)
	return err
}

type deviceList station.Devices

// Devices is the list of what may feed the record, by kind and name; empty
// where nothing is checked.
func (d *DHR) Devices(ctx context.Context) (station.Devices, error) {
	l := deviceList{}
	err := d.reads.Each(ctx, selectDevices+`ORDER BY kind, name`, nil, l.add)
	return station.Devices(l), store.AsFault(err)
}

// checkDevice refuses a device by the list as it stands in this transaction.
func (t *tx) checkDevice(kind station.DeviceKind, name string) error {
	l := deviceList{}
	if err := t.Each(selectDevices+`WHERE kind = ?`, []any{string(kind)}, l.add); err != nil {
		return err
	}
	return station.Devices(l).Check(kind, func() string { return store.Text(name) })
}
