// SPDX-License-Identifier: Apache-2.0

// Package ledger is the tamper-evident log behind the record: leaves, each of
// which names the hash of the one before. The same hashes are the leaves of an
// RFC 6962 tree. Bytes in, verdict out: it knows no SQL and no files.
//
// docs/record-format.md describes all of it for somebody who writes a verifier
// of their own.
package ledger

import (
	"encoding/hex"
	"maps"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a SHA-256 hash.
type Hash = tlog.Hash

// Leaf is the account of one transaction: who changed what, when, where, why.
type Leaf struct {
	LeafHead
	Rows []RowImage `json:"rows"`
}

// LeafHead is a leaf but for the rows that were written.
type LeafHead struct {
	Number  int64  `json:"number"` // 1 for the first, no gaps
	Prev    string `json:"prev"`   // hex hash of the leaf before; 64 zeros in the first
	At      string `json:"at"`     // UTC, RFC 3339 with milliseconds
	Zone    string `json:"zone"`   // the station's offset from UTC then, e.g. "+01:00"
	Who     string `json:"who"`    // person ID, "" where nobody was signed in
	Station string `json:"station"`
	What    string `json:"what"`    // a verb: bind, complete, import…
	Subject string `json:"subject"` // what it was done to, e.g. "unit:CL-000142"
	Why     string `json:"why"`
}

// Time is when the leaf was written, in UTC; zero where At is no time.
func (h LeafHead) Time() time.Time {
	at, _ := time.Parse(Stamp, h.At) // a time that is none shows as zero
	return at
}

// RowImage is one row that the transaction wrote, whole.
type RowImage struct {
	Table string         `json:"table"`
	Row   map[string]any `json:"row"`           // every column: string, int64, nil; a blob as "sha256:" and hex
	Old   map[string]any `json:"old,omitempty"` // what the changed columns were before, or [LeftOut]; nil for a new row
	Was   int64          `json:"was,omitempty"` // the leaf that wrote the row before; 0 for a new row
}

// Before is the row that r replaced: what changed is put back.
func (r RowImage) Before() map[string]any {
	before := maps.Clone(r.Row)
	for c, v := range r.Old {
		if before[c] = v; v == LeftOut {
			delete(before, c)
		}
	}
	before["leaf"] = r.Was
	return before
}

// Stamp is how times stand in leaves and tables.
const Stamp = "2006-01-02T15:04:05.000Z"

// ClockSlack is how far the clock may go back from one leaf to the next: what
// a time server corrects in passing. A larger step is written as [SettleClock]
// by an admin first.
const ClockSlack = 2 * time.Second

// SettleClock is the act that accepts a clock that went back.
const SettleClock = "settle-clock"

// New starts the leaf that follows a leaf with that number and hash.
func New(prev int64, hash Hash, now time.Time) Leaf {
	return Leaf{LeafHead: LeafHead{
		Number: prev + 1, Prev: hex.EncodeToString(hash[:]),
		At: now.UTC().Format(Stamp), Zone: now.Format("-07:00"),
	}}
}

// LeftOut stands in [Row.Old] for a column that the row before left out: one
// that came with a later migration and held its default. It is the only boolean
// in a leaf.
const LeftOut = false
