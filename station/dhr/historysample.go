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

// CompareHistory records that a second person has held the rows of the sample
// against their source, and found them the same.
func (d *DHR) CompareHistory(ctx context.Context, by string, id int64) (leaf int64, err error) {
	sample, err := d.HistorySample(ctx, id)
	if err != nil {
		return 0, err
	}
	rows := map[int64][]int64{id: {}}
	for _, r := range sample {
		rows[r.File] = append(rows[r.File], r.Row)
	}
	return d.write(ctx, auditEntry{what: "compare-history", subject: historySubject(id), who: by}, func(t *tx) error {
		for file, list := range rows {
			f, err := t.openHistory(file)
			if err != nil {
				return err
			}
			p, err := t.person(by)
			if err != nil {
				return err
			}
			if err := station.AllowCompare(p, f); err != nil {
				return err
			}
			text, err := json.Marshal(list)
			if err != nil {
				return err
			}
			err = t.Update("history_files", []any{file}, store.Values{"sample": string(text), "compared_by": by, "compared_at": store.Stamp(t.Now)})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// HistorySample lists the rows of a list, and of what goes with it, that a
// second person compares ([station.SampleRows]).
func (d *DHR) HistorySample(ctx context.Context, id int64) ([]record.SampleRow, error) {
	files, err := withHistory(readTx{ctx, d}, id)
	if err != nil {
		return nil, store.AsFault(err)
	}
	list := []record.SampleRow{}
	for _, f := range files {
		if err := f.AllowSample(); err != nil {
			return nil, err
		}
		for _, place := range station.SampleRows(f.Hash, int(*f.Rows)) {
			r := record.SampleRow{File: f.ID}
			var since, ended time.Time
			b := &r.Binding
			err := d.reads.Row(ctx, selectImportedBinding+` WHERE b.file = ? ORDER BY b.n LIMIT 1 OFFSET ?`, []any{f.ID, place},
				append([]any{&r.Serial}, intoImportedBinding(b, &since, &ended)...))
			if err == nil {
				err = d.reads.Row(ctx, `SELECT state NOT IN `+store.CountingBindings+` FROM imported_bindings WHERE file = ? AND n = ?`, []any{f.ID, b.Row}, []any{&r.LeftOut})
			}
			if err != nil {
				return nil, store.AsFault(err)
			}
			b.Since, b.Ended, r.Row = known(since), known(ended), b.Row
			list = append(list, r)
		}
	}
	return list, nil
}
