// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"context"
	"errors"
	"io"

	"bindery/station/identity"
)

// ClassifiedRow is what a row of the list is.
type ClassifiedRow struct {
	Line   int     // of the text, from 1; of a workbook the row, in JSON the place in the list
	Class  Class   // the first that holds
	Labels []Class // all that hold
	Serial string  // of the unit whose SIM it is; "" for none, and where the number cannot be trusted
	Damage Damage  // of a malformed row
	State  string  // as the list has it
	Active bool    // whether the state lets the SIM connect
	Flags  []string
	ICCID  identity.ICCID // as the list has it; "" for a damaged one
	IMEI   identity.IMEI  // the first 14 digits that the list has; "" for none
	SIM    identity.ICCID // as the record has it, else as the list has it; "" where it cannot be trusted
}

// Besides is what else is to be told of a row than its class: why it is
// malformed, what else holds, and the flags of its unit. A row has one class and
// may deserve several: the first is what to do, and the others are not lost.
func (r ClassifiedRow) Besides() []string {
	var all []string
	if r.Damage != "" {
		all = append(all, string(r.Damage))
	}
	for _, l := range r.Labels {
		if l != r.Class {
			all = append(all, string(l))
		}
	}
	return append(all, r.Flags...)
}

// Entry is what is kept of the row to be held against the next list.
func (r ClassifiedRow) Entry() Entry {
	return Entry{SIM: r.SIM, Serial: r.Serial, Class: r.Class, Device: r.IMEI}
}

// Progress is how far a comparison is.
type Progress struct {
	Reading int // 1 or 2: a list is read twice
	Rows    int
	Of      int // rows in all; 0 while they are not known
}

// Options say how to compare.
type Options struct {
	Issuer   string // beginning of the ICCIDs that the list should have; "" finds it out
	Row      func(ClassifiedRow) error
	Missing  func(Card) error // each live SIM of the issuer that the list lacks
	Progress func(Progress)   // now and then
}

// Summary is what a comparison came to.
type Summary struct {
	Shape   string
	Rows    int           // of data
	Counts  map[Class]int // rows by class; those of [Ignore] too
	Labels  map[Class]int
	Missing int
	Issuers []string // whose SIMs were looked for
	Unread  int      // rows whose ICCID is damaged: the SIM of each may count as missing
}

// Run compares a list with the record. It calls o.Row in the order of the list,
// then o.Missing. It ends early with the error of the record, of a callback or
// of ctx; what was told until then is no result. Errors of the list are *Error
// or *table.Error.
func (f *ListFile) Run(ctx context.Context, book Book, o Options) (Summary, error) {
	c, err := f.comparer(book, o)
	if err != nil {
		return Summary{}, err
	}
	err = c.each(ctx, 1, func(e *mappedRow) error {
		if !e.data {
			return nil
		}
		return c.index.take(ctx, book, e)
	})
	if err != nil {
		return Summary{}, err
	}
	if err := c.index.settle(ctx, book); err != nil {
		return Summary{}, err
	}
	c.sum.Rows = c.index.rows
	err = c.each(ctx, 2, func(e *mappedRow) error {
		if c.waiting = append(c.waiting, *e); len(c.waiting) < batch {
			return nil
		}
		return c.flush(ctx)
	})
	if err == nil {
		err = c.flush(ctx)
	}
	if err == nil {
		err = c.missing(ctx)
	}
	return c.sum, err
}

// comparer compares one list.
type comparer struct {
	f       *ListFile
	book    Book
	o       Options
	read    *rowReader
	states  states
	known   map[string]bool // state: whether it connects
	index   index
	waiting []mappedRow
	sum     Summary
}

func (f *ListFile) comparer(book Book, o Options) (*comparer, error) {
	if err := f.Mapping.Check(); err != nil {
		return nil, err
	}
	p, err := f.Mapping.place(f.Header)
	if err != nil {
		return nil, err
	}
	c := &comparer{f: f, book: book, o: o, read: newReader(p, f.Header), states: general, known: map[string]bool{}}
	c.index.issuer = map[string]int{}
	c.sum = Summary{Shape: f.Mapping.Shape, Counts: map[Class]int{}, Labels: map[Class]int{}}
	if s := shapeNamed(f.Mapping.Shape); s != nil {
		c.states = s.states()
	}
	for state, yes := range f.Mapping.States {
		c.known[state] = yes
	}
	return c, nil
}

// every is how many rows go by between two calls of Progress.
const every = 4096

// each reads the list from its beginning.
func (c *comparer) each(ctx context.Context, reading int, do func(*mappedRow) error) error {
	t, err := c.f.open()
	if err != nil {
		return err
	}
	defer t.Close() //nolint:errcheck // it was only read
	for n := 0; ; n++ {
		if n%every == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if c.o.Progress != nil {
				c.o.Progress(Progress{Reading: reading, Rows: n, Of: c.sum.Rows})
			}
		}
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if row.Number == c.f.body && c.f.Header != nil && c.f.Line > 0 {
			continue // the header
		}
		e := mappedRow{line: row.Line}
		if row.Number > c.f.body {
			e = c.read.read(&row)
		}
		if err := do(&e); err != nil {
			return err
		}
	}
}

// missing tells the live SIMs that the list lacks.
func (c *comparer) missing(ctx context.Context) error {
	c.sum.Issuers = c.index.issuers()
	if c.o.Issuer != "" {
		c.sum.Issuers = []string{c.o.Issuer}
	}
	for _, issuer := range c.sum.Issuers {
		err := c.book.Live(ctx, issuer, func(card Card) error {
			if c.index.has(card.ICCID) {
				return nil
			}
			c.sum.Missing++
			if c.o.Missing == nil {
				return ctx.Err()
			}
			return c.o.Missing(card)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
