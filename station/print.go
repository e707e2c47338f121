// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"strings"
	"time"
)

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

// PrintStates lists them, in the order in which a label comes to them.
var PrintStates = []PrintState{PrintIntended, PrintSent, PrintVerified, PrintVoid}

// MayBecome reports whether a label that has come so far may come to another state: it
// only goes on, and what is void stays so.
func (s PrintState) MayBecome(to PrintState) bool {
	return slices.Contains(PrintStates, s) && slices.Index(PrintStates, s) < slices.Index(PrintStates, to)
}

// OnUnit reports whether a label is on its unit, that was proven or not. The record
// of before there were proofs has some that are verified without one.
func (s PrintState) OnUnit(proven bool) bool { return s == PrintVerified || s == PrintSent && proven }

// Printed reports whether a label came out for good: the printer has said so, and
// nobody has declared it void since.
func (s PrintState) Printed() bool { return s == PrintSent || s == PrintVerified }

// Open reports whether a label is neither on its unit nor destroyed.
func (s PrintState) Open(proven bool) bool { return s != PrintVoid && !s.OnUnit(proven) }

// State is what the proof makes of a print: verified where a scanner read the label.
// Less lets a unit pass where its product allows it, and the print stays sent, with
// the proof beside it.
func (p ScanProof) State() PrintState {
	if p.Method == ByScanner {
		return PrintVerified
	}
	return PrintSent
}

// notSent begins the reason of a print that was void before a byte of it went
// out; what follows is the code of the fault.
const notSent = "not sent: "

// MayExist reports whether the label of p exists, or may.
func (p Print) MayExist() bool { return p.State != PrintVoid || !strings.HasPrefix(p.Reason, notSent) }

// Applied reports whether the label of p is on its unit: verified, or proven by
// as much as its product asks for.
func (p Print) Applied() bool { return p.State.OnUnit(p.Proof.Method != "") }

// AppliedFor reports whether p, the last print of a unit, is applied for its
// live binding; one that has no live binding has no label that is due.
func (p Print) AppliedFor(live int64) bool { return p.Applied() && (live == 0 || p.Binding == live) }

// Proven is in plain words how the label of p was proven; "" while it is not.
func (p Print) Proven() string {
	if p.Proof.Method == "" && p.State != PrintVerified {
		return ""
	}
	return p.Proof.String()
}

// ProvenBy is by what the label of p was proven, a [ScanMethod] or that it was not
// recorded; "" while it is not proven.
func (p Print) ProvenBy() string {
	if p.Proof.Method == "" {
		return p.Proven()
	}
	return string(p.Proof.Method)
}
