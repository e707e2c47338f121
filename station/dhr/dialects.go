// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"slices"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// ImportDialects keeps dialects, in one leaf. One that is there already is left
// as it is.
func (d *DHR) ImportDialects(ctx context.Context, by string, list []record.DialectView) (record.Import, error) {
	subject := "dialects"
	if len(list) == 1 {
		subject = "dialect:" + list[0].Name
	}
	return importRows(ctx, d, auditEntry{what: "dialect", subject: subject, who: by}, list, (*tx).importDialect)
}

func (t *tx) importDialect(l record.DialectView) (added bool, err error) {
	l = record.NewDialect(l.Name, l.Text)
	var there, n int64
	err = t.Get("SELECT count(*) FILTER (WHERE hash = ?), count(*) + 1 FROM dialects", []any{l.Hash}, &there, &n)
	if err != nil || there > 0 {
		return false, err
	}
	_, err = t.Insert("dialects", store.Values{"hash": l.Hash, "name": l.Name, "text": l.Text, "n": n})
	return true, err
}

// dialectOf is the hash of the dialect that p names: that which it gives, or
// the newest of the name.
func (t *tx) dialectOf(p station.Product) (hash string, err error) {
	err = t.Each(`SELECT name, hash FROM dialects ORDER BY n`, nil, func(scan func(...any) error) error {
		var d station.DialectRef
		err := scan(&d.Name, &d.Hash)
		if p.NamesDialect(d) {
			hash = d.Hash
		}
		return err
	})
	if err == nil && hash == "" {
		err = bad("dialect", "Product %s names no dialect that the record has (%q).", p.REF, station.Shown(p.Dialect))
	}
	return hash, err
}

// Dialects lists all dialects, the newest last.
func (d *DHR) Dialects(ctx context.Context) ([]record.DialectView, error) {
	return d.dialects(ctx, `TRUE`)
}

// DialectsOf lists the dialects that a version of a product may be read by:
// the one that it names, or those of its list. It is empty where the version
// is from before products named them by hash.
func (d *DHR) DialectsOf(ctx context.Context, p station.Product) ([]record.DialectView, error) {
	list, err := d.dialects(ctx, `hash = ?1
		OR EXISTS (SELECT 1 FROM dialects l WHERE l.hash = ?1 AND l.name = '`+station.AutoDialect+`' AND instr(l.text, d.hash) > 0)`, p.DialectHash)
	return slices.DeleteFunc(list, func(l record.DialectView) bool { return l.Name == station.AutoDialect }), err
}

func (d *DHR) dialects(ctx context.Context, where string, args ...any) ([]record.DialectView, error) {
	var list []record.DialectView
	err := d.reads.Each(ctx, `SELECT name, hash, text FROM dialects d WHERE `+where+` ORDER BY n`, args, func(scan func(...any) error) error {
		var l record.DialectView
		err := scan(&l.Name, &l.Hash, &l.Text)
		if err == nil && record.NewDialect(l.Name, l.Text).Hash != l.Hash {
			return station.NewFault(station.RecordDamaged, "the text of the dialect "+l.Name+" is not that of its hash", nil)
		}
		list = append(list, l)
		return err
	})
	return list, store.AsFault(err)
}
