// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/record"
)

// bundleRecords are what an export is about, as a bundle takes it.
type bundleRecords struct{ *exporter }

// Rules implements [bundle.Contents].
func (r bundleRecords) Rules(ctx context.Context, do func(record.LeafRow) error) error {
	return r.snap.RuleRows(ctx, r.Subject.Scope, do)
}

// Serials implements [bundle.Contents].
func (r bundleRecords) Serials(ctx context.Context, do func(serial string) error) error {
	return r.snap.Serials(ctx, r.Subject.Scope, do)
}

// Has implements [bundle.Contents].
func (r bundleRecords) Has(ctx context.Context, serial string) (bool, error) {
	return r.snap.InScope(ctx, r.Subject.Scope, serial)
}

// Rows implements [bundle.Contents]. It is asked for once for each unit.
func (r bundleRecords) Rows(ctx context.Context, serial string, do func(record.LeafRow) error) error {
	r.countOne()
	return r.snap.UnitRows(ctx, serial, do)
}

// Labels implements [bundle.Contents].
func (r bundleRecords) Labels(ctx context.Context, serial string, do func(print int64, png []byte) error) error {
	unit, err := r.snap.Show(ctx, serial)
	if err != nil {
		return err
	}
	for _, print := range unit.Prints {
		png, err := r.redraw(ctx, unit, print)
		if err != nil {
			return err
		}
		if png == nil {
			continue
		}
		if err := do(print.ID, png); err != nil {
			return err
		}
	}
	return nil
}

// Leaf implements [bundle.Contents].
func (r bundleRecords) Leaf(ctx context.Context, number int64) ([]byte, error) {
	line, err := r.snap.Leaf(ctx, number)
	return line.Body, err
}

// LeavesOf implements [bundle.Contents].
func (r bundleRecords) LeavesOf(ctx context.Context, subject string, do func(number int64)) error {
	return r.snap.LeavesOf(ctx, subject, do)
}

// Prove implements [bundle.Contents].
func (r bundleRecords) Prove(ctx context.Context, number, size int64) (tlog.RecordProof, error) {
	return r.snap.Prove(ctx, number, size)
}
