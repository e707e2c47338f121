// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/query"
)

// Interpreted is what a text was taken for and what came of it.
type Interpreted struct {
	Took    query.TextKind `json:"took"`
	Value   string         `json:"value" null:"zero"`   // as the record has it; whole, so not for a log; "" of several texts
	Why     string         `json:"why"`                 // in English
	Reasons []query.Reason `json:"-"`                   // what Why says, for screens of any language; empty where Refused is not
	Refused identity.Code  `json:"refused" null:"zero"` // why nothing was looked for, or what is wrong with a number that the record does not have; "" where nothing is
	Count   int            `json:"count"`               // units that it led to, counted up to [MostCounted]
}

// MarshalJSON has null for what a text has not.
func (i Interpreted) MarshalJSON() ([]byte, error) { return station.MarshalNull(i) }

// Matches is the answer to a search.
type Matches struct {
	Interpreted
	Texts []Interpreted `json:"texts,omitempty"` // each of the texts, where several were asked for at once
	Units []Match       `json:"units"`           // [MostFound] at most
	More  bool          `json:"more"`            // there are more behind them
}

// MarshalJSON is its own, and not that of what it embeds.
func (m Matches) MarshalJSON() ([]byte, error) { return station.MarshalNull(m) }

// Match is one unit with its live identities, and which of its bindings the text
// led to. What was asked of a moment has the identities of that moment.
type Match struct {
	Serial string `json:"serial"`

	Binding int64      `json:"binding" null:"zero"` // that has what was looked for, or else the live one; 0 where there is none
	Live    bool       `json:"live"`
	GivenUp bool       `json:"given_up"`
	From    *time.Time `json:"from"` // when that was bound; nil where no moment is known, as To
	To      *time.Time `json:"to"`   // when it was given up; nil while it is live

	Attempt int64        `json:"attempt" null:"zero"` // where no binding has it: the newest attempt in which a refused device gave it
	Code    station.Code `json:"code" null:"zero"`    // why that one was refused

	IMEI        string              `json:"imei" null:"zero"`
	IMEI2       string              `json:"imei2" null:"zero"`
	ICCID       string              `json:"iccid" null:"zero"`
	IMSI        string              `json:"imsi" null:"zero"`
	EID         string              `json:"eid" null:"zero"`
	REF         string              `json:"ref" null:"zero"`
	Order       string              `json:"order" null:"zero"`
	Lot         string              `json:"lot" null:"zero"`
	Disposition station.Disposition `json:"disposition" null:"zero"` // "" of a serial that never became a unit
	BoundAt     *time.Time          `json:"bound_at"`                // nil while nothing is bound
	Flags       []station.Flag      `json:"flags,omitempty"`         // in force
}

// MarshalJSON has null for what a unit does not have.
func (m Match) MarshalJSON() ([]byte, error) { return station.MarshalNull(m) }

// MostFound is how many units one search gives at most.
const MostFound = 100

// MostCounted is as far as the units of one search are counted.
const MostCounted = 10_000
