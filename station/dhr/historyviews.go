// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"
	"time"

	"bindery/station/dhr/store"
	"bindery/station/record"
)

const selectHistory = `SELECT f.id, f.kind, coalesce(f.goes_with, 0), f.source, f.name, f.hash, f.bytes, f.mapping, f.rows, f.state, f.reason,
	f.person, f.at, f.compared_by, f.compared_at, coalesce(f.signature, 0), f.leaf FROM history_files f`

// historyRest is what needs a second look.
type historyRest struct {
	mapping  string
	compared time.Time
}

func intoHistory(f *record.HistoryFileView, r *historyRest) []any {
	return []any{
		&f.ID, &f.Kind, &f.GoesWith, &f.Source, &f.Name, &f.Hash, &f.Bytes, &r.mapping, &f.Rows, &f.State, &f.Reason,
		&f.By, (*store.Instant)(&f.At), &f.ComparedBy, (*store.Instant)(&r.compared), &f.Signature, &f.Leaf,
	}
}

func historyFrom(scan func(...any) error) (record.HistoryFileView, error) {
	var f record.HistoryFileView
	var r historyRest
	err := scan(intoHistory(&f, &r)...)
	f.Mapping = json.RawMessage(r.mapping)
	if !r.compared.IsZero() {
		f.ComparedAt = &r.compared
	}
	return f, err
}

// HistoryFile is one list; ErrNotFound when there is none.
func (d *DHR) HistoryFile(ctx context.Context, id int64) (record.HistoryFileView, error) {
	f, err := historyFrom(func(into ...any) error { return d.reads.Row(ctx, selectHistory+` WHERE f.id = ?`, []any{id}, into) })
	if err != nil {
		return f, store.AsRowFault(err)
	}
	return f, store.AsFault(d.countLeftOut(ctx, &f))
}

func (d *DHR) countLeftOut(ctx context.Context, f *record.HistoryFileView) error {
	return d.reads.Row(ctx, `SELECT count(*) FROM imported_bindings WHERE file = ? AND state NOT IN `+store.CountingBindings, []any{f.ID}, []any{&f.LeftOut})
}

// HistoryFiles lists them, the newest first.
func (d *DHR) HistoryFiles(ctx context.Context) ([]record.HistoryFileView, error) {
	list := []record.HistoryFileView{}
	err := d.reads.Each(ctx, selectHistory+` ORDER BY f.id DESC`, nil, func(scan func(...any) error) error {
		f, err := historyFrom(scan)
		list = append(list, f)
		return err
	})
	for i := range list {
		if err == nil {
			err = d.countLeftOut(ctx, &list[i])
		}
	}
	return list, store.AsFault(err)
}

// withHistory lists a list of units and what goes with it.
func withHistory(q store.Queryer, id int64) (list []record.HistoryFileView, err error) {
	err = q.Each(selectHistory+` WHERE f.id = ?1 OR f.goes_with = ?1 AND f.state IN `+store.OpenLists+` ORDER BY f.id`, []any{id}, func(scan func(...any) error) error {
		f, err := historyFrom(scan)
		list = append(list, f)
		return err
	})
	if err == nil && len(list) == 0 {
		err = store.ErrNotFound
	}
	return list, err
}
