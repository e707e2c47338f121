// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/record"
)

// RecordReconciliation keeps a comparison that was made, before anybody is told
// of it: its sums, and the entries as [reconcile.Entries.Pack] gives them. Who
// may, is as for [DHR.RecordExport]; for numbers that are written whole also who
// may see them so, with a reason. A name of its columns that stands in no list, or looks like
// another one, is a *[reconcile.CompareError]. It gives the number and the leaf.
func (d *DHR) RecordReconciliation(ctx context.Context, r record.Reconciliation, entries []byte) (run, leaf int64, err error) {
	if err := reconcile.CheckName(r.Mapping.Name); err != nil {
		return 0, 0, err
	}
	mapping, err := json.Marshal(r.Mapping)
	if err != nil {
		return 0, 0, err
	}
	issuers, err := jsonList(r.Issuers)
	if err != nil {
		return 0, 0, err
	}
	counts, err := json.Marshal(r.Counts)
	if err != nil {
		return 0, 0, err
	}
	file := identity.MaskIn(r.File)
	a := auditEntry{what: "reconcile", subject: "list:" + file, who: r.By}
	if r.Whole {
		a.why = "numbers whole: " + r.Why
	}
	leaf, err = d.write(ctx, a, func(t *tx) error {
		if err := t.mayTake(r.By); err != nil {
			return err
		}
		if r.Whole {
			if err := t.mayReveal(r.By, r.Why); err != nil {
				return err
			}
		}
		had, err := t.names(`SELECT DISTINCT mapping ->> 'name' FROM reconciliations`)
		if err != nil {
			return err
		}
		if err := reconcile.CheckNewName(r.Mapping.Name, had); err != nil {
			return err
		}
		run, err = t.Insert("reconciliations", store.Values{
			"file": file, "hash": r.Hash, "shape": r.Mapping.Shape, "mapping": string(mapping), "issuers": issuers,
			"rows": int64(r.Rows), "counts": string(counts), "missing": int64(r.Missing), "unread": int64(r.Unread),
			"entries": entries, "person": r.By, "at": store.Stamp(t.Now),
		})
		return err
	})
	return run, leaf, err
}

// Reconciliations are those that were made, the newest first.
func (d *DHR) Reconciliations(ctx context.Context) ([]record.Reconciliation, error) {
	list := []record.Reconciliation{}
	err := d.reads.Each(ctx, `SELECT id, file, hash, mapping, issuers, rows, counts, missing, unread, person, at, leaf
		FROM reconciliations ORDER BY id DESC`, nil, func(scan func(...any) error) error {
		var r record.Reconciliation
		var mapping, issuers, counts []byte
		err := scan(&r.Run, &r.File, &r.Hash, &mapping, &issuers, &r.Rows, &counts, &r.Missing, &r.Unread, &r.By, (*store.Instant)(&r.At), &r.Leaf)
		for _, part := range []struct {
			text []byte
			into any
		}{{mapping, &r.Mapping}, {issuers, &r.Issuers}, {counts, &r.Counts}} {
			if err == nil {
				err = json.Unmarshal(part.text, part.into)
			}
		}
		list = append(list, r)
		return err
	})
	return list, store.AsFault(err)
}

// ReconciliationEntries are the entries of a comparison, for
// [reconcile.Unpack]; ErrNotFound when there is none of that number.
func (d *DHR) ReconciliationEntries(ctx context.Context, run int64) (packed []byte, err error) {
	err = d.reads.Row(ctx, `SELECT entries FROM reconciliations WHERE id = ?`, []any{run}, []any{&packed})
	return packed, store.AsRowFault(err)
}

// SavedMapping is the mapping of a name as it was used last; ErrNotFound when
// none was.
func (d *DHR) SavedMapping(ctx context.Context, name string) (m reconcile.Mapping, err error) {
	var text []byte
	err = d.reads.Row(ctx, `SELECT mapping FROM reconciliations WHERE mapping ->> 'name' = ? ORDER BY id DESC LIMIT 1`,
		[]any{store.Text(name)}, []any{&text})
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return m, store.AsRowFault(err)
}

// mayReveal refuses numbers that are written whole for nobody who may see them
// so, or for nothing.
func (t *tx) mayReveal(who, why string) error {
	if err := station.ReasonGiven(station.MayReveal, why); err != nil {
		return err
	}
	return t.may(who, station.MayReveal)
}
