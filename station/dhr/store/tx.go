// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"time"

	"bindery/station"
	"bindery/station/ledger"
)

// Tx is one leaf under way, and what it tells of. What it writes is noted in
// its leaf.
type Tx struct {
	Leaf       ledger.Leaf
	Now        time.Time      // read once the write lock is held, so that leaves and times go the same way
	ClockFault *station.Fault // that Now is not to be believed before a person says so

	ctx    context.Context
	writer *writer
	Tables map[string]TableSchema

	leaves   *LeafWriter     // that it is one of
	imported []numberedParts // for the index of parts
}

func (t *Tx) exec(text string, args ...any) (sql.Result, error) {
	var done sql.Result
	err := t.writer.with(t.ctx, text, func(s *sql.Stmt) (err error) {
		done, err = s.ExecContext(unbroken, args...)
		return err
	})
	return done, err
}

// Get asks for one row; [sql.ErrNoRows] when there is none.
func (t *Tx) Get(text string, args []any, into ...any) error {
	return t.writer.with(t.ctx, text, func(s *sql.Stmt) error {
		return s.QueryRowContext(unbroken, args...).Scan(into...)
	})
}

// Each asks for rows and calls do for each with the function that scans it.
func (t *Tx) Each(text string, args []any, do func(scan func(...any) error) error) error {
	return t.writer.with(t.ctx, text, func(s *sql.Stmt) error {
		return eachRow(unbroken, s, args, do)
	})
}

// IDs asks for a list of row numbers, which may then be written.
func (t *Tx) IDs(text string, args ...any) (list []int64, err error) {
	err = t.Each(text, args, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// LeafWriter are those that one transaction of the database writes: mostly one.
type LeafWriter struct {
	ctx   context.Context
	store *Store

	imported []numberedParts // of all leaves, for the index of parts
}
