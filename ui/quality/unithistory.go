// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"image"

	"bindery/station/record"
)

// RecordReader is what the screen for reading asks of the record. The functions may
// block; the screen calls them from goroutines of its own.
type RecordReader struct {
	// Find looks for a text: any identity, serial, order or lot, or a part of
	// one. The first skip units are left out.
	Find func(ctx context.Context, text string, skip int) (record.Matches, error)
	// UnitHistory gives all that the record holds of one unit.
	UnitHistory func(ctx context.Context, serial string) (UnitHistory, error)
	// Verify has the whole record recomputed; report is one plain sentence.
	Verify func(ctx context.Context, progress func(done, of int64)) (ok bool, report string, err error)
}

// UnitHistory is what the record holds of one unit, whether that is as it was
// written, and its label.
type UnitHistory struct {
	record.UnitView
	Proof record.UnitProof
	Label image.Image // of the newest print, drawn again; nil where that gave other dots
}
