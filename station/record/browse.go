// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
	"bindery/station/ledger"
)

// NodeKind says what a place is.
type NodeKind string

// The kinds of nodes where links begin. They have no name.
const (
	KindRecord NodeKind = "record"
	KindLots   NodeKind = "lots"
	KindRules  NodeKind = "rules" // product versions, allocations, layouts, dialects, devices
	KindPeople NodeKind = "people"
	KindAlarms NodeKind = "alarms"
	KindKeys   NodeKind = "keys"  // keys of stations, checkpoints, backups
	KindTrail  NodeKind = "trail" // every leaf
)

// The kinds of places that gather units.
const (
	KindLot    NodeKind = "lot"
	KindDates  NodeKind = "dates"  // named FIRST/LAST, days like 2026-07-01, both included
	KindSearch NodeKind = "search" // named by what was looked for
)

// KindLeaf is the place of a leaf itself, named by its number.
const KindLeaf NodeKind = "leaf"

// The kinds of places that are one row of the record. They are named by its
// key: a product REF/VERSION, a device KIND/NAME, a secret PERSON/KIND, a row of a
// list LIST/ROW,
// everything else by its number or its own name.
const (
	KindOrder       NodeKind = "order"
	KindUnit        NodeKind = "unit"
	KindBinding     NodeKind = "binding"
	KindAttempt     NodeKind = "attempt"
	KindEvidence    NodeKind = "evidence" // named by its attempt, as is the verdict
	KindVerdict     NodeKind = "verdict"
	KindPrint       NodeKind = "print"
	KindMove        NodeKind = "move"
	KindAlarm       NodeKind = "alarm"
	KindSignature   NodeKind = "signature"
	KindProduct     NodeKind = "product"
	KindLayout      NodeKind = "layout"
	KindDialect     NodeKind = "dialect"
	KindAllocation  NodeKind = "allocation"
	KindPerson      NodeKind = "person"
	KindSignIn      NodeKind = "sign-in"
	KindClearance   NodeKind = "clearance"
	KindExplanation NodeKind = "explanation"
	KindCheckpoint  NodeKind = "checkpoint"
	KindKey         NodeKind = "key"
	KindBackup      NodeKind = "backup"
	KindDevice      NodeKind = "device"
	KindSecret      NodeKind = "secret"
	KindEnrolment   NodeKind = "enrolment"
	KindProgram     NodeKind = "program"

	KindHistory         NodeKind = "history"          // a list of another system
	KindHistoryPart     NodeKind = "history-part"     // of its file, named FILE/N as the two below
	KindImportedUnit    NodeKind = "imported-unit"    // a row of it
	KindImportedBinding NodeKind = "imported-binding" // a row of it
	KindFlag            NodeKind = "flag"
	KindSubscription    NodeKind = "subscription"
	KindReconciliation  NodeKind = "reconciliation" // a comparison with the list of a carrier

	KindCase           NodeKind = "case"            // an incident that is followed up
	KindCaseList       NodeKind = "case-list"       // its units as they were saved, named CASE/N
	KindIncidentExport NodeKind = "incident-export" // what was handed over of its units
	KindAnswers        NodeKind = "answers"         // to a field action
	KindAliasKey       NodeKind = "alias-key"
	KindAlias          NodeKind = "alias"
)

// Node is a place in the record: one that pages and links are about.
type Node struct {
	Kind NodeKind
	Name string
}

// Page is what there is to see at a place. Identities and badges in it are
// masked, unless Whole says that they were asked for.
type Page struct {
	Node
	Title    string // what people call it: a serial, a name, a masked number
	State    string // such as "passed", "live" or "void"; "" where there is none
	Whole    bool
	Facts    []Fact
	Findings []station.Finding // of a verdict
	Evidence []DialogueLine    // of what a device said
	Text     string            // of a layout or dialect, of what was signed, of a checkpoint
	Search   *Matches          // of a search: what its text was taken for, without the units; nil where a person, a leaf or days were named
	Units    Node              // whose records can be handed over from here; zero where none can
	Leaf     *LeafStatus       // nil where no leaf speaks of the place itself
}

// Fact is a column of the row that a place is.
type Fact struct{ Name, Value string }

// Link leads to another place.
type Link struct {
	To    Node
	Text  string // as a title, or how many there are where the place has no name
	State string
	At    time.Time // zero where it has none
	By    string    // who, or which unit
}

// LeafStatus is how a leaf stands: what it says, and whether that holds.
type LeafStatus struct {
	ledger.LeafHead // as people are shown it: Who by name, identities masked
	Changes         []RowChange
	Hash            string // hex
	Size            int64  // leaves under the newest checkpoint; 0 where there is none
	Key             string // that signed it: its name, "+" and its hash
	Root            string // of the tree that it signed, base64
	Path            []string
	Proven          bool // Path leads from Hash to Root (RFC 6962 §2.1.1)
	Wrong           []Wrong
}

// RowChange is what a leaf wrote of one row.
type RowChange struct {
	Table   string
	Key     string
	Here    bool // the row of the place
	New     bool
	Columns []ColumnChange // that were changed; none of a new row
}

// ColumnChange is one value before and after.
type ColumnChange struct{ Name, Was, Is string }

// Wrong is something that does not hold.
type Wrong string

// What can be wrong.
const (
	RowDiffers   Wrong = "row"        // the row is not as its leaf wrote it
	RowSetBack   Wrong = "set-back"   // a later leaf wrote the row otherwise
	LeafMissing  Wrong = "missing"    // the leaf that the row names is not there, or cannot be read
	HashDiffers  Wrong = "hash"       // the text of the leaf does not have its hash
	PrevDiffers  Wrong = "prev"       // the leaf does not follow the one before
	NextDiffers  Wrong = "next"       // the next leaf does not follow it
	NoKnownKey   Wrong = "checkpoint" // the newest checkpoint is signed by no key of the record
	NotInTheTree Wrong = "proof"      // the leaf is not in the tree that was signed
)
