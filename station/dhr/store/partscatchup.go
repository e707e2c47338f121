// SPDX-License-Identifier: Apache-2.0

package store

import "context"

// catchUp has the index of parts follow the rows in the background, where it lacks
// many of them.
func (s *Store) catchUp(ctx context.Context) error {
	behind, err := s.behind(ctx)
	if err != nil || !behind {
		return err
	}
	var while context.Context
	while, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.caughtUp.Go(func() { s.CatchUp(while) }) //nolint:errcheck // the next start goes on
	return nil
}

// CatchUp has the columns of scopes and the index of parts catch up with the rows.
func (s *Store) CatchUp(ctx context.Context) error {
	if err := s.CatchUpScopes(ctx); err != nil {
		return err
	}
	return s.CatchUpParts(ctx)
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
		coalesce((SELECT max(number) FROM leaves) - (SELECT upto FROM parts_reach WHERE source = 'leaves'), 0),
		coalesce((SELECT max(id) FROM bindings) - (SELECT unit FROM scope_reach), 0)) > ?1`, []any{partsAtOnce}, []any{&many})
	if Damaged(err) { // verify says so
		return false, nil
	}
	return many, err
}

// CatchUpScopes has the columns of scopes catch up with the rows, as
// [Store.CatchUpParts] does the index of parts.
func (s *Store) CatchUpScopes(ctx context.Context) error {
	for more := true; more; {
		err := s.Write(ctx, func(*LeafWriter) error {
			t := &Tx{ctx: ctx, writer: s.writer, Tables: s.Tables}
			more = false
			return t.writeUnlessDamaged(scopeTables, func() (err error) {
				more, err = followScopes(t)
				return err
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}
