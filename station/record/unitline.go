// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
	"bindery/station/ledger"
)

// UnitLine is one binding of a unit with all that goes with it, flat, as
// tables show it. A unit has a line for each binding that it ever had, or one
// when it has none; Binding is then 0 and the rest of it "". Times are UTC as
// the record keeps them.
type UnitLine struct {
	Serial      string
	Disposition string
	Order       string
	Lot         string
	REF         string
	Version     int64
	Product     string
	GTIN        string
	Made        string

	Binding  int64
	State    string // [BindingLive], [BindingSuperseded], or "" where there is no binding
	IMEI     string
	IMEI2    string
	ICCID    string
	IMSI     string
	EID      string
	Maker    string
	Model    string
	Firmware string
	BoundAt  string
	BoundBy  string // person ID
	ByName   string
	Station  string

	TAC      string // of the allocation that the IMEI was drawn from
	SNRFrom  int64
	SNRTo    int64
	Cert     string
	Label    int64 // number of the last label of this binding, 0 when it has none
	LabelWas string
	Layout   string // hash
	Dots     string // hash of what was printed
	Leaf     int64  // of the binding, else of the unit
	MadeZone string // of the station then; "" where it was not recorded yet
	Proof    string // how the label was proven: a [station.ScanMethod]

	GivenUpAt   string // when the binding was superseded, "" while it is live
	GivenUpBy   string // person ID
	GivenUpName string
	GivenUpWhy  string

	Origin UnitOrigin // of a line of another system; the zero value of what was observed here

	// What did not go straight, of the unit: counted alike on each of its lines.
	Tries   int64 // attempts
	Failed  int64 // of them, with another end than a pass
	Warned  int64 // of them, passed with warnings
	Labels  int64 // that were printed
	Alarms  int64
	Changes int64 // of disposition, that a person made one unit at a time
}

// MadeOn is the date of manufacture, as the label has it; "" where nothing was
// made.
func (l *UnitLine) MadeOn() string {
	if l.Made == "" {
		return ""
	}
	made, err := time.Parse(ledger.Stamp, l.Made)
	if err != nil { // a CHECK of the table keeps this from happening
		return ""
	}
	return string(station.DayIn(made, l.MadeZone))
}

// UnitOrigin is where a line comes from that a list of another system has: its
// binding is not of this record, its station and operator are texts, and nothing of
// it was observed here. Dates are as they came.
type UnitOrigin struct {
	Source, File, Hash string // the other system, its list without the folder, SHA-256 of it
	Row                int64  // of the list, as a spreadsheet numbers it; 0 of what was observed here
	Dated, Undated     string
	Only               bool // the line's unit is in what is exported by such lists alone
}

// NotObserved is how what comes from another system is marked wherever it is shown.
const NotObserved = "not observed by this station"

// Mark is [NotObserved] of what comes from another system, and "" of what does not.
func (o UnitOrigin) Mark() string {
	if o.Row == 0 {
		return ""
	}
	return NotObserved
}

// The states of the binding of a line, as tables and papers show them.
const (
	BindingLive       = "live"
	BindingSuperseded = "superseded"
)

// GivenUp reports whether the unit of the line holds its binding no more.
func (l *UnitLine) GivenUp() bool { return l.State == BindingSuperseded }
