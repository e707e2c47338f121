// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"

	"bindery/station/dhr/store"
)

// Snapshot is the record as it stood at one moment, while others go on writing.
// It is for one goroutine; a function that is called for each row may ask for
// more.
type Snapshot struct {
	*store.SnapshotReader
	view *DHR // reads through it, writes nothing
}

// Snapshot takes one. ctx must live as long as the snapshot is used.
func (d *DHR) Snapshot(ctx context.Context) (*Snapshot, error) {
	s, err := d.reads.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return &Snapshot{s, &DHR{reads: &s.Reader, clock: d.clock}}, nil
}

// readTx is the record as it stood at one moment.
type readTx struct {
	ctx  context.Context
	view *DHR
}

func (m readTx) Get(text string, args []any, into ...any) error {
	return m.view.reads.Row(m.ctx, text, args, into)
}

func (m readTx) Each(text string, args []any, do func(scan func(...any) error) error) error {
	return m.view.reads.Each(m.ctx, text, args, do)
}

// read runs do over one moment of the record.
func (d *DHR) read(ctx context.Context, do func(readTx) error) error {
	s, err := d.Snapshot(ctx)
	if err != nil {
		return err
	}
	return store.AsFault(errors.Join(do(readTx{ctx, s.view}), s.Close()))
}
