// SPDX-License-Identifier: Apache-2.0

package quality

import "bindery/station/reconcile"

// CarrierList is the beginning of the list of a carrier, and what its columns were
// taken for.
type CarrierList struct {
	Path    string
	Name    string // without the folder and without a number of a unit
	Header  []string
	First   [][]string // first rows
	Mapping reconcile.Mapping
}

// CompareJob says how a list is compared.
type CompareJob struct {
	By      string
	Path    string
	Mapping reconcile.Mapping
	Issuer  string // how the SIMs begin that it should have; "" finds that out
	Form    string // of the report: pdf, xlsx or csv; "" for none
	Folder  string
}

// Comparison is what a list came to.
type Comparison struct {
	Sum   reconcile.Summary
	Run   int64 // its number in the record
	Leaf  int64
	Files []string                          // the report
	Rows  map[reconcile.Class][]ComparedRow // the first MostCompared of each class
	Units map[reconcile.Class][]string      // serials of all rows that are not right
}

// MostCompared is how many rows of a class are listed; the report has all.
const MostCompared = 1000

// ComparedRow is a row of the list, with its numbers masked.
type ComparedRow struct {
	Line   int // 0 of a SIM that the list lacks
	Serial string
	SIM    string
	Note   string // why it is damaged
}
