// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"sync"
)

// Pool is a set of connections that prepares each statement once. Statements
// belong to the pool, not to one connection, so that closing it lets go of all
// of them and SQLite can fold its write-ahead log into the file.
type Pool struct {
	*sql.DB
	prepare func(ctx context.Context, text string) (*sql.Stmt, error) // on the database, or on a transaction that reads
	mu      sync.Mutex
	stmts   map[string]*sql.Stmt
}

// WhenPrepared is told of each new statement. Tests hold the plan of each
// against the tables that grow.
var WhenPrepared = func(text string) {}

func newPool(db *sql.DB, conns int) *Pool {
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxLifetime(0)
	return &Pool{DB: db, prepare: db.PrepareContext, stmts: map[string]*sql.Stmt{}}
}

// prepared is the statement, prepared now if need be. The lock is not held
// meanwhile: preparing waits for a connection, and who has that may want the
// lock.
func (p *Pool) prepared(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := p.known(text); s != nil {
		return s, nil
	}
	s, err := p.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	WhenPrepared(text)
	p.mu.Lock()
	defer p.mu.Unlock()
	if faster, ok := p.stmts[text]; ok {
		return faster, s.Close()
	}
	p.stmts[text] = s
	return s, nil
}

// known is the statement if it is prepared, else nil.
func (p *Pool) known(text string) *sql.Stmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stmts[text]
}

// Row asks for one row and scans it; [sql.ErrNoRows] when there is none.
func (p *Pool) Row(ctx context.Context, text string, args, into []any) error {
	s, err := p.prepared(ctx, text)
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx, args...).Scan(into...)
}

// Each asks for rows and calls do for each with the function that scans it.
func (p *Pool) Each(ctx context.Context, text string, args []any, do func(scan func(...any) error) error) error {
	s, err := p.prepared(ctx, text)
	if err != nil {
		return err
	}
	return eachRow(ctx, s, args, do)
}

func (p *Pool) close() error {
	for _, s := range p.stmts {
		s.Close() //nolint:errcheck // closing the pool reports what matters
	}
	return p.DB.Close()
}

// QueryRow asks for one row and scans it; [sql.ErrNoRows] when there is none.
type QueryRow func(text string, args []any, into ...any) error
