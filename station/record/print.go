// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// PrintView is one print of the unit's label.
type PrintView struct {
	ID         int64              `json:"id"`
	N          int                `json:"n"`
	Binding    int64              `json:"binding"`
	LayoutHash string             `json:"layout_hash"`
	Hash       string             `json:"hash"`
	Printer    string             `json:"printer"`
	State      station.PrintState `json:"state"`
	Reason     string             `json:"reason"`
	At         time.Time          `json:"at"`
	By         string             `json:"by"`
	Approver   string             `json:"approver"`
	Proof      *LabelProof        `json:"proof"` // nil while the label is not proven
	Leaf       int64              `json:"leaf"`
}

// LabelProof is how a label was proven: "scanner", "typed", "argument", "drawing",
// or "not recorded". The numbers are 0 where the station did not see the keys.
type LabelProof struct {
	Method    string `json:"method"`
	Keys      int    `json:"keys"`
	MS        int64  `json:"ms"`         // from the first to the last
	LongestMS int64  `json:"longest_ms"` // between two
	Words     string `json:"words"`      // the same for people
}

// LabelProofOf is the proof of a print; nil where there is none to speak of.
func LabelProofOf(p station.Print) *LabelProof {
	words := p.Proven()
	if words == "" {
		return nil
	}
	return &LabelProof{p.ProvenBy(), p.Proof.Keys, p.Proof.Took.Milliseconds(), p.Proof.Longest.Milliseconds(), words}
}

// By is how the label was proven; "" where that was not recorded.
func (l LabelProof) By() station.ScanMethod {
	if l.Method == l.Words {
		return ""
	}
	return station.ScanMethod(l.Method)
}

// Applied is [station.Print.Applied].
func (p PrintView) Applied() bool { return p.asPrinted().Applied() }

// AppliedFor is [station.Print.AppliedFor] for the live binding, or none.
func (p PrintView) AppliedFor(live *BindingView) bool {
	if live == nil {
		return p.Applied()
	}
	return p.asPrinted().AppliedFor(live.ID)
}

// asPrinted is as much of the print as the rules of the station ask.
func (p PrintView) asPrinted() station.Print {
	s := station.Print{Binding: p.Binding, State: p.State}
	if p.Proof != nil {
		s.Proof.Method = p.Proof.By()
	}
	return s
}
