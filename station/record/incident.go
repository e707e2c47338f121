// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// Clash is a row of a list that is at odds with another or with the record.
type Clash struct {
	File   int64        `json:"file"`
	Row    int64        `json:"row"`
	Serial string       `json:"serial"`
	Code   station.Code `json:"code"` // imei-in-use, iccid-in-use, eid-in-use, serial-in-use, not-in-record, bindings-overlap
	With   string       `json:"with"` // what it is at odds with, such as "row 12"
}

// LeftOutRow is a row of a list that quality takes out.
type LeftOutRow struct {
	Row    int64
	Reason string
}

// LeftOut is a row that somebody took out of a list.
type LeftOut struct {
	File   int64     `json:"file"`
	Row    int64     `json:"row"`
	Serial string    `json:"serial"`
	Reason string    `json:"reason"`
	By     string    `json:"by"`
	At     time.Time `json:"at"`
}

// HistoryReview is what somebody who accepts a list sees before: the lists that go
// together, and what will not count of them.
type HistoryReview struct {
	Lists   []station.HistoryFile `json:"lists"`
	LeftOut []LeftOut             `json:"left_out"`
	Shown   string                `json:"shown"` // SHA-256, hex, of all this as it is signed
}

// SampleRow is a row of a list that is to be compared with its source.
type SampleRow struct {
	File    int64               `json:"file"`
	Row     int64               `json:"row"`
	LeftOut bool                `json:"left_out"` // it counts for nothing
	Serial  string              `json:"serial"`
	Binding ImportedBindingView `json:"binding"`
}

// ImportedUnitView is a unit of an accepted list: not observed by this station.
type ImportedUnitView struct {
	Origin      string                `json:"origin"` // [NotObserved]
	Source      string                `json:"source"`
	File        string                `json:"file"`
	FileHash    string                `json:"file_hash"`
	Row         int64                 `json:"row"`
	REF         string                `json:"ref"`
	Lot         string                `json:"lot"`
	Order       string                `json:"order"`
	Station     string                `json:"station"`
	Operator    string                `json:"operator"`
	Was         string                `json:"was"`      // its disposition in the other system
	BoundAt     string                `json:"bound_at"` // as it came
	Disposition station.Disposition   `json:"disposition"`
	Reason      string                `json:"reason"` // of the last change of it
	By          string                `json:"by"`
	Second      string                `json:"second"`
	Changed     *time.Time            `json:"changed"`
	Leaf        int64                 `json:"leaf"`
	Bindings    []ImportedBindingView `json:"bindings"`
}

// ImportedBindingView is a binding of another origin.
type ImportedBindingView struct {
	Source   string     `json:"source"`
	File     string     `json:"file"`
	FileHash string     `json:"file_hash"`
	Row      int64      `json:"row"`
	Live     bool       `json:"live"`
	IMEI     string     `json:"imei"`
	IMEI2    string     `json:"imei2"`
	ICCID    string     `json:"iccid"`
	IMSI     string     `json:"imsi"`
	EID      string     `json:"eid"`
	Maker    string     `json:"maker"`
	Model    string     `json:"model"`
	Firmware string     `json:"firmware"`
	Since    *time.Time `json:"since"` // nil where no moment is known
	Ended    *time.Time `json:"ended"`
	Dated    string     `json:"dated"` // both as they came
	Undated  string     `json:"undated"`
	By       string     `json:"by"` // who gave it up, as it came
	Reason   string     `json:"reason"`
	Leaf     int64      `json:"leaf"`
}

// FlagView is a flag of a unit.
type FlagView struct {
	ID        int64        `json:"id"`
	Serial    string       `json:"serial"`
	Flag      station.Flag `json:"flag"`
	Since     time.Time    `json:"since"`
	Reason    string       `json:"reason"`
	SaidBy    string       `json:"said_by"` // who says so, as a list has it
	By        string       `json:"by"`
	At        time.Time    `json:"at"`
	File      string       `json:"file"` // of the list that it came with; "" where it was set here
	Row       int64        `json:"row"`
	Ended     *time.Time   `json:"ended"` // nil while it is in force
	EndedBy   string       `json:"ended_by"`
	EndReason string       `json:"end_reason"`
	Leaf      int64        `json:"leaf"`
}

// FlagRequest asks for a flag.
type FlagRequest struct {
	Serial string
	Flag   station.Flag
	Since  time.Time // zero is now
	Reason string
	SaidBy string
	Row    int64 // of the list that it comes with
}

// SourceFile is the file that something comes with; the zero value is none.
type SourceFile struct {
	Name   string // without the folder
	Hash   string // SHA-256, hex
	Source string // the system that it comes from
}

// Subscription is a SIM that a unit was given in the field, as others say.
type Subscription struct {
	ID     int64      `json:"id"`
	Serial string     `json:"serial"`
	ICCID  string     `json:"iccid"`
	IMSI   string     `json:"imsi"`
	EID    string     `json:"eid"`
	From   time.Time  `json:"from"`
	To     *time.Time `json:"to"`      // nil while it holds
	SaidBy string     `json:"said_by"` // who changed it, as it came
	Reason string     `json:"reason"`
	Source string     `json:"source"`
	File   string     `json:"file"`
	Row    int64      `json:"row"`
	By     string     `json:"by"` // who brought it in
	At     time.Time  `json:"at"`
	Leaf   int64      `json:"leaf"`
}
