// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
)

// sameButForCase is the serial of a unit from which serial differs, but in capitals only;
// "" when there is none. A unit that was made before serials were folded is
// held against it as well.
func sameButForCase(q store.Queryer, serial string) (other string, err error) {
	fold := station.Fold(store.Text(serial))
	err = q.Get(`SELECT serial FROM units WHERE folded = ?1 AND folded <> '' AND serial <> ?2
		UNION ALL SELECT serial FROM units WHERE folded = '' AND lower(serial) = ?1 AND serial <> ?2
		UNION ALL SELECT serial FROM accepted_units WHERE folded = ?1 AND serial <> ?2 LIMIT 1`,
		[]any{fold, store.Text(serial)}, &other)
	if !errors.Is(err, sql.ErrNoRows) {
		return other, err
	}
	err = q.Each(`SELECT serial FROM units WHERE folded = '' AND serial GLOB '*[^ -~]*'`, nil, func(scan func(...any) error) error {
		var s string
		err := scan(&s)
		if s != store.Text(serial) && station.Fold(s) == fold {
			other = s
		}
		return err
	})
	return other, err
}

// spelledAsRecorded is serial, or where the record has nothing under it, the serial of
// the unit that it differs from in capitals only.
func (d *DHR) spelledAsRecorded(ctx context.Context, serial string) (string, error) {
	q, known := readTx{ctx, d}, false
	err := q.Get(`SELECT EXISTS (SELECT 1 FROM units WHERE serial = ?1) OR EXISTS (SELECT 1 FROM attempts WHERE serial = ?1)
		OR EXISTS (SELECT 1 FROM accepted_units WHERE serial = ?1)`,
		[]any{store.Text(serial)}, &known)
	if err != nil || known {
		return serial, store.AsFault(err)
	}
	other, err := sameButForCase(q, serial)
	if other == "" {
		return serial, store.AsFault(err)
	}
	return other, nil
}
