// SPDX-License-Identifier: Apache-2.0

package browse

import (
	"database/sql"
	"slices"
	"time"

	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/record"
)

// links counts each relation and reads those that stand on the page.
func (w *snapshotBrowser) links(p record.Node, from, n int) (list []record.Link, of int, err error) {
	args, err := w.argsOf(p)
	if err != nil {
		return nil, 0, err
	}
	for _, set := range relations[p.Kind] {
		var count int
		if err := w.Row(w.ctx, `SELECT count(*) FROM (`+set.rows+`)`, args, []any{&count}); err != nil {
			return nil, 0, store.AsFault(err)
		}
		first := max(0, from-of)
		if room := n - len(list); room > 0 && first < count {
			if list, err = w.appendLinks(list, set, args, room, first); err != nil {
				return nil, 0, store.AsFault(err)
			}
		}
		of += count
	}
	return list, of, nil
}

// argsOf are ?1 and ?2 of the queries for a place.
func (w *snapshotBrowser) argsOf(p record.Node) ([]any, error) {
	if p.Kind != record.KindDates {
		return append(keyOfNode(p), "")[:2], nil
	}
	scope, err := SubjectOf(p)
	return dhr.SubjectArgs(scope), err
}

// appendLinks adds the nodes of one relation, as many as there is room for: a lot
// has thousands, and a screen shows a page.
func (w *snapshotBrowser) appendLinks(list []record.Link, set relation, args []any, room, first int) ([]record.Link, error) {
	args, before := append(slices.Clone(args), room, first), len(list)
	err := w.Each(w.ctx, `SELECT * FROM (`+set.rows+`) LIMIT ?3 OFFSET ?4`, args, func(scan func(...any) error) error {
		one := record.Link{To: record.Node{Kind: set.kind}}
		var at sql.NullString
		if err := scan(&one.To.Name, &one.Text, &one.State, &at, &one.By); err != nil {
			return err
		}
		if at.String != "" {
			one.At = store.ParseStamp(at.String)
		}
		one.Text = w.masked(one.Text)
		list = append(list, one)
		return nil
	})
	for i := before; i < len(list) && err == nil; i++ {
		list[i].By, err = w.named(list[i].By) // what is no person stays as it is
	}
	return list, err
}

// leafLinks leads from a leaf to each row that it wrote, to who did it, and
// to the leaves before and after.
func (w *snapshotBrowser) leafLinks(name string) (list []record.Link, err error) {
	s, err := w.leafNumbered(name)
	if err != nil {
		return nil, err
	}
	for _, c := range s.Changes {
		kind := kindOf(c.Table)
		if kind == "" {
			continue // a place of its own it is not: an identity is one with its binding
		}
		list = append(list, record.Link{To: record.Node{Kind: kind, Name: c.Key}, Text: c.Key, At: s.Time()})
	}
	for _, number := range []int64{s.Number - 1, s.Number + 1} {
		_, l, err := w.leaves().Read(number)
		if err != nil {
			return nil, err
		}
		if at, err := time.Parse(ledger.Stamp, l.At); err == nil {
			list = append(list, record.Link{To: record.Node{Kind: record.KindLeaf, Name: decimal(number)}, Text: decimal(number) + " " + l.What, At: at, By: l.Who})
		}
	}
	return list, nil
}
