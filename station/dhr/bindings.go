// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
)

const (
	bindingColumns = `id, serial, imei, imei2, iccid, imsi, eid, allocation, maker, model, firmware, at, person`
	selectBinding  = `SELECT ` + bindingColumns + ` FROM bindings`
)

func intoBinding(b *station.Binding) []any {
	return []any{
		&b.ID, &b.Serial, &b.IMEI, &b.IMEI2, &b.ICCID, &b.IMSI, &b.EID, &b.Allocation, &b.Maker, &b.Model, &b.Firmware,
		(*store.Instant)(&b.At), &b.By,
	}
}

func bindingsBy(q store.Queryer, query string, args ...any) (list []station.Binding, err error) {
	err = q.Each(query, args, func(scan func(...any) error) error {
		var b station.Binding
		err := scan(intoBinding(&b)...)
		list = append(list, b)
		return err
	})
	return list, err
}

func (t *tx) disposition(serial string) (was station.Disposition, err error) {
	err = t.Get("SELECT disposition FROM units WHERE serial = ?", []any{store.Text(serial)}, &was)
	if errors.Is(err, sql.ErrNoRows) {
		return "", store.ErrNotFound
	}
	return was, err
}
