// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station"
	"bindery/station/ledger"
	"bindery/station/record"
)

// Checkpoint is the newest signed note, with the key that checks it; nil when
// there is none.
func (s *Snapshot) Checkpoint(ctx context.Context) (note []byte, c ledger.Checkpoint, public string, err error) {
	notes, err := s.view.Checkpoints(ctx)
	if err != nil || len(notes) == 0 {
		return nil, c, "", err
	}
	keys, err := s.view.Keys(ctx)
	if err != nil {
		return nil, c, "", err
	}
	note = notes[len(notes)-1]
	for _, public = range keys {
		if c, err = ledger.OpenCheckpoint(note, public); err == nil {
			return note, c, public, nil
		}
	}
	return nil, c, "", err
}

// Show is [DHR.Show].
func (s *Snapshot) Show(ctx context.Context, serial string) (record.UnitView, error) {
	return s.view.Show(ctx, serial)
}

// Orders is [DHR.Orders].
func (s *Snapshot) Orders(ctx context.Context) ([]station.Order, error) { return s.view.Orders(ctx) }

// Product is [DHR.Product].
func (s *Snapshot) Product(ctx context.Context, ref string, version int) (station.Product, error) {
	return s.view.Product(ctx, ref, version)
}

// AllocationUsage is [DHR.AllocationUsage].
func (s *Snapshot) AllocationUsage(ctx context.Context) ([]record.AllocationView, error) {
	return s.view.AllocationUsage(ctx)
}

// Names is [DHR.Names].
func (s *Snapshot) Names(ctx context.Context) (map[string]string, error) { return s.view.Names(ctx) }

// Layouts is [DHR.Layouts].
func (s *Snapshot) Layouts(ctx context.Context) ([]record.LayoutView, error) {
	return s.view.Layouts(ctx)
}

// Counts is [DHR.Counts].
func (s *Snapshot) Counts(ctx context.Context, order string) (station.OrderCounts, error) {
	return s.view.Counts(ctx, order)
}

// Closing is [DHR.Closing].
func (s *Snapshot) Closing(ctx context.Context, order string) (*record.Closing, error) {
	return s.view.Closing(ctx, order)
}

// Labels is [DHR.Labels].
func (s *Snapshot) Labels(ctx context.Context, order string) (record.OrderLabels, error) {
	return s.view.Labels(ctx, order)
}

// Clearances is [DHR.Clearances].
func (s *Snapshot) Clearances(ctx context.Context, order string) ([]record.Clearance, error) {
	return s.view.Clearances(ctx, order)
}

// Signatures is [DHR.Signatures].
func (s *Snapshot) Signatures(ctx context.Context, subject string) ([]record.Signature, error) {
	return s.view.Signatures(ctx, subject)
}

// Find is [DHR.Find].
func (s *Snapshot) Find(ctx context.Context, query string) (record.Matches, error) {
	return s.view.Find(ctx, query)
}

// SignatureNumbered is the signature of a number, with how far it still holds;
// none where there is none.
func (s *Snapshot) SignatureNumbered(ctx context.Context, id string) ([]record.Signature, error) {
	list, err := s.view.signatures(ctx, `WHERE id = ?`, id)
	if err == nil {
		err = s.view.addSignatureStatus(ctx, list, "")
	}
	return list, err
}
