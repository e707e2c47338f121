// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/scope"
)

// Case is an incident that is followed up: the units of a scope under a name,
// with why and by whom.
type Case struct {
	ID          int64      `json:"id"`
	Name        string     `json:"name"`
	Reason      string     `json:"reason"`
	People      []string   `json:"people"` // IDs of who follows it up
	By          string     `json:"by"`
	At          time.Time  `json:"at"`
	Closed      *time.Time `json:"closed"` // nil while it is open
	ClosedBy    string     `json:"closed_by"`
	CloseReason string     `json:"close_reason"`
	Leaf        int64      `json:"leaf"`  // that wrote it last
	Saved       []CaseList `json:"saved"` // the newest first
}

// CaseList is what the units of a case were when it was saved.
type CaseList struct {
	N      int64      `json:"n"`     // 1 is the first
	Scope  string     `json:"scope"` // as text, with identities masked
	Expr   scope.Expr `json:"-"`
	AsOf   int64      `json:"as_of"` // last leaf of the record when they were listed
	Count  int        `json:"count"`
	Hash   string     `json:"hash"` // SHA-256 over the serials, a line each, hex
	Reason string     `json:"reason"`
	By     string     `json:"by"`
	At     time.Time  `json:"at"`
	Leaf   int64      `json:"leaf"`
}

// NewCaseList is a list of the units of a case, to be saved.
type NewCaseList struct {
	Name   string // of the case
	People []string
	Reason string
	Expr   scope.Expr // without a [scope.FileExpr]
	AsOf   int64
	Units  []string // serials, sorted
}

// CaseChanges is what became of a case since it was saved last.
type CaseChanges struct {
	Then  int          `json:"then"`
	Now   int          `json:"now"`
	Added []UnitChange `json:"added"` // units that came into the scope, with the newest entry about each since: mostly why
	Gone  []UnitChange `json:"gone"`  // units that left it, likewise
}

// UnitIdentity is one identity that a unit has or had.
type UnitIdentity struct {
	Kind   identity.Kind
	Value  string // whole
	Serial string
}

// IncidentExport is what was handed over of the units of a scope or a case.
type IncidentExport struct {
	ID        int64            `json:"id"`
	Audience  station.Audience `json:"for"`
	Case      int64            `json:"-"` // 0 where a scope was asked for
	Expr      scope.Expr       `json:"-"`
	Scope     string           `json:"scope"` // as text, with identities masked
	Whole     bool             `json:"whole"`
	Units     int              `json:"units"`
	Rows      int              `json:"rows"`
	Form      string           `json:"form"`
	Hash      string           `json:"hash"` // SHA-256 of the file, hex
	Bytes     int64            `json:"bytes"`
	Recipient string           `json:"to"`
	Reason    string           `json:"reason"`
	By        string           `json:"by"`
	At        time.Time        `json:"at"`
	Leaf      int64            `json:"leaf"`
}

// Answers are those to a field action, counted from a list that came back.
type Answers struct {
	File       string    `json:"file"` // its name, without the folder
	Hash       string    `json:"hash"` // SHA-256 of the file, hex
	Units      int       `json:"units"`
	Answered   int       `json:"answered"`
	Foreign    int       `json:"foreign"`    // rows of serials that are not in the case
	Unanswered []string  `json:"unanswered"` // serials; of a list that was just counted
	By         string    `json:"by"`
	At         time.Time `json:"at"`
	Leaf       int64     `json:"leaf"`

	Blank []BlankReply `json:"blank,omitempty"` // replies that say nothing; of a list that was just counted
}

// BlankReply is where a list has a reply that says nothing.
type BlankReply struct {
	Row    int    `json:"row"` // from 1
	Serial string `json:"serial"`
}
