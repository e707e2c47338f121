// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// UnitProof says whether the record of one unit is as it was written.
type UnitProof struct {
	OK         bool
	Leaves     int    // that tell of the unit
	Signed     int    // of them, under the newest signed checkpoint
	Checkpoint int64  // leaves that it covers; 0 when there is none
	FirstFault string // the first thing wrong, one plain sentence; "" when OK
}

// VerifyReport is what a run over the whole record found.
type VerifyReport struct {
	OK          bool   `json:"ok"`
	Leaves      int64  `json:"leaves"`                  // leaves that are sound, from the first on
	Rows        int64  `json:"rows"`                    // rows held against their leaves
	Checkpoints int    `json:"checkpoints"`             // signed checkpoints held against the leaves
	Covered     int64  `json:"covered"`                 // leaves under the newest of them; later ones show a change only to who knows Head
	Elsewhere   int    `json:"elsewhere"`               // checkpoints kept elsewhere that it was held against
	Head        string `json:"head"`                    // hash of the last sound leaf, hex
	FirstFault  string `json:"first_fault" null:"zero"` // the first thing wrong, one plain sentence; "" when OK
	Trusted     string `json:"trusted" null:"zero"`     // what can still be trusted, one plain sentence

	Keys []*KeyUse `json:"keys"` // which key signed what since when; as far as was looked
}

// MarshalJSON has null for the fault that there is not.
func (r VerifyReport) MarshalJSON() ([]byte, error) { return station.MarshalNull(r) }

// Against is what a record is verified against, beside itself.
type Against struct {
	Notes [][]byte // checkpoints that were kept elsewhere
	Keys  []string // public keys of stations; without any, those that the record names are taken
}

// KeyUse is a key of the record: which station it made, and what it signed.
type KeyUse struct {
	Key         string             `json:"key"`      // public key
	Enrolled    *station.Enrolment `json:"enrolled"` // its last; null where it signed before the record kept any and signed no more
	Ended       int64              `json:"ended"`    // leaf that gave its station to another key; 0 where none did
	Earlier     []station.Span     `json:"earlier"`  // enrolments before that one, the oldest first: it was replaced and came back, or was given another name
	Checkpoints int                `json:"checkpoints"`
	First       *SignedAt          `json:"first"` // of them; null where it signed none
	Last        *SignedAt          `json:"last"`
}

// SignedAt is when a checkpoint was signed.
type SignedAt struct {
	Size int64     `json:"size"` // leaves that it covers
	Leaf int64     `json:"leaf"` // that wrote it
	At   time.Time `json:"at"`
}
