// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"sync"
)

// mostKept is how many statements a pool keeps prepared: more than there are
// constant texts. What people search for makes texts of its own, without end.
const mostKept = 512

// Pool is a set of connections that prepares each statement once, as long as
// it is among those used last. Statements belong to the pool, not to one
// connection, so that closing it lets go of all of them and SQLite can fold its
// write-ahead log into the file.
type Pool struct {
	*sql.DB
	prepare func(ctx context.Context, text string) (*sql.Stmt, error) // on the database, or on a transaction that reads
	most    int                                                       // statements that are kept
	mu      sync.Mutex
	kept    map[string]*preparedStatement
	uses    int64 // so far, which is the time that [statement.last] goes by
}

// preparedStatement is a prepared one. It is closed when it is no longer kept and
// nobody is using it.
type preparedStatement struct {
	*sql.Stmt
	users int
	last  int64 // use
	kept  bool
}

// WhenPrepared is told of each new statement. Tests hold the plan of each
// against the tables that grow.
var WhenPrepared = func(text string) {}

func newPool(db *sql.DB, conns int) *Pool {
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	db.SetConnMaxLifetime(0)
	return poolOf(db, db.PrepareContext)
}

func poolOf(db *sql.DB, prepare func(context.Context, string) (*sql.Stmt, error)) *Pool {
	return &Pool{DB: db, prepare: prepare, most: mostKept, kept: map[string]*preparedStatement{}}
}

// prepared is the statement, prepared now if need be, to be released after use.
// The lock is not held meanwhile: preparing waits for a connection, and who has
// that may want the lock.
func (p *Pool) prepared(ctx context.Context, text string) (*preparedStatement, error) {
	if s := p.use(text, nil); s != nil {
		return s, nil
	}
	made, err := p.prepare(ctx, text)
	if err != nil {
		return nil, err
	}
	WhenPrepared(text)
	s := p.use(text, made)
	if s.Stmt != made { // another was faster
		made.Close() //nolint:sqlclosecheck // at once: nobody has used it
	}
	return s, nil
}

// use takes the statement that is kept, or else keeps the one made, in place of
// the one that was used least lately; nil where there is neither.
func (p *Pool) use(text string, made *sql.Stmt) *preparedStatement {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.kept[text]
	switch {
	case s == nil && made == nil:
		return nil
	case s == nil:
		p.makeRoom()
		s = &preparedStatement{Stmt: made, kept: true}
		p.kept[text] = s
	}
	p.uses++
	s.users++
	s.last = p.uses
	return s
}

// makeRoom lets the statement go that was used least lately, where all are kept
// that may be.
func (p *Pool) makeRoom() {
	if len(p.kept) < p.most {
		return
	}
	oldest := ""
	for text, s := range p.kept {
		if oldest == "" || s.last < p.kept[oldest].last {
			oldest = text
		}
	}
	s := p.kept[oldest]
	delete(p.kept, oldest)
	if s.kept = false; s.users == 0 {
		s.Close() // it has been used to its end
	}
}

func (p *Pool) release(s *preparedStatement) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.users--; s.users == 0 && !s.kept {
		s.Close() // it has been used to its end
	}
}

// Row asks for one row and scans it; [sql.ErrNoRows] when there is none.
func (p *Pool) Row(ctx context.Context, text string, args, into []any) error {
	s, err := p.prepared(ctx, text)
	if err != nil {
		return err
	}
	defer p.release(s)
	return s.QueryRowContext(ctx, args...).Scan(into...)
}

// Each asks for rows and calls do for each with the function that scans it.
func (p *Pool) Each(ctx context.Context, text string, args []any, do func(scan func(...any) error) error) error {
	s, err := p.prepared(ctx, text)
	if err != nil {
		return err
	}
	defer p.release(s)
	return eachRow(ctx, s.Stmt, args, do)
}

func (p *Pool) close() error {
	for _, s := range p.kept {
		s.Close() // closing the pool reports what matters
	}
	return p.DB.Close()
}

// QueryRow asks for one row and scans it; [sql.ErrNoRows] when there is none.
type QueryRow func(text string, args []any, into ...any) error
