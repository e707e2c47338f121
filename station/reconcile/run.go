// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"context"
	"errors"
	"io"
)

// Run compares a list with the record. It calls o.Row in the order of the list,
// then o.Missing. It ends early with the error of the record, of a callback or
// of ctx; what was told until then is no result. Errors of the list are *CompareError
// or *table.ReadError.
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
	if err := c.index.resolveDoubts(ctx, book); err != nil {
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
	c.sum = Summary{Shape: f.Mapping.Shape, Totals: Totals{Counts: map[Class]int{}}, Labels: map[Class]int{}}
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
