// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// A list of another system comes in by many commits, for a million rows fit in
// none: the file itself, then its rows, then that it is whole. It counts for
// nothing before one more commit has accepted it.

func historySubject(id int64) string { return fmt.Sprintf("history:%d", id) }

// AllowHistory asks beforehand what [DHR.BeginHistory] will ask of the person.
func (d *DHR) AllowHistory(ctx context.Context, by string) error {
	return store.AsFault(allowHere(readTx{ctx, d}, d.clock.Now(), by, station.MayImport))
}

// BeginHistory opens a list, or gives the one of the same file that was begun
// before: it goes on where that stopped. One that was accepted is a *Refusal.
func (d *DHR) BeginHistory(ctx context.Context, by string, f station.HistoryFile) (station.HistoryFile, error) {
	_, err := d.write(ctx, auditEntry{what: "begin-history", subject: "history", who: by}, func(t *tx) error {
		if err := t.checkPermissionHere(by, station.MayImport); err != nil {
			return err
		}
		if err := station.CheckText("the source", f.Source); err != nil {
			return err
		}
		was, err := historyFrom(func(into ...any) error {
			return t.Get(selectHistory+` WHERE f.hash = ? AND f.state NOT IN `+store.WithdrawnLists, []any{f.Hash}, into...)
		})
		if err == nil {
			f.ID = was.ID
			return t.goOn(by, was, f)
		} else if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		row := store.Values{
			"kind": string(f.Kind), "source": f.Source, "name": f.Name, "hash": f.Hash, "bytes": f.Bytes, "mapping": string(f.Mapping), "sheet": f.Sheet,
			"state": string(station.HistoryOpen), "reason": "", "person": by, "at": store.Stamp(t.Now), "sample": "[]", "compared_by": "",
		}
		if f.GoesWith != 0 {
			row["goes_with"] = f.GoesWith
			if err := t.voidComparison(f.GoesWith); err != nil {
				return err
			}
		}
		f.ID, err = t.Insert("history_files", row)
		return err
	})
	if err != nil && !errors.Is(err, errNothing) {
		return f, err
	}
	return d.HistoryFile(ctx, f.ID)
}

// goOn goes on with a list that was begun. Of one that is whole nothing is left to
// feed.
func (t *tx) goOn(by string, was, asked station.HistoryFile) error {
	if err := was.AllowGoOn(asked); err != nil {
		return err
	}
	if was.Rows != nil {
		return errNothing // to write
	}
	return t.noteImporter(by, was.ID)
}

// noteImporter writes who feeds a list that another began; errNothing where that is
// known.
func (t *tx) noteImporter(by string, id int64) error {
	var person, fedBy string
	if err := t.Get(`SELECT person, iif(fed_by = '', '[]', fed_by) FROM history_files WHERE id = ?`, []any{id}, &person, &fedBy); err != nil {
		return err
	}
	var list []string
	if err := json.Unmarshal([]byte(fedBy), &list); err != nil {
		return err
	}
	if by == person || slices.Contains(list, by) {
		return errNothing
	}
	text, err := json.Marshal(append(list, by))
	if err != nil {
		return err
	}
	return t.Update("history_files", []any{id}, store.Values{"fed_by": string(text)})
}

// voidComparison takes the comparison of a list and of those that go with it away.
func (t *tx) voidComparison(id int64) error {
	files, err := withHistory(t, id)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !f.VoidsComparison() {
			continue
		}
		err := t.Update("history_files", []any{f.ID}, store.Values{"sample": "[]", "compared_by": "", "compared_at": nil})
		if err != nil {
			return err
		}
	}
	return nil
}

// HistoryParts is how many parts of the file of a list are kept.
func (d *DHR) HistoryParts(ctx context.Context, id int64) (n int64, err error) {
	err = d.reads.Row(ctx, `SELECT coalesce(max(n), 0) FROM history_parts WHERE file = ?`, []any{id}, []any{&n})
	return n, store.AsFault(err)
}

// KeepHistoryPart keeps the n-th part, from 1, of the file of a list, packed by
// gzip.
func (d *DHR) KeepHistoryPart(ctx context.Context, by string, id, n int64, packed []byte) error {
	return d.writeHistory(ctx, "keep-file", by, id, func(t *tx) error {
		_, err := t.Insert("history_parts", store.Values{"file": id, "n": n, "content": packed})
		return err
	})
}

// EndHistory says that all rows of a list are in the record.
func (d *DHR) EndHistory(ctx context.Context, by string, id, rows int64) error {
	return d.writeHistory(ctx, "end-history", by, id, func(t *tx) error {
		return t.Update("history_files", []any{id}, store.Values{"rows": rows})
	})
}

// writeHistory writes what somebody who may import adds to a list.
func (d *DHR) writeHistory(ctx context.Context, what, by string, id int64, do func(*tx) error) error {
	_, err := d.write(ctx, auditEntry{what: what, subject: historySubject(id), who: by}, func(t *tx) error {
		if err := t.mayFeed(by, id); err != nil {
			return err
		}
		return do(t)
	})
	return err
}

// mayFeed refuses who may not import, and writes who does.
func (t *tx) mayFeed(by string, id int64) error {
	if err := t.checkPermissionHere(by, station.MayImport); err != nil {
		return err
	}
	return unlessNothing(t.noteImporter(by, id))
}

// addToHistory writes n rows of a list in one transaction, each under a leaf of
// its own.
func (d *DHR) addToHistory(ctx context.Context, what, by string, id int64, n int, row func(t *tx, i int) error) error {
	a := auditEntry{what: what, subject: historySubject(id), who: by}
	return d.writeMany(ctx, func(next func(auditEntry, func(*tx) error) error) error {
		for i := range n {
			err := next(a, func(t *tx) error {
				if i == 0 {
					if err := t.mayFeed(by, id); err != nil {
						return err
					}
				}
				return row(t, i)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// LeaveOut takes rows out of a list that is not accepted, each for a reason and
// under a leaf of its own: they count for nothing then, and the list is to be compared
// again. It gives the last leaf.
func (d *DHR) LeaveOut(ctx context.Context, by string, id int64, rows []record.LeftOutRow) (leaf int64, err error) {
	a := auditEntry{what: "leave-out", subject: historySubject(id), who: by}
	err = d.writeMany(ctx, func(next func(auditEntry, func(*tx) error) error) error {
		for _, r := range rows {
			err := next(a, func(t *tx) error {
				leaf = t.Leaf.Number
				return t.leaveOut(by, id, r)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return leaf, nil
}

func (t *tx) leaveOut(by string, id int64, r record.LeftOutRow) error {
	if err := t.may(by, station.MayAcceptHistory); err != nil {
		return err
	}
	f, err := t.openHistory(id)
	if err != nil {
		return err
	}
	if err := station.ReasonGiven(station.MayAcceptHistory, r.Reason); err != nil {
		return err
	}
	var state station.ImportedBindingState
	err = t.Get(`SELECT state FROM imported_bindings WHERE file = ? AND n = ?`, []any{id, r.Row}, &state)
	if err == nil {
		err = f.AllowLeaveOut(r.Row, state)
	}
	if err == nil && f.Kind == station.UnitList {
		err = t.updateImported(id, r.Row, store.Values{
			"disposition": string(station.LeftOut), "reason": r.Reason, "person": by, "changed": store.Stamp(t.Now),
		})
	}
	if err == nil {
		set := store.Values{"state": string(station.BindingLeftOut)}
		if f.Kind == station.GivenUpList { // of which no unit says it
			set["left_reason"], set["left_by"], set["left_at"] = r.Reason, by, store.Stamp(t.Now)
		}
		err = t.Update("imported_bindings", []any{id, r.Row}, set)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return notRecorded(fmt.Sprintf("row %d of list %d", r.Row, id))
	}
	if err != nil {
		return err
	}
	return t.voidComparison(cmp.Or(f.GoesWith, id))
}

func (t *tx) updateImported(file, n int64, set store.Values) error {
	return t.Update("imported_units", []any{file, n}, set)
}

// openHistory is a list that is neither accepted nor withdrawn.
func (t *tx) openHistory(id int64) (f station.HistoryFile, err error) {
	f, err = historyFrom(func(into ...any) error { return t.Get(selectHistory+` WHERE f.id = ?`, []any{id}, into...) })
	if err != nil {
		return f, store.AsRowFault(err)
	}
	return f, f.AllowChange()
}

// WithdrawHistory gives a list up that was not accepted, and what goes with it.
func (d *DHR) WithdrawHistory(ctx context.Context, by string, id int64, reason string) (leaf int64, err error) {
	return d.write(ctx, auditEntry{what: "withdraw-history", subject: historySubject(id), who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayImport, reason); err != nil {
			return err
		}
		if _, err := t.openHistory(id); err != nil {
			return err
		}
		return t.eachOfHistory(id, store.Values{"state": string(station.HistoryWithdrawn), "reason": reason})
	})
}

// eachOfHistory sets columns of a list and of those that go with it.
func (t *tx) eachOfHistory(id int64, set store.Values) error {
	ids, err := t.IDs(`SELECT id FROM history_files WHERE state IN `+store.OpenLists+` AND (id = ?1 OR goes_with = ?1) ORDER BY id`, id)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.Update("history_files", []any{id}, set); err != nil {
			return err
		}
	}
	return nil
}

// known is a time, or nil where it is not known.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
