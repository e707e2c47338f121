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

// checked is what a rule says as an error.
func checked(wrong []station.FieldError) error {
	if len(wrong) == 0 {
		return nil
	}
	return badRow(wrong)
}

// errNothing rolls an import back that is not to be written: there is nothing
// to add, or there are bad rows.
var errNothing = errors.New("nothing to write")

// right is what it takes to bring rows of a kind in.
func right(kind string) station.Permission {
	if kind == "people" {
		return station.MayManagePeople
	}
	return station.MayImport
}

// asRow is a refusal as what is wrong with a row.
func asRow(err error, field string) error {
	var no *station.Refusal
	if errors.As(err, &no) {
		return bad(field, "%s", no.Finding.Message)
	}
	return err
}

// importRows adds rows of definitions in one transaction; see importAs.
func importRows[T any](ctx context.Context, d *DHR, a act, rows []T, one func(*tx, T) (bool, error)) (record.Import, error) {
	return importAs(ctx, d, a, right(a.subject), rows, one)
}

// importAs adds rows in one transaction, for who may. one adds a single row and reports
// whether it was new; a badRow error is kept and the next row looked at.
func importAs[T any](ctx context.Context, d *DHR, a act, may station.Permission, rows []T, one func(*tx, T) (bool, error)) (record.Import, error) {
	done := record.Import{Errors: []record.RowError{}}
	_, err := d.write(ctx, a, func(t *tx) error {
		if err := t.allowedHere(a.who, may); err != nil {
			return err
		}
		for i, r := range rows {
			added, err := one(t, r)
			var b badRow
			switch {
			case errors.As(err, &b):
				for _, f := range b {
					done.Errors = append(done.Errors, record.RowError{Row: i + 1, Column: f.Field, Message: f.Message})
				}
			case err != nil:
				return err
			case added:
				done.Added++
			}
		}
		if len(done.Errors) > 0 || done.Added == 0 {
			return errNothing
		}
		return nil
	})
	if len(done.Errors) > 0 {
		done.Added = 0
	}
	if errors.Is(err, errNothing) {
		err = nil
	}
	return done, err
}
