// SPDX-License-Identifier: Apache-2.0

package reconcile

import "bindery/station/identity"

// ClassifiedRow is what a row of the list is.
type ClassifiedRow struct {
	Entry          // what is kept of it: without SIM and Serial where the number cannot be trusted
	Line   int     // of the text, from 1; of a workbook the row, in JSON the place in the list
	Labels []Class // all that hold, of which Class is the first
	Damage Damage  // of a malformed row
	State  string  // as the list has it
	Active bool    // whether the state lets the SIM connect
	Flags  []string
	ICCID  identity.ICCID // as the list has it; "" for a damaged one
}

// OtherFindings is what else is to be told of a row than its class: why it is
// malformed, what else holds, and the flags of its unit. A row has one class and
// may deserve several: the first is what to do, and the others are not lost.
func (r ClassifiedRow) OtherFindings() []string {
	var all []string
	if r.Damage != "" {
		all = append(all, string(r.Damage))
	}
	for _, l := range r.Labels {
		if l != r.Class {
			all = append(all, string(l))
		}
	}
	return append(all, r.Flags...)
}

// Progress is how far a comparison is.
type Progress struct {
	Reading int // 1 or 2: a list is read twice
	Rows    int
	Of      int // rows in all; 0 while they are not known
}

// Options say how to compare.
type Options struct {
	Issuer   string // beginning of the ICCIDs that the list should have; "" finds it out
	Row      func(ClassifiedRow) error
	Missing  func(Card) error // each live SIM of the issuer that the list lacks
	Progress func(Progress)   // now and then
}

// Summary is what a comparison came to.
type Summary struct {
	Shape string
	Totals
	Labels map[Class]int
}

// Totals are what the record keeps of a Summary.
type Totals struct {
	Issuers []string      `json:"issuers"` // whose SIMs were looked for
	Rows    int           `json:"rows"`    // of data
	Counts  map[Class]int `json:"counts"`  // rows by class; those of [Ignore] too
	Missing int           `json:"missing"`
	Unread  int           `json:"unread"` // rows whose ICCID is damaged: the SIM of each may count as missing
}

// comparer compares one list.
type comparer struct {
	f       *ListFile
	book    Book
	o       Options
	read    *rowReader
	states  states
	known   map[string]bool // state: whether it connects
	index   index
	waiting []mappedRow
	sum     Summary
}
