// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"context"
	"time"

	"bindery/station/record"
)

// Services is what the audit room asks of the record. The functions may
// block; the room calls them from goroutines of its own. Nothing in it changes
// what the record says of a unit: the two that take a person leave a leaf that
// says what was taken, and no more.
type Services struct {
	// ReadPage reads what there is to see at a node, identities masked.
	ReadPage func(ctx context.Context, p record.Node) (record.Page, error)
	// Links lists up to n links of a node, from number from on, and of how many there are.
	Links func(ctx context.Context, p record.Node, from, n int) (list []record.Link, of int, err error)
	// Verify has the whole record recomputed.
	Verify func(ctx context.Context, progress func(done, of int64)) (Verification, error)

	// RevealPage is ReadPage with identities whole, which the record notes first.
	RevealPage func(ctx context.Context, by string, p record.Node) (record.Page, error)
	// HandOver makes a bundle of the units of a node.
	HandOver func(ctx context.Context, h BundleJob, progress func(done, of int64)) (Bundle, error)

	Exports string // folder that is offered for bundles
}

// Verification is how a run over the whole record ended, and when.
type Verification struct {
	record.VerifyReport
	At   time.Time
	Took time.Duration
}

// BundleJob is what is to be handed over.
type BundleJob struct {
	By     string // person ID
	Units  record.Node
	Folder string
}

// Bundle is what was made.
type Bundle struct {
	File  string
	Units int64
	Leaf  int64 // that records it
	Size  int64 // leaves under its checkpoint
	Key   string
}
