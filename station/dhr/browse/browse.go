// SPDX-License-Identifier: Apache-2.0

// Package browse leads through a record from any fact to any other: nodes, the
// page of each and the links between them. It only reads, but for the leaf that
// says that somebody was shown identities.
package browse

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// Browser leads through a record.
type Browser struct{ dhr *dhr.DHR }

// New leads through an open record.
func New(d *dhr.DHR) Browser { return Browser{d} }

// Page reads what there is to see at a place: the row, held against its leaf,
// and that leaf with its proof. Identities and badges are masked. A place that
// is not in the record gives [dhr.ErrNotFound].
func (b Browser) Page(ctx context.Context, p record.Node) (record.Page, error) {
	return b.page(ctx, p, false)
}

// page reads in one snapshot, so that its parts agree with each other while the
// line goes on writing.
func (b Browser) page(ctx context.Context, p record.Node, whole bool) (page record.Page, err error) {
	snap, err := b.dhr.Snapshot(ctx)
	if err != nil {
		return page, err
	}
	defer func() { err = errors.Join(err, snap.Close()) }()
	page, err = browse(ctx, snap, whole).page(p)
	return page, store.AsRowFault(err)
}

// PageUnmasked is [Browser.Page] with the identities whole, of a place that is
// about one unit. That it is shown, and to whom, is in the record first: see
// [dhr.DHR.Reveal].
func (b Browser) PageUnmasked(ctx context.Context, by string, p record.Node) (record.Page, error) {
	masked, err := b.Page(ctx, p)
	if err != nil || masked.Units.Kind != record.KindUnit {
		return masked, err
	}
	if _, err := b.dhr.Reveal(ctx, by, "show-identity", []string{masked.Units.Name}, string(p.Kind)+" "+p.Name); err != nil {
		return masked, err
	}
	return b.page(ctx, p, true)
}

func (w *snapshotBrowser) page(p record.Node) (record.Page, error) {
	s := record.Page{Node: p, Title: w.masked(p.Name), Whole: w.whole}
	var err error
	switch table := nodeSources[p.Kind].table; {
	case table != "":
		if err = w.rowPage(&s, table); err == nil && p.Kind == record.KindOrder {
			err = w.countSerials(&s)
		}
	case p.Kind == record.KindSearch:
		s.Search, err = w.interpreted(p.Name)
	case p.Kind == record.KindLeaf:
		s.Leaf, err = w.leafNumbered(p.Name)
	case p.Kind == record.KindLot || p.Kind == record.KindDates:
		err = w.countSerials(&s)
	}
	if err != nil {
		return s, err
	}
	s.Units, err = w.unitsAt(p)
	return s, err
}

// rowPage fills in a place that is a row. A serial that was only ever refused
// has no row, and is a place all the same.
func (w *snapshotBrowser) rowPage(s *record.Page, table string) error {
	def := w.Tables[table]
	values, into := store.Slots(len(def.Columns))
	err := w.Row(w.ctx, def.Select, keyOfNode(s.Node), into)
	if errors.Is(err, sql.ErrNoRows) && s.Kind == record.KindUnit {
		return w.describeUnbuilt(s)
	} else if err != nil {
		return err
	}
	r := store.Values{}
	for i, c := range def.Columns {
		r[c] = values[i]
	}
	if err := w.describe(s, table, def, r); err != nil {
		return err
	}
	s.Leaf, err = w.behind(table, def, r)
	return err
}

// describeUnbuilt tells of a serial that was only tried: it has no row of its own, and
// an auditor who holds the device still finds it.
func (w *snapshotBrowser) describeUnbuilt(s *record.Page) error {
	var n int
	err := w.Row(w.ctx, `SELECT count(*) FROM attempts WHERE serial = ?`, keyOfNode(s.Node), []any{&n})
	if err == nil && n == 0 {
		err = sql.ErrNoRows
	}
	s.State = string(station.Fail)
	return err
}

// countSerials counts the serials of a lot, an order or some days: units by what
// became of them, and those that were only refused.
func (w *snapshotBrowser) countSerials(s *record.Page) error {
	scope, err := SubjectOf(s.Node)
	if err != nil {
		return err
	}
	n, err := w.Count(w.ctx, scope)
	if err != nil {
		return err
	}
	counts, err := w.CountBy(w.ctx, scope, "disposition")
	if err != nil {
		return err
	}
	s.Facts = append(s.Facts, record.Fact{Name: "serials", Value: decimal(n)})
	for _, t := range counts {
		s.Facts = append(s.Facts, record.Fact{Name: t.Name, Value: decimal(t.N)})
	}
	return nil
}

// unitsAt is the place whose records can be handed over from p: p itself where
// that gathers units, or the unit that it is about.
func (w *snapshotBrowser) unitsAt(p record.Node) (record.Node, error) {
	from := nodeSources[p.Kind]
	if from.by != "" {
		return p, nil
	}
	if from.unit == "" {
		return record.Node{}, nil
	}
	var serial string
	err := w.Row(w.ctx, from.unit, keyOfNode(p), []any{&serial})
	if errors.Is(err, sql.ErrNoRows) || serial == "" {
		return record.Node{}, nil
	}
	return record.Node{Kind: record.KindUnit, Name: serial}, err
}

// Links lists where one can go from a node: up to n links from number from on,
// and of how many. The order is the same each time, so that a lot of any size
// can be read a page at a time.
func (b Browser) Links(ctx context.Context, p record.Node, from, n int) (list []record.Link, of int, err error) {
	return b.links(ctx, p, from, n, false)
}

func (b Browser) links(ctx context.Context, p record.Node, from, n int, whole bool) (list []record.Link, of int, err error) {
	snap, err := b.dhr.Snapshot(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, snap.Close()) }()
	w := browse(ctx, snap, whole)
	switch {
	case p.Kind == record.KindSearch:
		list, err = w.search(p.Name)
	case p.Kind == record.KindLeaf:
		list, err = w.leafLinks(p.Name)
	default:
		return w.links(p, from, n)
	}
	of = len(list)
	return list[min(from, of):min(from+n, of)], of, err
}
