// SPDX-License-Identifier: Apache-2.0

package station

import (
	"context"
	"time"
)

// Clock tells the time. Every time in the domain comes from one.
type Clock interface {
	Now() time.Time
}

// DUT asks the device under test who it is. fixtures implements it.
type DUT interface {
	// Identify holds one dialogue and returns what the device said, with the
	// evidence. It calls hint, when not nil, with short plain phrases on how it
	// goes ("slow device"). An error is a *Fault; the Reading then still holds
	// the evidence so far. A device that answers but has no IMEI is no error.
	// Cancelling ctx returns within 0.2 s.
	Identify(ctx context.Context, hint func(string)) (Reading, error)
}

// Records is what a run reads from the DHR. station/dhr implements it and the
// two below. Their errors are *Fault or *Refusal.
type Records interface {
	// UnitContext returns all that the record knows which bears on this serial under
	// this order, at this station. An unknown order is a *Refusal, a station
	// whose key is not enrolled a *Fault.
	UnitContext(ctx context.Context, order, serial string) (UnitContext, error)
	// ConflictingBindings returns the live bindings that hold an identity of r which no two
	// units may have: an IMEI, its ICCID or its EID. An IMSI may be shared.
	// Those of another origin, of a list or a subscription, have no ID.
	ConflictingBindings(ctx context.Context, r Reading) ([]Binding, error)
	// FlaggedUnits returns the flags in force of units that hold an identity of r
	// which no two units may have, or ever held it.
	FlaggedUnits(ctx context.Context, r Reading) ([]Flagged, error)
	// Person finds a person by ID. An unknown or inactive one is a *Refusal
	// person-unknown.
	Person(ctx context.Context, id string) (Person, error)
}

// Binder makes the two durable commits of a unit, and the one for a unit that
// is refused or given up. Each writes its rows and its audit leaf in one
// transaction and returns the leaf's number once that is on disk.
type Binder interface {
	// Bind makes the unit (when new), its binding and the open attempt.
	// Uniqueness is decided here, by the database: a clash is a *Refusal with
	// the code imei-in-use, iccid-in-use, eid-in-use or serial-in-use, and nothing is
	// written.
	Bind(ctx context.Context, a Attempt, b Binding) (Bound, error)
	// Complete ends the attempt in pass, keeps with the print how its label was
	// proven, and marks the unit passed; the print is verified where a scanner
	// read it. A proof that is less than the product asks for is a *Refusal.
	// Attempts of the unit that a stop of the station left open end in aborted.
	Complete(ctx context.Context, a Attempt, p Print) (leaf int64, err error)
	// End ends an attempt in fail, error or aborted, or in a pass that changed
	// nothing; a.ID is 0 when Bind was not reached. It opens the alarm that
	// a.Alarm asks for in the same commit.
	End(ctx context.Context, a Attempt) (leaf int64, err error)
}

// Prints keeps the account of labels. Each call is one durable commit.
type Prints interface {
	// BeginPrint records that a label is about to be sent to the printer.
	BeginPrint(ctx context.Context, p Print) (Print, error)
	// FinishPrint records what became of it: PrintSent, or PrintVoid with a reason.
	FinishPrint(ctx context.Context, p Print) error
}

// Labeller draws a unit's label. labels implements it.
type Labeller interface {
	// Label draws the layout with these values and checks the drawing by
	// decoding it. A layout or value that breaks a rule is a *Fault with code
	// label-refused, a drawing that does not decode label-selfcheck.
	Label(layoutHash string, v LabelValues) (Label, error)
}

// LabelTrial draws labels of what comes in, before there is a unit or a printer
// for it. labels implements it.
type LabelTrial interface {
	// SampleValues are values that belong to nobody, for what is not known yet.
	SampleValues() LabelValues
	// TryLabel draws the text of a layout with values and gives the codes of the
	// label, or says what stands in the way at every resolution of a label
	// printer, without a full stop; "" when it can be drawn and read back.
	TryLabel(layout []byte, v LabelValues) (codes []LabelCode, problem string)
}

// Printer puts a label on paper or in a folder.
type Printer interface {
	// Print sends l once and returns when the printer says that it is done. An
	// error is a *Fault; its Sent field tells whether any byte went out. A
	// printer never resends on its own.
	Print(ctx context.Context, job string, l Label) error
	// Printed tells whether the job came out: yes and no when the printer can
	// know, unsure when it can't.
	Printed(ctx context.Context, job string, l Label) (Answer, error)
	// Name is the URI of the printer, as the record keeps it.
	Name() string
}

// LabelChecker is a [Printer] that can tell before a unit is bound that it would
// not print a label as it was drawn.
type LabelChecker interface {
	// Check prints nothing. Its error is a *Fault; what else may keep the
	// printer from printing is left to Print. hint, where it is not empty, is
	// for people to know and no fault.
	Check(ctx context.Context, l Label) (hint string, err error)
}

// Answer is yes, no, or unsure.
type Answer string

// The answers.
const (
	Yes    Answer = "yes"
	No     Answer = "no"
	Unsure Answer = "unsure"
)
