// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station/record"
)

const selectLeaf = `SELECT number, lower(hex(hash)), body FROM leaves`

func leafFrom(scan func(...any) error) (record.LeafView, error) {
	var l record.LeafView
	var body string
	err := scan(&l.Number, &l.Hash, &body)
	l.Body = []byte(body)
	return l, err
}

// Head is the last leaf; the zero value in an empty record.
func (r *Reader) Head(ctx context.Context) (record.LeafView, error) {
	l, err := leafFrom(func(into ...any) error {
		return r.Row(ctx, selectLeaf+` ORDER BY number DESC LIMIT 1`, nil, into)
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return l, AsFault(err)
}

// Leaf is one leaf; [ErrNotFound] where there is none of that number.
func (r *Reader) Leaf(ctx context.Context, number int64) (record.LeafView, error) {
	l, err := leafFrom(func(into ...any) error {
		return r.Row(ctx, selectLeaf+` WHERE number = ?`, []any{number}, into)
	})
	return l, AsRowFault(err)
}

// Leaves calls do for every leaf up to number last, in order.
func (r *Reader) Leaves(ctx context.Context, last int64, do func(record.LeafView) error) error {
	return r.Each(ctx, selectLeaf+` WHERE number <= ? ORDER BY number`, []any{last}, func(scan func(...any) error) error {
		l, err := leafFrom(scan)
		if err != nil {
			return err
		}
		return do(l)
	})
}

// LeavesOf calls do with the number of every leaf about a subject.
func (r *Reader) LeavesOf(ctx context.Context, subject string, do func(number int64)) error {
	return AsFault(r.Each(ctx, `SELECT number FROM leaves WHERE subject = ?`, []any{Text(subject)}, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		do(n)
		return err
	}))
}
