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
	now    time.Time      // read once the write lock is held, so that leaves and times go the same way
	doubt  *station.Fault // that now is not to be believed before a person says so
	self   *self

	program string // that writes, as rows name it

	folded map[column]map[string][]string // keys by their fold, of what was asked for
}

// write runs do in one transaction and seals it with its leaf. When it returns
// without an error, all of it is on disk; with one, none of it is.
func (d *DHR) write(ctx context.Context, a act, do func(*tx) error) (leaf int64, err error) {
	if d.writer == nil {
		return 0, station.NewFault(station.RecordReadOnly, "it was opened to be read only", nil)
	}
	if err := d.writer.begin(ctx); err != nil {
		return 0, d.markBroken(err)
	}
	defer d.writer.end()
	defer func() { err = d.markBroken(err) }() // before the next has its turn
	if d.broken.Load() {
		return 0, station.NewFault(station.RecordFault, "an earlier write failed: start the program again", nil)
	}
	if leaf, err = d.writeLeaves(ctx, a, do); err != nil {
		return 0, err
	}
	return leaf, d.writer.commit(ctx)
}

// writeLeaves writes the leaf of an act, and one of its own where another build
// wrote the leaf before. That comes first, but for an act by which a person
// accepts the clock: nothing is written before it is accepted.
func (d *DHR) writeLeaves(ctx context.Context, a act, do func(*tx) error) (leaf int64, err error) {
	t, err := d.beginLeaf(ctx, a)
	if err != nil {
		return 0, err
	}
	d.self = t.self // of the leaves that are on disk: the next may come to nothing
	was := t.self.build
	due := d.program != (station.Program{}) && !d.program.SameBuild(was)
	if due && !a.settles(station.ClockAhead) {
		if err := d.noteProgram(ctx, was); err != nil {
			return 0, err
		}
		if t, err = d.beginLeaf(ctx, a); err != nil {
			return 0, err
		}
	}
	if err := do(t); err != nil {
		return 0, fault(err)
	}
	if err := t.appendLeaf(); err != nil {
		return 0, fault(err)
	}
	if due && a.settles(station.ClockAhead) {
		err = d.noteProgram(ctx, was)
	}
	return t.leaf.Number, err
}

// markBroken is err as a fault, once it is known whether the disk has failed.
func (d *DHR) markBroken(err error) error {
	if failed(err) {
		d.broken.Store(true)
	}
	return fault(err)
}

// beginLeaf begins a leaf and what it tells of, within a transaction.
func (d *DHR) beginLeaf(ctx context.Context, a act) (*tx, error) {
	t := &tx{ctx: ctx, writer: d.writer, tables: d.tables, program: d.program.String()}
	if err := t.begin(d); err != nil {
		return nil, fault(err)
	}
	t.leaf.Who, t.leaf.Station, t.leaf.What = text(a.who), text(t.self.station), a.what
	t.leaf.Subject, t.leaf.Why = text(a.subject), text(a.why)
	if t.doubt != nil && !a.settles(t.doubt.Code) {
		return nil, t.doubt
	}
	return t, nil
}

func (t *tx) begin(d *DHR) error {
	var last int64
	var raw []byte
	var mark selfMark
	var before time.Time
	// The time stands first in a body, as `{"at":"..."`.
	err := t.get(`SELECT number, hash, substr(body, 8, 24), (SELECT coalesce(max(id), 0) FROM enrolments),
		(SELECT count(*) FROM station_keys), (SELECT coalesce(max(id), 0) FROM programs)
		FROM leaves ORDER BY number DESC LIMIT 1`, nil,
		&last, &raw, (*instant)(&before), &mark.enrolled, &mark.keys, &mark.programs)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	var hash ledger.Hash
	copy(hash[:], raw)
	t.now = d.clock.Now()
	t.doubt = station.CheckClock(before, t.now, ledger.ClockSlack)
	t.leaf = ledger.New(last, hash, t.now)
	t.leaf.Rows = []ledger.Row{}
	t.self, err = d.selfIn(t, mark)
	return err
}

// appendLeaf writes the leaf, which must be the last thing in the transaction.
func (t *tx) appendLeaf() error {
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
