// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

const (
	selectHistory = `SELECT f.id, f.kind, coalesce(f.goes_with, 0), f.source, f.name, f.hash, f.bytes, f.mapping, f.sheet, f.rows, f.state, f.reason,
		f.person, ` + alsoFed + `, f.at, f.compared_by, f.compared_at, coalesce(f.signature, 0), f.leaf FROM history_files f`

	// alsoFed are the others who brought some of a list, or of what goes with it, in.
	alsoFed = `(SELECT json_group_array(DISTINCT j.value) FROM history_files x, json_each(json_insert(iif(x.fed_by = '', '[]', x.fed_by), '$[#]', x.person)) j
		WHERE coalesce(x.goes_with, x.id) = coalesce(f.goes_with, f.id) AND j.value <> f.person)`
)

// historyRest is what needs a second look.
type historyRest struct {
	mapping  string
	fedBy    string
	compared time.Time
}

func intoHistory(f *station.HistoryFile, r *historyRest) []any {
	return []any{
		&f.ID, &f.Kind, &f.GoesWith, &f.Source, &f.Name, &f.Hash, &f.Bytes, &r.mapping, &f.Sheet, &f.Rows, &f.State, &f.Reason,
		&f.By, &r.fedBy, (*store.Instant)(&f.At), &f.ComparedBy, (*store.Instant)(&r.compared), &f.Signature, &f.Leaf,
	}
}

func historyFrom(scan func(...any) error) (station.HistoryFile, error) {
	var f station.HistoryFile
	var r historyRest
	if err := scan(intoHistory(&f, &r)...); err != nil {
		return f, err
	}
	f.Mapping = json.RawMessage(r.mapping)
	if !r.compared.IsZero() {
		f.ComparedAt = &r.compared
	}
	return f, json.Unmarshal([]byte(r.fedBy), &f.FedBy)
}

// HistoryFile is one list; ErrNotFound when there is none.
func (d *DHR) HistoryFile(ctx context.Context, id int64) (station.HistoryFile, error) {
	f, err := historyFrom(func(into ...any) error { return d.reads.Row(ctx, selectHistory+` WHERE f.id = ?`, []any{id}, into) })
	if err != nil {
		return f, store.AsRowFault(err)
	}
	return f, store.AsFault(d.countLeftOut(ctx, &f))
}

func (d *DHR) countLeftOut(ctx context.Context, f *station.HistoryFile) error {
	return d.reads.Row(ctx, `SELECT count(*) FROM imported_bindings WHERE file = ? AND state NOT IN `+store.CountingBindings, []any{f.ID}, []any{&f.LeftOut})
}

// HistoryFiles lists them, the newest first.
func (d *DHR) HistoryFiles(ctx context.Context) ([]station.HistoryFile, error) {
	list := []station.HistoryFile{}
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
func withHistory(q store.Queryer, id int64) (list []station.HistoryFile, err error) {
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

// HistoryReview is what somebody who accepts a list sees before: it goes with the
// signature ([record.Signing]).
func (d *DHR) HistoryReview(ctx context.Context, id int64) (record.HistoryReview, error) {
	q := readTx{ctx, d}
	files, err := withHistory(q, id)
	if err != nil {
		return record.HistoryReview{}, store.AsFault(err)
	}
	review, _, err := reviewOf(q, files)
	return review, store.AsFault(err)
}

// reviewOf is the review of lists, and what a signature over it says.
func reviewOf(q store.Queryer, files []station.HistoryFile) (review record.HistoryReview, statement map[string]any, err error) {
	review = record.HistoryReview{LeftOut: []record.LeftOut{}}
	lists := []any{}
	for _, f := range files {
		before := len(review.LeftOut)
		if review.LeftOut, err = appendLeftOut(q, review.LeftOut, f.ID); err != nil {
			return review, nil, err
		}
		f.LeftOut = int64(len(review.LeftOut) - before)
		review.Lists = append(review.Lists, f)
		lists = append(lists, map[string]any{
			"id": f.ID, "kind": string(f.Kind), "source": f.Source, "name": f.Name, "hash": f.Hash, "rows": f.Rows, "left_out": f.LeftOut,
			"by": f.By, "fed_by": f.FedBy, "compared_by": f.ComparedBy,
		})
	}
	if review.Shown, err = hashOf(map[string]any{"lists": lists, "left_out": review.LeftOut}); err != nil {
		return review, nil, err
	}
	return review, map[string]any{"lists": lists, "shown": review.Shown}, nil
}

// appendLeftOut adds the rows that were left out of a list, in their order.
func appendLeftOut(q store.Queryer, list []record.LeftOut, id int64) ([]record.LeftOut, error) {
	err := q.Each(`SELECT b.n, b.serial, coalesce(u.reason, b.left_reason), coalesce(u.person, b.left_by), coalesce(u.changed, b.left_at)
		FROM imported_bindings b LEFT JOIN imported_units u ON u.file = b.file AND u.n = b.n
		WHERE b.file = ? AND b.state NOT IN `+store.CountingBindings+` ORDER BY b.n`, []any{id}, func(scan func(...any) error) error {
		l := record.LeftOut{File: id}
		err := scan(&l.Row, &l.Serial, &l.Reason, &l.By, (*store.Instant)(&l.At))
		list = append(list, l)
		return err
	})
	return list, err
}
