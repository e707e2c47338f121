// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/ledger"
)

// write runs do in one transaction and ends it with its leaf. When it returns
// without an error, all of it is on disk; with one, none of it is.
func (d *DHR) write(ctx context.Context, a auditEntry, do func(*tx) error) (leaf int64, err error) {
	err = d.file.Write(ctx, func(leaves *store.LeafWriter) error {
		leaf, err = d.writeLeaves(leaves, a, do)
		return err
	})
	if err != nil {
		return 0, err
	}
	return leaf, nil
}

// writeMany runs do in one transaction of many leaves: each call of next writes
// one, and one whose function has nothing to write, errNothing, none. A leaf is
// the least that a bundle takes along, so that what is about several units is
// written as one of these, a leaf for each: a bundle of one of them then has
// nothing of the others.
func (d *DHR) writeMany(ctx context.Context, do func(next func(auditEntry, func(*tx) error) error) error) error {
	return d.file.Write(ctx, func(leaves *store.LeafWriter) error {
		err := do(func(a auditEntry, one func(*tx) error) error {
			_, err := d.writeLeaves(leaves, a, one)
			return unlessNothing(err)
		})
		if err != nil {
			d.self = nil // it may be of leaves that come to nothing
		}
		return err
	})
}

// errNothing rolls an import back that is not to be written: there is nothing
// to add, or there are bad rows.
var errNothing = errors.New("nothing to write")

// unlessNothing is err, but for what was not to be written.
func unlessNothing(err error) error {
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// writeLeaves writes the leaf of an act, and one of its own where another build
// wrote the leaf before. That comes first, but for an act by which a person
// accepts the clock: nothing is written before it is accepted.
func (d *DHR) writeLeaves(leaves *store.LeafWriter, a auditEntry, do func(*tx) error) (leaf int64, err error) {
	t, err := d.beginLeaf(leaves, a)
	if err != nil {
		return 0, err
	}
	d.self = t.self // of the leaves that are on disk: the next may come to nothing
	was := t.self.build
	due := d.program != (station.Program{}) && !d.program.SameBuild(was)
	if due && !a.acceptsClock(station.ClockAhead) {
		if err := d.noteProgram(leaves, was); err != nil {
			return 0, err
		}
		if t, err = d.beginLeaf(leaves, a); err != nil {
			return 0, err
		}
	}
	if err := do(t); err != nil {
		return 0, store.AsFault(err)
	}
	if err := t.AppendLeaf(); err != nil {
		return 0, store.AsFault(err)
	}
	if due && a.acceptsClock(station.ClockAhead) {
		err = d.noteProgram(leaves, was)
	}
	return t.Leaf.Number, err
}

// RestoreAct is what the leaf of a restore says: by it a person accepts that the
// clock is far ahead of an old backup.
const RestoreAct = "restore"

// acceptsClock reports whether a person accepts by this act what is wrong with the
// clock: who puts an old backup in place knows that it is old.
func (a auditEntry) acceptsClock(code station.Code) bool {
	return a.what == ledger.SettleClock || a.what == RestoreAct && code == station.ClockAhead
}

// beginLeaf begins a leaf and what it tells of.
func (d *DHR) beginLeaf(leaves *store.LeafWriter, a auditEntry) (*tx, error) {
	begun, err := leaves.Begin(d.clock)
	if err != nil {
		return nil, err
	}
	t := &tx{Tx: begun, program: d.program.String()}
	if t.self, err = d.selfIn(t); err != nil {
		return nil, store.AsFault(err)
	}
	t.Leaf.Who, t.Leaf.Station, t.Leaf.What = store.Text(a.who), store.Text(t.self.station), a.what
	t.Leaf.Subject, t.Leaf.Why = store.Text(a.subject), store.Text(a.why)
	if t.ClockFault != nil && !a.acceptsClock(t.ClockFault.Code) {
		return nil, t.ClockFault
	}
	return t, nil
}

// noteProgram writes the leaf that says that this build writes from now on,
// within the transaction of what it is about to write.
func (d *DHR) noteProgram(leaves *store.LeafWriter, was station.Program) error {
	why := d.program.String()
	if was != (station.Program{}) {
		why += " after " + was.Build()
	}
	t, err := d.beginLeaf(leaves, auditEntry{what: "change-program", subject: "program:" + d.program.Build(), who: d.computer, why: why})
	if err != nil {
		return err
	}
	modified := int64(0)
	if d.program.Modified {
		modified = 1
	}
	if _, err := t.Insert("programs", store.Values{
		"version": d.program.Version, "revision": d.program.Commit, "modified": modified, "go": d.program.Go, "at": store.Stamp(t.Now),
	}); err != nil {
		return store.AsFault(err)
	}
	return store.AsFault(t.AppendLeaf())
}
