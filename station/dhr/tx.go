// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bindery/station"
	"bindery/station/ledger"
)

// act says what a transaction is for, in the words of its leaf.
type act struct {
	what    string // a verb
	subject string // kind:name
	who     string // person ID
	why     string
}

// tx is a transaction under way. What it writes is noted in its leaf.
type tx struct {
	ctx    context.Context
	sql    *sql.Tx
	pool   *pool
	tables map[string]table
	leaf   ledger.Leaf
	fresh  []string      // statements to keep prepared from now on
	back   time.Duration // how far the clock is behind the last leaf
	now    time.Time     // read once the write lock is held, so that leaves and times go the same way
}

// write runs do in one transaction and seals it with its leaf. When it returns
// without an error, all of it is on disk; with one, none of it is.
func (d *DHR) write(ctx context.Context, a act, do func(*tx) error) (leaf int64, err error) {
	if d.broken.Load() {
		return 0, station.NewFault(station.RecordFault, "an earlier write failed: start the program again", nil)
	}
	defer func() {
		if failed(err) {
			d.broken.Store(true)
		}
	}()
	t := &tx{ctx: ctx, pool: d.write1, tables: d.tables}
	if t.sql, err = d.write1.BeginTx(ctx, nil); err != nil {
		return 0, fault(err)
	}
	defer t.end()
	if err := t.begin(d.clock); err != nil {
		return 0, fault(err)
	}
	t.leaf.Who, t.leaf.Station, t.leaf.What = text(a.who), text(d.station), a.what
	t.leaf.Subject, t.leaf.Why = text(a.subject), text(a.why)
	if t.back > ledger.ClockSlack && a.what != ledger.SettleClock {
		return 0, station.NewFault(station.ClockBack, t.back.Round(time.Second).String(), nil)
	}
	if err := do(t); err != nil {
		return 0, fault(err)
	}
	if err := t.seal(); err != nil {
		return 0, fault(err)
	}
	return t.leaf.Number, fault(t.sql.Commit())
}

func (t *tx) begin(clock station.Clock) error {
	var last int64
	var raw []byte
	var before time.Time
	err := t.get("SELECT number, hash, json_extract(body, '$.at') FROM leaves ORDER BY number DESC LIMIT 1", nil,
		&last, &raw, (*instant)(&before))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var hash ledger.Hash
	copy(hash[:], raw)
	t.now = clock.Now()
	t.back = before.Sub(t.now)
	t.leaf = ledger.New(last, hash, t.now)
	t.leaf.Rows = []ledger.Row{}
	return nil
}

// seal writes the leaf, which must be the last thing in the transaction.
func (t *tx) seal() error {
	body, hash, err := t.leaf.Encode()
	if err != nil {
		return err
	}
	if err := t.exec("INSERT INTO leaves (number, hash, body) VALUES (?, ?, ?)", t.leaf.Number, hash[:], string(body)); err != nil {
		return err
	}
	nodes, err := ledger.Nodes(t.leaf.Number, hash, hashes(t.get))
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if err := t.exec("INSERT INTO nodes (id, hash) VALUES (?, ?)", n.ID, n.Hash[:]); err != nil {
			return err
		}
	}
	return nil
}

// end lets the connection go, and only then prepares for the next time what
// was new in this transaction: there is no second connection to do it on.
func (t *tx) end() {
	t.sql.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	for _, text := range t.fresh {
		t.pool.prepared(t.ctx, text) //nolint:errcheck // the transaction that needs it will tell
	}
}

func (t *tx) prepared(text string) (*sql.Stmt, error) {
	if s := t.pool.known(text); s != nil {
		return t.sql.StmtContext(t.ctx, s), nil
	}
	t.fresh = append(t.fresh, text)
	return t.sql.PrepareContext(t.ctx, text)
}

func (t *tx) exec(text string, args ...any) error {
	s, err := t.prepared(text)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(t.ctx, args...)
	return err
}

// get asks for one row; [sql.ErrNoRows] when there is none.
func (t *tx) get(text string, args []any, into ...any) error {
	s, err := t.prepared(text)
	if err != nil {
		return err
	}
	return s.QueryRowContext(t.ctx, args...).Scan(into...)
}

// each asks for rows and calls do for each with the function that scans it.
func (t *tx) each(text string, args []any, do func(scan func(...any) error) error) error {
	s, err := t.prepared(text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ids asks for a list of row numbers, which may then be written.
func (t *tx) ids(text string, args ...any) (list []int64, err error) {
	err = t.each(text, args, func(scan func(...any) error) error {
		var id int64
		err := scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}
