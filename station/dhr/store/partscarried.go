// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
)

// migrationTx is a step of a migration as [partsTx].
type migrationTx struct {
	ctx context.Context
	*sql.Tx
}

func (m migrationTx) exec(text string, args ...any) (sql.Result, error) {
	return m.ExecContext(m.ctx, text, args...)
}

func (m migrationTx) Get(text string, args []any, into ...any) error {
	return m.QueryRowContext(m.ctx, text, args...).Scan(into...)
}

func (m migrationTx) Each(text string, args []any, do func(scan func(...any) error) error) error {
	s, err := m.PrepareContext(m.ctx, text)
	if err != nil {
		return err
	}
	defer s.Close()
	return eachRow(m.ctx, s, args, do)
}

// partsSince is the version of the tables from which on there is an index of parts.
const partsSince = 10

// carryParts enters into the index what must be there from the start; bindings,
// leaves and prints, which are many, follow once the record is open.
func carryParts(t partsTx) error {
	for _, s := range PartSources {
		if s.Behind {
			continue
		}
		for last, n := int64(0), partsAtOnce; n == partsAtOnce; {
			var err error
			if last, n, err = addAfter(t, s, last, partsAtOnce); err != nil {
				return err
			}
		}
	}
	return nil
}

// CatchUpParts has the index of parts catch up with the rows, a little at a time so
// that a bind never waits for long. What is not in it yet is read row by row.
func (s *Store) CatchUpParts(ctx context.Context) error {
	for more := true; more; {
		err := s.Write(ctx, func(*LeafWriter) (err error) {
			more, err = followParts(&Tx{ctx: ctx, writer: s.writer, Tables: s.Tables})
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// behind reports whether the index lacks more rows than the next leaf adds. One that
// is damaged does not keep a record from being opened.
func (s *Store) behind(ctx context.Context) (many bool, err error) {
	err = s.Row(ctx, `SELECT max(coalesce((SELECT max(id) FROM bindings) - (SELECT upto FROM parts_reach WHERE source = 'bindings'), 0),
		coalesce((SELECT max(number) FROM leaves) - (SELECT upto FROM parts_reach WHERE source = 'leaves'), 0)) > ?1`, []any{partsAtOnce}, []any{&many})
	if Damaged(err) { // verify says so
		return false, nil
	}
	return many, err
}
