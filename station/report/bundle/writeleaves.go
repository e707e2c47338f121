// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"bindery/station"
	"bindery/station/ledger"
)

// writeLeaves writes the marked leaves with their proofs.
func (b *bundleWriter) writeLeaves(ctx context.Context, w io.Writer) error {
	if err := b.markEarlier(ctx); err != nil {
		return err
	}
	enc := newLineWriter(w)
	for n := int64(1); n <= b.Checkpoint.Size; n++ {
		if !b.marked.has(n) {
			continue
		}
		body, err := b.records.Leaf(ctx, n)
		if err != nil {
			return err
		}
		if err := b.holdsNoOther(ctx, n, body); err != nil {
			return err
		}
		proof, err := b.records.Prove(ctx, n, b.Checkpoint.Size)
		if err != nil {
			return err
		}
		line := leafLine{Number: n, Body: string(body), Proof: []string{}}
		for _, h := range proof {
			line.Proof = append(line.Proof, hex.EncodeToString(h[:]))
		}
		if err := enc.put(line); err != nil {
			return err
		}
	}
	return nil
}

// holdsNoOther refuses a leaf with identities of a unit that is not in the bundle.
// Leaves have been of one unit each since lists of other systems are written so;
// the first of these lists were not.
func (b *bundleWriter) holdsNoOther(ctx context.Context, n int64, body []byte) error {
	if !bytes.Contains(body, []byte(`"iccid":`)) { // stands in all rows that have identities
		return nil
	}
	var l ledger.Leaf
	if err := json.Unmarshal(body, &l); err != nil {
		return err
	}
	for _, r := range l.Rows {
		serial, ok := r.Row["serial"].(string)
		if _, identities := r.Row["iccid"]; !ok || !identities {
			continue
		}
		in, err := b.records.Has(ctx, serial)
		if err != nil {
			return err
		}
		if !in {
			return station.NewFault(station.ExportFault, fmt.Sprintf("leaf %d has identities of other units as well, and is in no bundle without them: take another form.", n), nil)
		}
	}
	return nil
}

// markEarlier marks the leaves behind those of a whole lot, or of a list of another
// system: what such a leaf wrote of a unit and another changed must be there for
// the history to be whole. The newest goes first, for a leaf changes only what
// older ones wrote.
func (b *bundleWriter) markEarlier(ctx context.Context) error {
	for n := b.Checkpoint.Size; n > 0; n-- {
		if !b.marked.has(n) {
			continue
		}
		body, err := b.records.Leaf(ctx, n)
		if err != nil {
			return err
		}
		if !bytes.Contains(body, []byte(`"was":`)) {
			continue // it changes nothing
		}
		var l ledger.Leaf
		if err := json.Unmarshal(body, &l); err != nil {
			return err
		}
		if err := b.markRows(ctx, l.Rows); err != nil {
			return err
		}
	}
	return nil
}

func (b *bundleWriter) markRows(ctx context.Context, rows []ledger.RowImage) error {
	for _, r := range rows {
		serial, ok := r.Row["serial"].(string)
		if !ok || r.Was == 0 || b.marked.has(r.Was) {
			continue
		}
		in, err := b.records.Has(ctx, serial)
		if err != nil {
			return err
		}
		if in {
			b.marked.set(r.Was)
		}
	}
	return nil
}
