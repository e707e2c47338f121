// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station/dhr/store"
	"bindery/station/record"
)

// AddLayout keeps a layout and returns its hash. One that is there already is
// left as it is. Programs bring a layout in with its product; the tests of other
// packages keep one by itself, for which they need a transaction.
func (d *DHR) AddLayout(ctx context.Context, by, name string, body []byte) (hash string, err error) {
	l := record.NewLayout(name, body)
	_, err = importRows(ctx, d, auditEntry{what: "layout", subject: "layout:" + name, who: by}, []record.LayoutView{l}, (*tx).addLayout)
	return l.Hash, err
}

func (t *tx) addLayout(l record.LayoutView) (added bool, err error) {
	var there, n int64
	err = t.Get("SELECT count(*) FILTER (WHERE hash = ?), count(*) + 1 FROM layouts", []any{l.Hash}, &there, &n)
	if err != nil || there > 0 {
		return false, err
	}
	_, err = t.Insert("layouts", store.Values{"hash": l.Hash, "name": l.Name, "text": l.Text, "n": n})
	return true, err
}

// Layouts lists all layouts, the newest last.
func (d *DHR) Layouts(ctx context.Context) ([]record.LayoutView, error) {
	var list []record.LayoutView
	err := d.reads.Each(ctx, `SELECT name, hash, text FROM layouts ORDER BY n`, nil, func(scan func(...any) error) error {
		var l record.LayoutView
		err := scan(&l.Name, &l.Hash, &l.Text)
		list = append(list, l)
		return err
	})
	return list, store.AsFault(err)
}
