// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"bindery/cmd/internal/carrier"
	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/report"
)

// comparison is one under way.
type comparison struct {
	*cli
	flags   *reconcileFlags
	d       *dhr.DHR
	list    *carrier.OpenedList
	hash    string // of the list
	by      string
	name    string // of who compares
	before  []byte // entries of the one that it is held against
	entries reconcile.Entries
	json    *reconcile.Encoder
	file    *report.ReconciliationWriter
	kept    record.Reconciliation
	done    *reconciliation
}

// make compares, keeps the comparison in the record, and only then gives the
// result out.
func (c *comparison) make(ctx context.Context, progress func(reconcile.Progress)) (*reconciliation, error) {
	if err := c.begin(ctx); err != nil {
		return nil, err
	}
	err := c.compare(ctx, progress)
	if err == nil {
		err = c.keep(ctx)
	}
	if err == nil {
		c.done.caseUnits, err = c.flags.caseOf.open(ctx, c.d, c.by, c.flags.reason, c.kept.Run)
	}
	if err == nil {
		err = c.closeOutputs()
	}
	if c.file != nil {
		c.file.Discard()
	}
	if err != nil {
		c.done.close()
		return nil, err
	}
	return c.done, nil
}

// begin makes ready what the result goes to, so that what is wrong with it is
// told before a large list is read.
func (c *comparison) begin(ctx context.Context) (err error) {
	if err := c.person(ctx); err != nil {
		return err
	}
	// Also asked by the record when it is kept.
	earlier, err := c.d.Reconciliations(ctx)
	if err != nil {
		return err
	}
	var had []string
	for _, r := range earlier {
		had = append(had, r.Mapping.Name)
	}
	if err := reconcile.CheckNewName(c.list.Mapping.Name, had); err != nil {
		return err
	}
	c.done = &reconciliation{mapping: c.list.Mapping, caseName: c.flags.caseOf.name, since: c.flags.since, examples: map[reconcile.Class][]reconcile.ClassifiedRow{}}
	// The comparison before is read first, as all that can be missing.
	if c.flags.since != 0 {
		c.before, err = c.d.ReconciliationEntries(ctx, c.flags.since)
		if errors.Is(err, dhr.ErrNotFound) {
			return wrongUse("the record has no comparison with the number %d", c.flags.since)
		} else if err != nil {
			return err
		}
	}
	if c.flags.file != "" {
		if err := c.beginFile(ctx); err != nil {
			return err
		}
	}
	// A list may have a million rows, and JSON is one value: it is gathered in a file
	// that nobody else can open, and shown when it is whole.
	if c.cli.json {
		if c.done.whole, err = os.CreateTemp("", "bindery-*.json"); err != nil {
			return err
		}
		os.Remove(c.done.whole.Name()) // it lives as long as it is open
		c.json = reconcile.NewEncoder(c.done.whole, c.list.Mapping)
	}
	return nil
}

// beginFile begins the file that the result goes to.
func (c *comparison) beginFile(ctx context.Context) error {
	if ext := strings.ToLower(filepath.Ext(c.flags.file)); !slices.Contains(report.ReconciliationForms, ext) {
		return wrongUse("a comparison is written as %s, not as %q", strings.Join(report.ReconciliationForms, ", "), station.Shown(ext))
	}
	var err error
	c.file, err = report.CreateReconciliation(ctx, report.ReconciliationJob{
		File: c.flags.file, Rules: c.flags.rules(c.d.Path()), Whole: c.flags.whole, Mapping: c.list.Mapping,
		Person: c.name, Since: c.flags.since, Program: c.d.Program().String(), At: wire.SystemClock{}.Now(),
	})
	return err
}

// person finds who compares, by name. What they may not is told before the list
// is read.
func (c *comparison) person(ctx context.Context) error {
	var p station.Person
	c.name = c.by
	if !strings.HasPrefix(c.by, station.AccountPrefix) {
		var err error
		if p, err = c.d.Person(ctx, c.by); err != nil {
			return err
		}
		c.name = p.Name + " (" + p.ID + ")"
	}
	// Also asked by the record when it is kept. Here it is told before an hour of
	// reading.
	if c.flags.whole {
		if err := station.Allow(p, station.MayReveal); err != nil {
			return err
		}
	}
	return c.flags.caseOf.allow(ctx, c.d, p)
}

// compare holds the list against the record.
func (c *comparison) compare(ctx context.Context, progress func(reconcile.Progress)) error {
	book, err := c.d.Book(ctx)
	if err != nil {
		return err
	}
	defer book.Close() //nolint:errcheck // it was only read
	c.done.sum, err = c.list.Run(ctx, book, reconcile.Options{Issuer: c.flags.issuer, Row: c.row, Missing: c.missing, Progress: progress})
	if err != nil {
		return err
	}
	// The list is read twice. A portal that writes it anew in between would give rows
	// of two lists, so nothing is kept of it.
	changed, err := c.list.Changed()
	if changed {
		err = wrongUse("%s was changed while it was read; nothing was kept: compare it again", c.list.Name)
	}
	return err
}

// row gives a row to all who want it: the examples for people, the case, what the
// record keeps, and the result as it was asked for.
func (c *comparison) row(r reconcile.ClassifiedRow) error {
	c.done.row(r)
	c.flags.caseOf.take(r.Class, r.Serial)
	err := c.entries.Add(r.Entry)
	if err == nil && c.json != nil {
		err = c.json.Row(r)
	}
	if err == nil && c.file != nil {
		err = c.file.Row(r)
	}
	return err
}

// missing does the same for a SIM of ours that the list lacks, which has no row.
func (c *comparison) missing(card reconcile.Card) error {
	c.done.miss(card)
	c.flags.caseOf.take(reconcile.Missing, card.Serial)
	err := c.entries.Add(card.Entry())
	if err == nil && c.json != nil {
		err = c.json.Missing(card)
	}
	if err == nil && c.file != nil {
		err = c.file.Missing(card)
	}
	return err
}

// keep writes the comparison into the record, then tells what changed.
func (c *comparison) keep(ctx context.Context) error {
	// Before the result: a file that somebody acts on without the record knowing of it
	// could not be explained later.
	packed, err := c.entries.Pack()
	if err != nil {
		return err
	}
	c.kept = c.list.Reconciliation(c.done.sum, c.hash, c.by)
	c.kept.Whole, c.kept.Why = c.flags.whole, c.flags.reason
	c.kept.Run, c.kept.Leaf, err = c.d.RecordReconciliation(ctx, c.kept, packed)
	c.done.run = c.kept.Run
	if err != nil || c.before == nil {
		return err
	}
	if c.json != nil {
		if err := c.json.Changes(); err != nil {
			return err
		}
	}
	var failed error
	for change := range reconcile.Compare(reconcile.Unpack(c.before, &failed), reconcile.Unpack(packed, &failed)) {
		if err := c.change(change); err != nil {
			return err
		}
	}
	return failed
}

// change gives out one difference from the comparison before.
func (c *comparison) change(change reconcile.Change) (err error) {
	c.done.change(change)
	if c.json != nil {
		err = c.json.Change(change)
	}
	if err == nil && c.file != nil {
		err = c.file.Change(change)
	}
	return err
}

// closeOutputs ends what the result goes to.
func (c *comparison) closeOutputs() (err error) {
	if c.json != nil {
		c.json.SetRun(c.done.run)
		err = c.json.Close(c.done.sum)
	}
	if err == nil && c.file != nil {
		c.done.files, err = c.file.Publish(c.done.sum, c.kept)
	}
	if err != nil {
		return fmt.Errorf("the comparison is kept in the record as number %d, and its result could not be given out: %w", c.done.run, err)
	}
	return nil
}

// mappingOf reads a mapping from TOML.
func mappingOf(path string, text []byte) (m reconcile.Mapping, err error) {
	d := toml.NewDecoder(bytes.NewReader(text))
	if err := d.DisallowUnknownFields().Decode(&m); err != nil {
		return m, wrongUse("%s is not a mapping: %v", path, err)
	}
	if m.Name == "" {
		m.Name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	return m, m.Check()
}

// reconcileFlags holds the flags of the verb.
type reconcileFlags struct {
	shape, mapping string
	issuer, badge  string
	since          int64
	whole          bool
	reason         string
	caseOf         classCase
	output
}
