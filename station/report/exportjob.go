// SPDX-License-Identifier: Apache-2.0

package report

import "bindery/station"

// Form is the form of an export.
type Form string

// The forms. docs/export-format.md describes CSV, XLSX and JSON, docs/record-format.md
// the bundle.
const (
	PDF    Form = "pdf"
	CSV    Form = "csv"
	XLSX   Form = "xlsx" // the tables of CSV, for spreadsheets
	JSON   Form = "json" // JSON Lines
	Bundle Form = "bundle"
)

// Forms are the forms of [Export], the usual one first.
var Forms = []Form{PDF, CSV, XLSX, JSON, Bundle}

// ExportJob is an export to be made.
type ExportJob struct {
	Subject Subject
	Form    Form
	File    string // where it goes; nothing is there before it is whole
	By      string // person ID of who takes it, or an account
	Reason  string // what it is for; "" where nobody said
	Clock   station.Clock

	Recipient string // to whom it goes; "" where nobody said

	// Overwrite lets an ordinary file go that stands there: see
	// [safefile.Rules].
	Overwrite bool

	// Labels draw the labels again, one for each resolution that a printer may
	// have. What they draw is shown where its dots are those that were printed.
	Labels []station.Labeller

	// Progress is told now and then how many of how many are done, and once at
	// the end. It may be nil.
	Progress func(done, of int64)
}
