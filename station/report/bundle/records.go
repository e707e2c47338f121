// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"context"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/ledger"
	"bindery/station/record"
)

// Head says what a bundle is about, and the state of the record that it shows.
type Head struct {
	Subject string // as in the leaf that records the export
	At      time.Time
	By      string // person ID of who takes it
	ExportOrigin

	Note       []byte // the signed checkpoint
	Checkpoint ledger.Checkpoint
	Key        string            // the public key of the checkpoint
	Names      map[string]string // what people are called, by ID
}

// ExportOrigin is where an export was made. Its JSON is part of forms that readers
// hold to the byte.
type ExportOrigin struct {
	Station string `json:"station"`
	Program string `json:"program"`
	Leaf    int64  `json:"leaf"` // records the export
}

// Contents are what a bundle is made of: the units that it is about, as they
// stood at one moment.
type Contents interface {
	// Rules calls do for each row that the units were made by.
	Rules(ctx context.Context, do func(record.LeafRow) error) error

	// Serials calls do for each unit, always in the same order. Has reports
	// whether a serial is of one of them.
	Serials(ctx context.Context, do func(serial string) error) error
	Has(ctx context.Context, serial string) (bool, error)

	// Rows calls do for each row about a unit.
	Rows(ctx context.Context, serial string, do func(record.LeafRow) error) error

	// Labels calls do for each print of a unit whose dots can be shown, with
	// them as PNG.
	Labels(ctx context.Context, serial string, do func(print int64, png []byte) error) error

	// Leaf is the body of a leaf; LeavesOf are the numbers of those about a
	// subject; Prove leads from a leaf to the root over so many.
	Leaf(ctx context.Context, number int64) ([]byte, error)
	LeavesOf(ctx context.Context, subject string, do func(number int64)) error
	Prove(ctx context.Context, number, size int64) (tlog.RecordProof, error)
}
