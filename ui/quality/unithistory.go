// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"image"
	"time"

	"bindery/station"
	"bindery/station/identity"
)

// RecordReader is what the screen for reading asks of the record. The functions may
// block; the screen calls them from goroutines of its own.
type RecordReader struct {
	// Find looks for a text: any identity, serial, order or lot, or a part of
	// one. took says what it was taken for; the first skip units are left out.
	Find func(ctx context.Context, text string, skip int) (took string, units []FoundUnit, err error)
	// UnitHistory gives all that the record holds of one unit.
	UnitHistory func(ctx context.Context, serial string) (UnitHistory, error)
	// Verify has the whole record recomputed; report is one plain sentence.
	Verify func(ctx context.Context, progress func(done, of int64)) (ok bool, report string, err error)
}

// FoundUnit is one unit that a search found.
type FoundUnit struct {
	Serial, Order, Lot string
	IMEI               identity.IMEI
	ICCID              identity.ICCID
	Disposition        station.Disposition
	Bound              time.Time // zero while nothing is bound
}

// UnitHistory is what the record holds of one unit. Lists are oldest first.
type UnitHistory struct {
	Serial, Order, Lot, REF string
	Version                 int // of the product definition
	Disposition             station.Disposition
	Bindings                []station.Binding
	Live                    int64                // ID of the live binding; 0 when there is none
	Ended                   map[int64]BindingEnd // of the others, by ID
	Attempts                []AttemptHistory
	Prints                  []station.Print
	Leaves                  int    // audit leaves about the unit
	Leaf                    string // hash of the last one, hex
	Moves                   []TransitionHistory
	Alarms                  []station.Alarm
	Signatures              []Signature // of its lot and its product version
	Proof                   UnitProof
	Label                   image.Image // of the newest print, drawn again; nil where that gave other dots
}

// BindingEnd is how a binding was superseded.
type BindingEnd struct {
	By, Second, Reason string // By and Second are person IDs
	At                 time.Time
}

// TransitionHistory is one change of a unit's disposition that a person made.
type TransitionHistory struct {
	From, To           station.Disposition
	Reason, By, Second string
	At                 time.Time
	Leaf               int64
}

// UnitProof says whether the record of a unit is as it was written.
type UnitProof struct {
	OK         bool
	Leaves     int    // that tell of it
	Signed     int    // of them, under a signed checkpoint
	Checkpoint int64  // leaves that this covers
	Fault      string // the first thing wrong, one plain sentence
}

// AttemptHistory is one try.
type AttemptHistory struct {
	station.Attempt
	Code station.Code // what ended it; "" in a pass
}

// Took is how long the attempt lasted.
func (a AttemptHistory) Took() time.Duration { return a.Ended.Sub(a.Started) }
