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
	Took    query.Kind
	Value   string        // as the record has it; whole, so not for a log; "" of several texts
	Why     string        // one sentence
	Refused identity.Code // why nothing was looked for, or what is wrong with a number that the record does not have; "" where nothing is
	Count   int           // units that it led to, counted up to [MostCounted]
}

// Matches is the answer to a search.
type Matches struct {
	Interpreted
	Texts []Interpreted // each of the texts, where several were asked for at once
	Units []Match       // [MostFound] at most
	More  bool          // there are more behind them
}

// Match is one unit with its live identities, and which of its bindings the text
// led to. What was asked of a moment has the identities of that moment.
type Match struct {
	Serial      string
	IMEI        string
	IMEI2       string
	ICCID       string
	IMSI        string
	EID         string
	REF         string
	Order       string
	Lot         string
	Disposition station.Disposition // "" of a serial that never became a unit
	BoundAt     *time.Time          // nil while nothing is bound

	Binding int64 // that has what was looked for, or else the live one; 0 where there is none
	Live    bool
	From    *time.Time // when that was bound
	To      *time.Time // when it was given up; nil while it is live

	Attempt int64        // where no binding has it: the newest attempt in which a refused device gave it
	Code    station.Code // why that one was refused
}

// MostFound is how many units one search gives at most.
const MostFound = 100

// MostCounted is as far as the units of one search are counted.
const MostCounted = 10_000
