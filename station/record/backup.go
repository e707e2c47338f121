// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// Backup is a backup as the record knows it.
type Backup struct {
	File   string       `json:"file"` // its name, without the folder
	Bytes  int64        `json:"bytes"`
	Hash   string       `json:"hash"`   // SHA-256 of the file, hex
	Leaves int64        `json:"leaves"` // that it holds
	Code   station.Code `json:"code"`   // "" when it was made and verified
	At     time.Time    `json:"at"`
	Leaf   int64        `json:"leaf"`
}

// DrillReport is what a restore drill found.
type DrillReport struct {
	OK         bool   `json:"ok"` // the backup is sound, and the record goes on from it
	File       string `json:"file"`
	Leaves     int64  `json:"leaves"`      // that the backup holds
	Head       string `json:"head"`        // hash of the last of them, hex
	FirstFault string `json:"first_fault"` // the first thing wrong, one plain sentence; "" when OK

	// What the record says of a backup of this name; null when it knows none.
	Recorded *Backup `json:"recorded"`
	// Compared tells whether there was a record to hold the backup against;
	// what follows is of no meaning otherwise.
	Compared bool       `json:"compared"`
	Behind   int64      `json:"behind"` // leaves that a restore would lose
	Lost     []Loss     `json:"lost"`   // those leaves by what they did, the most frequent first
	Units    int64      `json:"units"`  // units about which a leaf would be lost
	Since    *time.Time `json:"since"`  // when the first of them was written; null when none would be lost
	Leaf     int64      `json:"leaf"`   // of the record, which holds that the drill was held; 0 without a record
}

// Loss is how many leaves of one act a restore would lose.
type Loss struct {
	What string `json:"what"`
	N    int64  `json:"n"`
}

// LedgerHead is the last leaf of a record.
type LedgerHead struct {
	Leaf int64  `json:"leaf"`
	Hash string `json:"hash"` // hex
}

// Restored is what a restore did, and what it gave up.
type Restored struct {
	File  string      `json:"file"`
	Aside *string     `json:"aside"` // where the record is now that stood there; null when none did
	From  LedgerHead  `json:"from"`  // of the backup
	Was   *LedgerHead `json:"was"`   // of the record that is set aside; null when it could not be read

	// What the record that is set aside has beyond the backup; null, and of no
	// meaning, where the one does not go on from the other.
	Behind *int64     `json:"behind"` // leaves
	Lost   []Loss     `json:"lost"`   // those leaves by what they did, the most frequent first
	Units  int64      `json:"units"`  // units that they are about
	Since  *time.Time `json:"since"`  // when the first of them was written
	Note   string     `json:"note"`   // why there is nothing to count; "" when there is

	Leaf int64 `json:"leaf"` // of the restored record, which says all this
}
