// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"crypto/sha256"

	"bindery/station/ledger"
)

// history is what the leaves of a bundle wrote, with what later ones of them
// changed taken away: the rows as they stood at the checkpoint.
type history struct {
	leaves map[int64]bool
	live   map[[sha256.Size]byte]rowOrigin
	torn   map[string]int64 // by unit: a leaf that changes a row of it whose own leaf is not there
}

// rowOrigin is where a row was written.
type rowOrigin struct {
	leaf int64
	unit string // "unit:" and the serial that it is about; "" where it is about none
	rule string // what it is a rule of, as [ruleOf] has it
}

// add replays a leaf. Leaves come in the order of their numbers.
func (h *history) add(l ledger.Leaf) error {
	h.leaves[l.Number] = true
	for _, r := range l.Rows {
		unit := aboutUnit(r, l.Subject)
		if r.Was != 0 && !h.leaves[r.Was] {
			h.torn[unit] = l.Number
		} else if r.Was != 0 {
			key, err := rowDigest(r.Table, r.Before())
			if err != nil {
				return err
			}
			if _, ok := h.live[key]; !ok {
				return wrong("Leaf %d changes a row of table %s that leaf %d did not write so.", l.Number, r.Table, r.Was)
			}
			delete(h.live, key)
		}
		key, err := rowDigest(r.Table, r.Row)
		if err != nil {
			return err
		}
		h.live[key] = rowOrigin{l.Number, unit, ruleOf(r.Table, r.Row)}
	}
	return nil
}

// aboutUnit is the unit that a row of a leaf is about, as its subject or "".
func aboutUnit(r ledger.RowImage, subject string) string {
	if serial, ok := r.Row["serial"].(string); ok {
		return "unit:" + serial
	}
	for _, part := range partsOfUnit {
		if _, ok := r.Row[part.column]; ok {
			return subject
		}
	}
	return ""
}

// rowDigest is the hash of a row, its key in a history.
func rowDigest(table string, row map[string]any) ([sha256.Size]byte, error) {
	text, err := ledger.Image(table, row)
	return sha256.Sum256(text), err
}
