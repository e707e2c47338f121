// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// Layout is a label layout as the record keeps it: named by the hash of its
// text, so that it cannot change under its name.
type Layout struct {
	Name string
	Hash string // SHA-256 of Text, hex
	Text []byte
}

// NewLayout is a layout that the record need not have.
func NewLayout(name string, body []byte) Layout {
	sum := sha256.Sum256(body)
	return Layout{Name: name, Hash: hex.EncodeToString(sum[:]), Text: body}
}

// AddLayout keeps a layout and returns its hash. One that is there already is
// left as it is.
func (d *DHR) AddLayout(ctx context.Context, by, name string, body []byte) (hash string, err error) {
	l := NewLayout(name, body)
	_, err = importRows(ctx, d, act{what: "layout", subject: "layout:" + name, who: by}, []Layout{l}, (*tx).addLayout)
	return l.Hash, err
}

func (t *tx) addLayout(l Layout) (added bool, err error) {
	var there, n int64
	err = t.get("SELECT count(*) FILTER (WHERE hash = ?), count(*) + 1 FROM layouts", []any{l.Hash}, &there, &n)
	if err != nil || there > 0 {
		return false, err
	}
	_, err = t.insert("layouts", row{"hash": l.Hash, "name": l.Name, "text": l.Text, "n": n})
	return true, err
}

// Layouts lists all layouts, the newest last.
func (d *DHR) Layouts(ctx context.Context) ([]Layout, error) {
	var list []Layout
	err := d.reads.each(ctx, `SELECT name, hash, text FROM layouts ORDER BY n`, nil, func(scan func(...any) error) error {
		var l Layout
		err := scan(&l.Name, &l.Hash, &l.Text)
		list = append(list, l)
		return err
	})
	return list, fault(err)
}
