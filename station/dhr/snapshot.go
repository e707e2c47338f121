// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station"
	"bindery/station/ledger"
	"bindery/station/record"
)

// Snapshot is the record as it stood at one moment, while others go on writing.
// It holds one connection, and the write-ahead log grows until it is closed.
// It is for one goroutine; a function that is called for each row may ask for
// more.
type Snapshot struct {
	tx   *sql.Tx
	view *DHR // reads through tx, writes nothing
}

// Snapshot takes one. ctx must live as long as the snapshot is used.
func (d *DHR) Snapshot(ctx context.Context) (*Snapshot, error) {
	tx, err := d.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fault(err)
	}
	s := &Snapshot{tx, &DHR{
		path: d.path, clock: d.clock, tables: d.tables,
		reads: &pool{DB: d.reads.DB, prepare: tx.PrepareContext, stmts: map[string]*sql.Stmt{}},
	}}
	if _, err := s.Head(ctx); err != nil { // the first read fixes the moment
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close lets the moment go.
func (s *Snapshot) Close() error { return fault(s.tx.Rollback()) }

// Head is the last leaf; the zero value in an empty record.
func (s *Snapshot) Head(ctx context.Context) (record.Leaf, error) {
	l, err := leafFrom(func(into ...any) error {
		return s.view.reads.row(ctx, selectLeaf+` ORDER BY number DESC LIMIT 1`, nil, into)
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return l, fault(err)
}

// Leaves calls do for every leaf up to number last, in order.
func (s *Snapshot) Leaves(ctx context.Context, last int64, do func(record.Leaf) error) error {
	return s.view.reads.each(ctx, selectLeaf+` WHERE number <= ? ORDER BY number`, []any{last}, func(scan func(...any) error) error {
		l, err := leafFrom(scan)
		if err != nil {
			return err
		}
		return do(l)
	})
}

// Leaf is one leaf.
func (s *Snapshot) Leaf(ctx context.Context, number int64) (record.Leaf, error) {
	l, err := leafFrom(func(into ...any) error {
		return s.view.reads.row(ctx, selectLeaf+` WHERE number = ?`, []any{number}, into)
	})
	return l, known(err)
}

// LeavesOf calls do with the number of every leaf about a subject.
func (s *Snapshot) LeavesOf(ctx context.Context, subject string, do func(number int64)) error {
	return fault(s.view.reads.each(ctx, `SELECT number FROM leaves WHERE subject = ?`, []any{text(subject)}, func(scan func(...any) error) error {
		var n int64
		err := scan(&n)
		do(n)
		return err
	}))
}

const selectLeaf = `SELECT number, lower(hex(hash)), body FROM leaves`

func leafFrom(scan func(...any) error) (record.Leaf, error) {
	var l record.Leaf
	var body string
	err := scan(&l.Number, &l.Hash, &body)
	l.Body = []byte(body)
	return l, err
}

// Prove is [DHR.Prove] for the leaves of the snapshot.
func (s *Snapshot) Prove(ctx context.Context, number, size int64) (tlog.RecordProof, error) {
	return s.view.Prove(ctx, number, size)
}

// Checkpoint is the newest signed note, with the key that checks it; nil when
// there is none.
func (s *Snapshot) Checkpoint(ctx context.Context) (note []byte, c ledger.Checkpoint, public string, err error) {
	notes, err := s.view.Checkpoints(ctx)
	if err != nil || len(notes) == 0 {
		return nil, c, "", err
	}
	keys, err := s.view.Keys(ctx)
	if err != nil {
		return nil, c, "", err
	}
	note = notes[len(notes)-1]
	for _, public = range keys {
		if c, err = ledger.OpenCheckpoint(note, public); err == nil {
			return note, c, public, nil
		}
	}
	return nil, c, "", err
}

// Show is [DHR.Show].
func (s *Snapshot) Show(ctx context.Context, serial string) (record.Unit, error) {
	return s.view.Show(ctx, serial)
}

// Order is [DHR.Order].
func (s *Snapshot) Order(ctx context.Context, id string) (station.Order, error) {
	return s.view.Order(ctx, id)
}

// Orders is [DHR.Orders].
func (s *Snapshot) Orders(ctx context.Context) ([]station.Order, error) { return s.view.Orders(ctx) }

// Product is [DHR.Product].
func (s *Snapshot) Product(ctx context.Context, ref string, version int) (station.Product, error) {
	return s.view.Product(ctx, ref, version)
}

// Allocations is [DHR.Allocations].
func (s *Snapshot) Allocations(ctx context.Context) ([]station.Allocation, error) {
	return s.view.Allocations(ctx)
}

// AllocationUsage is [DHR.AllocationUsage].
func (s *Snapshot) AllocationUsage(ctx context.Context) ([]record.Allocation, error) {
	return s.view.AllocationUsage(ctx)
}

// People is [DHR.People].
func (s *Snapshot) People(ctx context.Context) ([]station.Person, error) { return s.view.People(ctx) }

// Names is [DHR.Names].
func (s *Snapshot) Names(ctx context.Context) (map[string]string, error) { return s.view.Names(ctx) }

// Layouts is [DHR.Layouts].
func (s *Snapshot) Layouts(ctx context.Context) ([]record.Layout, error) { return s.view.Layouts(ctx) }

// Counts is [DHR.Counts].
func (s *Snapshot) Counts(ctx context.Context, order string) (record.OrderCounts, error) {
	return s.view.Counts(ctx, order)
}

// Closing is [DHR.Closing].
func (s *Snapshot) Closing(ctx context.Context, order string) (*record.Closing, error) {
	return s.view.Closing(ctx, order)
}

// Labels is [DHR.Labels].
func (s *Snapshot) Labels(ctx context.Context, order string) (record.OrderLabels, error) {
	return s.view.Labels(ctx, order)
}

// Clearances is [DHR.Clearances].
func (s *Snapshot) Clearances(ctx context.Context, order string) ([]record.Clearance, error) {
	return s.view.Clearances(ctx, order)
}

// Signatures is [DHR.Signatures].
func (s *Snapshot) Signatures(ctx context.Context, subject string) ([]record.Signature, error) {
	return s.view.Signatures(ctx, subject)
}
