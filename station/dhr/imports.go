// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"fmt"

	"bindery/station"
	"bindery/station/record"
)

// badRow is all that is wrong with a row, for the one who made the file.
type badRow []station.FieldError

func (b badRow) Error() string { return b[0].Message }

func bad(field, format string, args ...any) error {
	return badRow{{Field: field, Message: fmt.Sprintf(format, args...)}}
}

// asBadRow is what a rule says as an error.
func asBadRow(wrong []station.FieldError) error {
	if len(wrong) == 0 {
		return nil
	}
	return badRow(wrong)
}

// asRow is a refusal as what is wrong with a row.
func asRow(err error, field string) error {
	var no *station.Refusal
	if errors.As(err, &no) {
		return bad(field, "%s", no.Finding.Message)
	}
	return err
}

// importRows adds rows of definitions in one transaction and one leaf. one adds a
// single row and reports whether it was new; a badRow error is kept and the next
// row looked at.
func importRows[T any](ctx context.Context, d *DHR, a auditEntry, rows []T, one func(*tx, T) (bool, error)) (record.Import, error) {
	done := record.Import{Errors: []record.RowError{}}
	_, err := d.write(ctx, a, func(t *tx) error {
		if err := t.checkPermissionHere(a.who, station.ImportPermission(a.subject)); err != nil {
			return err
		}
		for i, r := range rows {
			added, err := one(t, r)
			if err := count(&done, i, added, err); err != nil {
				return err
			}
		}
		return anything(done)
	})
	return imported(done, err)
}

// importUnits adds rows that are about units as importRows does, but each under a
// leaf of its own, of which one must make the unit the subject.
func importUnits[T any](ctx context.Context, d *DHR, a auditEntry, may station.Permission, rows []T, one func(*tx, T) (bool, error)) (record.Import, error) {
	done := record.Import{Errors: []record.RowError{}}
	err := d.writeMany(ctx, func(next func(auditEntry, func(*tx) error) error) error {
		for i, r := range rows {
			err := next(a, func(t *tx) error {
				if err := t.checkPermissionHere(a.who, may); err != nil {
					return err
				}
				added, err := one(t, r)
				if err := count(&done, i, added, err); err != nil || added {
					return err
				}
				return errNothing
			})
			if err != nil {
				return err
			}
		}
		return anything(done)
	})
	return imported(done, err)
}

// count takes what became of a row, and gives the error that ends it all.
func count(done *record.Import, i int, added bool, err error) error {
	var b badRow
	if errors.As(err, &b) {
		for _, f := range b {
			done.Errors = append(done.Errors, record.RowError{Row: i + 1, Column: f.Field, Message: f.Message})
		}
		return nil
	}
	if added {
		done.Added++
	}
	return err
}

// anything ends an import that adds nothing, or of which a row is wrong.
func anything(done record.Import) error {
	if len(done.Errors) > 0 || done.Added == 0 {
		return errNothing
	}
	return nil
}

// imported is what an import has done, once it is over.
func imported(done record.Import, err error) (record.Import, error) {
	if len(done.Errors) > 0 {
		done.Added = 0
	}
	return done, unlessNothing(err)
}
