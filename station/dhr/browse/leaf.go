// SPDX-License-Identifier: Apache-2.0

package browse

import (
	"strconv"

	"bindery/station/dhr/store"
	"bindery/station/dhr/verify"
	"bindery/station/ledger"
	"bindery/station/record"
)

// behind is the leaf that a row names, and whether the row is as it wrote it.
func (w *snapshotBrowser) behind(name string, def store.TableSchema, r store.Values) (*record.LeafStatus, error) {
	key := nodeKey(def, r)
	here := func(row ledger.RowImage) bool { return row.Table == name && nodeKey(def, row.Row) == key }
	s, l, err := w.leaves().Row(name, store.RowImage(def, r), here)
	if err != nil || l.Number == 0 {
		return s, err
	}
	return s, w.describeLeaf(s, l, here)
}

// leaves are read in the same snapshot as the rest of the page.
func (w *snapshotBrowser) leaves() verify.LeafVerifier {
	return verify.LeavesOf(w.ctx, w.Snapshot.SnapshotReader)
}

// leafNumbered is a leaf with how it stands against the tables. A name that is no
// number is one that the record does not have: an auditor may have typed it.
func (w *snapshotBrowser) leafNumbered(name string) (*record.LeafStatus, error) {
	number, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return nil, store.ErrNotFound
	}
	line, l, err := w.leaves().Read(number)
	if err != nil {
		return nil, err
	}
	if l.Number == 0 {
		return nil, store.ErrNotFound
	}
	s, err := w.leaves().Status(line, l)
	if err != nil {
		return nil, err
	}
	return s, w.describeLeaf(s, l, func(ledger.RowImage) bool { return false })
}

// describeLeaf says who wrote a leaf and what it changed, with the identities
// masked.
func (w *snapshotBrowser) describeLeaf(s *record.LeafStatus, l ledger.Leaf, here func(ledger.RowImage) bool) (err error) {
	s.Why, s.Subject = w.maskedIn(s.Why), w.maskedIn(s.Subject)
	if s.Who, err = w.named(l.Who); err != nil {
		return err
	}
	s.Changes, err = w.changes(l, here)
	return err
}
