// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"time"

	"bindery/station/identity"
)

// UnitContext is all that the record knows which bears on one serial.
type UnitContext struct {
	Station     string // that asks, by its key
	Serial      string
	Order       Order
	Product     Product
	Allocations []Allocation // of every product, so that a wrong one can be named
	Unit        *Unit        // nil when the serial is new
	Twin        string       // a unit from whose serial this one, which is new, differs in capitals only; "" when there is none
	Alarms      []Alarm      // open ones of this serial
	Imported    *Origin      // what a list of another system says of the serial; nil when none does
	Flags       []Flagged    // flags in force of this serial
	Conflicting []Binding    // live bindings that hold an identity of the reading
	Suspects    []Flagged    // flagged units that hold, or held, an identity of the reading
	LineOf      string       // order whose labels the line was not cleared of; "" when none
	Devices     Devices      // that may feed the record
	Dialects    []DialectRef // that the product may be read by
	Signed      bool         // quality has approved the product by signature
	Unapproved  bool         // the product awaits the signature that this site can give
}

// Attempt is one try to provision one unit, with all that it showed. Every
// try leaves one in the record, whatever its outcome.
type Attempt struct {
	ID       int64 // 0 until it is in the record
	Order    string
	Serial   string
	By       string // person ID
	Station  string // as its Case says; the record has its own word for it
	Started  time.Time
	Ended    time.Time
	Outcome  Outcome
	Findings []Finding
	Fault    Code     // the code of the fault, when Outcome is Errored
	Alarm    *Finding // the finding that raises an alarm with this attempt; else nil
	Steps    []StepResult
	Reading  Reading
}

// EndCode is what an attempt is remembered by: its fault, or its first finding at
// level fail; "" where there is neither.
func (a Attempt) EndCode() Code {
	if a.Fault != "" {
		return a.Fault
	}
	if f := (Verdict{Findings: a.Findings}).First(); f != nil {
		return f.Code
	}
	return ""
}

// Bound is the result of a bind.
type Bound struct {
	Unit    Unit
	Attempt int64 // ID of the open attempt
	Leaf    int64
}

// Print is one print of one label.
type Print struct {
	ID         int64 // 0 until it is in the record
	Serial     string
	Binding    int64
	N          int    // 1 for the first label of this unit; the record sets it
	LayoutHash string // of the layout
	Hash       string // of the dots that were sent
	Printer    string // URI
	State      PrintState
	Reason     string // of a reprint or a void
	At         time.Time
	By         string // person ID
	Approver   string // person ID, where a reprint asks for a second person

	Proof ScanProof // how the label was proven; its method is "" before that, and where the record does not say
}

// PrintState is how far a label has come.
type PrintState string

// The states of a print.
const (
	PrintIntended PrintState = "intended" // about to be sent, or sent and not known to have come out
	PrintSent     PrintState = "sent"     // the printer says that it is done
	PrintVerified PrintState = "verified" // read back from the label by a scanner, and equal
	PrintVoid     PrintState = "void"     // not applied: see Reason
)

// PrintStates lists them.
var PrintStates = []PrintState{PrintIntended, PrintSent, PrintVerified, PrintVoid}

// OnUnit reports whether a label is on its unit, that was proven or not. The record
// of before there were proofs has some that are verified without one.
func (s PrintState) OnUnit(proven bool) bool { return s == PrintVerified || s == PrintSent && proven }

// Printed reports whether a label came out for good: the printer has said so, and
// nobody has declared it void since.
func (s PrintState) Printed() bool { return s == PrintSent || s == PrintVerified }

// Open reports whether a label is neither on its unit nor destroyed.
func (s PrintState) Open(proven bool) bool { return s != PrintVoid && !s.OnUnit(proven) }

// bindingValues is what a unit of p is bound to when this is read, as the record holds
// it. What the product does not ask for is not bound: a SIM that is in the
// device for the test alone stays out of the record of the unit.
func (r Reading) bindingValues(p Product) Binding {
	b := Binding{
		IMEI: identity.IMEI(r.IMEI), EID: identity.EID(r.EID),
		Maker: Recorded(r.Manufacturer), Model: Recorded(r.Model), Firmware: Recorded(r.Firmware),
	}
	if p.IMEIs == 2 {
		b.IMEI2 = identity.IMEI(r.IMEI2)
	}
	if p.SIM != SIMNone {
		b.IMSI = identity.IMSI(r.IMSI)
		b.ICCID, _ = identity.ParseICCID(r.ICCID)
	}
	return b
}

// binding is a reading, which has been judged sound, as the binding of a case.
func (r Reading) binding(c UnitContext, a Attempt) Binding {
	b := r.bindingValues(c.Product)
	b.Serial, b.At, b.By = c.Serial, a.Started, a.By
	i := slices.IndexFunc(c.Allocations, func(a Allocation) bool { return a.Product == c.Product.REF && a.Holds(b.IMEI) })
	b.Allocation = c.Allocations[i].ID
	return b
}
