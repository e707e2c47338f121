// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bindery/station"
	"bindery/station/ledger"
)

// Write runs do in one transaction. When it returns without an error, all of it
// is on disk; with one, none of it is. Errors are as [AsFault] has them.
func (s *Store) Write(ctx context.Context, do func(*LeafWriter) error) (err error) {
	if s.writer == nil {
		return station.NewFault(station.RecordReadOnly, "it was opened to be read only", nil)
	}
	if err := s.writer.begin(ctx); err != nil {
		return s.markBroken(err)
	}
	defer s.writer.end()
	defer func() { err = s.markBroken(err) }() // before the next has its turn
	if s.broken.Load() {
		return station.NewFault(station.RecordFault, "an earlier write failed: start the program again", nil)
	}
	leaves := &LeafWriter{ctx: ctx, store: s}
	if err := do(leaves); err != nil {
		return err
	}
	if err := leaves.addImportedParts(); err != nil {
		return err
	}
	return s.writer.commit(ctx)
}

// markBroken is err as a fault, once it is known whether the disk has failed.
func (s *Store) markBroken(err error) error {
	if failed(err) {
		s.broken.Store(true)
	}
	return AsFault(err)
}

// Begin begins the next leaf, at the time that the clock has now.
func (l *LeafWriter) Begin(clock station.Clock) (*Tx, error) {
	t := &Tx{ctx: l.ctx, writer: l.store.writer, Tables: l.store.Tables, leaves: l}
	var last int64
	var raw []byte
	var before time.Time
	err := t.Get(selectLast, nil, &last, &raw, (*Instant)(&before))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, AsFault(err)
	}
	var hash ledger.Hash
	copy(hash[:], raw)
	t.Now = clock.Now()
	t.ClockFault = station.CheckClock(before, t.Now, ledger.ClockSlack)
	t.Leaf = ledger.New(last, hash, t.Now)
	t.Leaf.Rows = []ledger.RowImage{}
	return t, nil
}

// selectLast is the last leaf. The time stands first in a body, as `{"at":"..."`.
const selectLast = `SELECT number, hash, substr(body, 8, 24) FROM leaves ORDER BY number DESC LIMIT 1`

// CheckClock refuses what a clock would date that a person must accept first, so
// that nothing is done which could then not be recorded.
func (r *Reader) CheckClock(ctx context.Context, clock station.Clock) error {
	var last int64
	var hash []byte
	var before time.Time
	err := r.Row(ctx, selectLast, nil, []any{&last, &hash, (*Instant)(&before)})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return AsFault(err)
	}
	if f := station.CheckClock(before, clock.Now(), ledger.ClockSlack); f != nil {
		return f
	}
	return nil
}

// AppendLeaf writes the leaf, which must be the last thing that is done with it.
func (t *Tx) AppendLeaf() error {
	body, hash, err := t.Leaf.Encode()
	if err != nil {
		return err
	}
	if _, err := t.exec("INSERT INTO leaves (number, hash, body, subject) VALUES (?, ?, ?, ?)",
		t.Leaf.Number, hash[:], string(body), t.Leaf.Subject); err != nil {
		return err
	}
	nodes, err := ledger.Nodes(t.Leaf.Number, hash, Hashes(t.Get))
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if _, err := t.exec("INSERT INTO nodes (id, hash) VALUES (?, ?)", n.ID, n.Hash[:]); err != nil {
			return err
		}
	}
	t.leaves.imported = append(t.leaves.imported, t.imported...)
	if err := t.followParts(); err != nil {
		return err
	}
	return t.followScopes()
}
