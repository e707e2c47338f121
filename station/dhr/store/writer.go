// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"errors"
)

// writer is the connection that writes. It is held for as long as the record
// is open, with its statements prepared, and serves one transaction after the
// other.
type writer struct {
	*sql.Conn
	db    *sql.DB
	turn  chan struct{} // holds one token: who takes it may write
	open  bool          // a transaction is under way
	stmts map[string]*sql.Stmt
}

// unbroken is the context of what a transaction does: statements of
// microseconds, of which each looks at the caller's context first. With a
// context that can end, the driver starts a goroutine for each of them, which
// takes longer than most of them do.
var unbroken = context.Background()

func newWriter(ctx context.Context, db *sql.DB) (*writer, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	w := &writer{Conn: conn, db: db, turn: make(chan struct{}, 1), stmts: map[string]*sql.Stmt{}}
	w.turn <- struct{}{}
	return w, nil
}

// begin starts a transaction that holds the write lock. When it returns
// without an error, end must be called.
func (w *writer) begin(ctx context.Context) error {
	select {
	case <-w.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	err := w.do(ctx, "BEGIN IMMEDIATE")
	if w.open = err == nil; !w.open {
		w.turn <- struct{}{}
	}
	return err
}

// commit makes the transaction durable, or leaves it to end.
func (w *writer) commit(ctx context.Context) error {
	err := w.do(ctx, "COMMIT")
	w.open = err != nil
	return err
}

// end lets the write lock go, and takes back what was not committed.
func (w *writer) end() {
	if w.open {
		w.do(unbroken, "ROLLBACK") //nolint:errcheck // some errors have taken it back already
	}
	w.turn <- struct{}{}
}

func (w *writer) do(ctx context.Context, text string) error {
	return w.with(ctx, text, func(s *sql.Stmt) error {
		_, err := s.ExecContext(unbroken)
		return err
	})
}

// with lends a statement, which stays prepared.
func (w *writer) with(ctx context.Context, text string, do func(*sql.Stmt) error) error {
	s, err := w.prepared(ctx, text) // close lets go of all of them
	if err != nil {
		return err
	}
	return do(s)
}

// prepared is a statement, prepared now if need be; an error when ctx is done.
func (w *writer) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s, ok := w.stmts[text]; ok {
		return s, nil
	}
	s, err := w.PrepareContext(unbroken, text)
	if err == nil {
		w.stmts[text] = s
		WhenPrepared(text)
	}
	return s, err
}

// close lets go of the statements first: with one of them left, SQLite would
// not fold its write-ahead log into the file. It waits for a transaction that
// is under way.
func (w *writer) close() error {
	<-w.turn
	defer func() { w.turn <- struct{}{} }()
	for _, s := range w.stmts {
		s.Close() // closing the connection reports what matters
	}
	if err := w.Conn.Close(); !errors.Is(err, sql.ErrConnDone) { // closed before
		return errors.Join(err, w.db.Close())
	}
	return nil
}
