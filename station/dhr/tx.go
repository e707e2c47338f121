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
	writer *writer
	tables map[string]table
	leaf   ledger.Leaf
	back   time.Duration // how far the clock is behind the last leaf
	now    time.Time     // read once the write lock is held, so that leaves and times go the same way
}

// write runs do in one transaction and seals it with its leaf. When it returns
// without an error, all of it is on disk; with one, none of it is.
func (d *DHR) write(ctx context.Context, a act, do func(*tx) error) (leaf int64, err error) {
	if d.writer == nil {
		return 0, station.NewFault(station.RecordReadOnly, "it was opened to be read only", nil)
	}
	if err := d.writer.begin(ctx); err != nil {
		return 0, d.noted(err)
	}
	defer d.writer.end()
	defer func() { err = d.noted(err) }() // before the next has its turn
	if d.broken.Load() {
		return 0, station.NewFault(station.RecordFault, "an earlier write failed: start the program again", nil)
	}
	if leaf, err = d.writeLeaf(ctx, a, do); err != nil {
		return 0, err
	}
	return leaf, d.writer.commit(ctx)
}

// noted is err as a fault, once it is known whether the disk has failed.
func (d *DHR) noted(err error) error {
	if failed(err) {
		d.broken.Store(true)
	}
	return fault(err)
}

// writeLeaf writes one leaf and what it tells of, within a transaction.
func (d *DHR) writeLeaf(ctx context.Context, a act, do func(*tx) error) (int64, error) {
	t := &tx{ctx: ctx, writer: d.writer, tables: d.tables}
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
	return t.leaf.Number, fault(t.seal())
}

func (t *tx) begin(clock station.Clock) error {
	var last int64
	var raw []byte
	var before time.Time
	// The time stands first in a body, as `{"at":"..."`.
	err := t.get("SELECT number, hash, substr(body, 8, 24) FROM leaves ORDER BY number DESC LIMIT 1", nil,
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
	if _, err := t.exec("INSERT INTO leaves (number, hash, body, subject) VALUES (?, ?, ?, ?)",
		t.leaf.Number, hash[:], string(body), t.leaf.Subject); err != nil {
		return err
	}
	nodes, err := ledger.Nodes(t.leaf.Number, hash, hashes(t.get))
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if _, err := t.exec("INSERT INTO nodes (id, hash) VALUES (?, ?)", n.ID, n.Hash[:]); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) exec(text string, args ...any) (sql.Result, error) {
	s, err := t.writer.prepared(t.ctx, text)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(unbroken, args...)
}

// get asks for one row; [sql.ErrNoRows] when there is none.
func (t *tx) get(text string, args []any, into ...any) error {
	s, err := t.writer.prepared(t.ctx, text)
	if err != nil {
		return err
	}
	return s.QueryRowContext(unbroken, args...).Scan(into...)
}

// each asks for rows and calls do for each with the function that scans it.
func (t *tx) each(text string, args []any, do func(scan func(...any) error) error) error {
	s, err := t.writer.prepared(t.ctx, text)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(unbroken, args...)
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
