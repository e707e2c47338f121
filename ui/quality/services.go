// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"image"
	"time"

	"bindery/station"
	"bindery/station/history"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/scope"
)

// Services is what quality and leads do with the record, beside reading units. The
// functions may block; the screen calls them from goroutines of its own. Who
// may do what is asked again by each of them: by is a person ID, and their
// errors are *station.Refusal or *station.Fault.
type Services struct {
	// BadgeHolder finds whose badge it is.
	BadgeHolder func(ctx context.Context, badge string) (station.BadgeHolder, error)
	// SignIn proves a badge by its bearer's PIN or password, and records how
	// it went. It takes a moment on purpose.
	SignIn func(ctx context.Context, badge string, kind station.Credential, secret string) (station.Person, error)
	// SetSecret sets a person's own PIN or password, who has proven the old one.
	SetSecret func(ctx context.Context, person string, kind station.Credential, secret string) error

	// Waiting counts what waits for somebody, by list.
	Waiting func(ctx context.Context) (map[record.WorkList]int, error)
	// Units lists the units of a scope without the first skip, a page at a time.
	Units       func(ctx context.Context, s record.WorkList, skip int) ([]record.Match, error)
	Alarms      func(ctx context.Context) ([]station.Alarm, error)       // open ones
	Orders      func(ctx context.Context) ([]station.OrderCounts, error) // open ones
	Lots        func(ctx context.Context) ([]string, error)              // with units that wait for release
	Definitions func(ctx context.Context) ([]station.Product, error)     // that wait for approval
	Flags       func(ctx context.Context) ([]record.FlagView, error)     // in force
	// ScopeCount and ScopeUnits ask which units are in a scope, a page of them at a
	// time; ScopeValues are values that a field has, to choose from.
	ScopeCount  func(ctx context.Context, e scope.Expr) (int, error)
	ScopeUnits  func(ctx context.Context, e scope.Expr, skip int) ([]record.Match, error)
	ScopeValues func(ctx context.Context, f scope.Field) ([]string, error)
	// Lists of units from before the record; PreviewHistory reads the beginning of one
	// that is to be brought in, LeaveOut decides a clash.
	PreviewHistory  func(ctx context.Context, path string) (HistoryPreview, error)
	HistoryFiles    func(ctx context.Context) ([]station.HistoryFile, error)
	History         func(ctx context.Context, id int64) (HistoryList, error)
	HistorySample   func(ctx context.Context, id int64) ([]record.SampleRow, error)
	ImportHistory   func(ctx context.Context, job HistoryImport, progress func(done, of int64)) (station.HistoryFile, error)
	LeaveOut        func(ctx context.Context, by string, id int64, row record.LeftOutRow) (leaf int64, err error)
	CompareHistory  func(ctx context.Context, by string, id int64) (leaf int64, err error)
	WithdrawHistory func(ctx context.Context, by string, id int64, reason string) (leaf int64, err error)
	AcceptHistory   func(ctx context.Context, s record.Signing, id int64) (leaf int64, err error)
	// ListFiles are files to choose a list from; Preview looks at the beginning of
	// one, and Compare holds it against the record.
	ListFiles func(ctx context.Context) ([]string, error)
	Preview   func(ctx context.Context, path string) (CarrierList, error)
	Compare   func(ctx context.Context, job CompareJob, progress func(done, of int64)) (Comparison, error)
	// Comparisons are those that were made before, the newest first; ChangesSince holds
	// one against an earlier one.
	Comparisons  func(ctx context.Context) ([]record.Reconciliation, error)
	ChangesSince func(ctx context.Context, run, since int64) (ComparedChanges, error)
	OpenCase     func(ctx context.Context, by string, c record.NewCaseList) (leaf int64, err error)
	// Cases, one of them with what became of it, and a page of its units as they were
	// saved the n-th time.
	Cases     func(ctx context.Context) ([]record.Case, error)
	Case      func(ctx context.Context, name string) (CaseView, error)
	CaseUnits func(ctx context.Context, id, n int64, skip int) ([]record.Match, error)
	// UpdateCase lists the units of a case anew, CloseCase ends it, CountAnswers counts
	// the replies of a field action that came back.
	UpdateCase   func(ctx context.Context, by string, c record.NewCaseList) (leaf int64, err error)
	CloseCase    func(ctx context.Context, by, name, reason string) (leaf int64, err error)
	CountAnswers func(ctx context.Context, by, name, path string) (record.Answers, error)
	// PreviewFile gives the first rows, masked, of the file that WriteFile writes.
	PreviewFile func(ctx context.Context, name string, to station.Audience) (FilePreview, error)
	WriteFile   func(ctx context.Context, f CaseFile, progress func(done, of int64)) (leaf int64, files []string, err error)

	Order      func(ctx context.Context, id string) (record.OrderView, error)
	Lot        func(ctx context.Context, lot string) (record.LotView, error)
	Definition func(ctx context.Context, ref string, version int) (DefinitionView, error)

	// Each of these writes a leaf and returns its number.
	Move          func(ctx context.Context, m record.MoveRequest) (leaf int64, err error)
	CloseAlarm    func(ctx context.Context, id int64, by, reason string) (leaf int64, err error)
	CloseOrder    func(ctx context.Context, order, by, reason string) (leaf int64, err error)
	ExplainLabels func(ctx context.Context, order, by, reason string) (leaf int64, err error)
	ReleaseLot    func(ctx context.Context, s record.Signing, lot string) (leaf int64, err error)
	Approve       func(ctx context.Context, s record.Signing, ref string, version int) (leaf int64, err error)
	Flag          func(ctx context.Context, by string, f record.FlagRequest) (leaf int64, err error)
	Unflag        func(ctx context.Context, by, serial string, f station.Flag, reason string) (leaf int64, err error)
	RebuildIndex  func(ctx context.Context, by, reason string) (leaf int64, err error) // of parts
	// Reveal must come before an identity is shown or copied whole; act is
	// "show-identity" or "copy-identity".
	Reveal func(ctx context.Context, by, act string, serials []string, kinds ...string) (leaf int64, err error)

	// Export hands records over, into a folder. Whoever calls it off ends ctx.
	Export func(ctx context.Context, h Handover, progress func(done, of int64)) (record.Export, error)
	Folder string // where exports go unless told otherwise

	// ReadPreferences and KeepPreferences read and keep what a person has arranged for themselves.
	ReadPreferences func(person string) (Preferences, error)
	KeepPreferences func(person string, own Preferences) error

	// PersonName is what somebody is called, by person ID: name and ID. It asks
	// nobody and returns at once.
	PersonName func(person string) string

	Copy func(text string) // to the clipboard
	Now  func() time.Time
}

// DefinitionView is what somebody who is to approve a product version must
// see.
type DefinitionView struct {
	record.ProductView
	Own    []record.OwnDialect // those of its dialects that do not come along with the program
	Sample image.Image         // its label with sample values; nil when it can't be drawn
}

// approved reports whether what has these signatures is approved: the rule of
// the station, which the record asks too.
func approved(list []record.Signature) bool {
	return station.Approved(record.Meanings(list))
}

// Handover is an export to be made.
type Handover struct {
	By     string
	Of     string // unit, order or lot
	Name   string
	Form   string // pdf, csv, xlsx, json or bundle
	Folder string
}

// Preferences is what a person has arranged for themselves.
type Preferences struct {
	Searches []Search `json:"searches"`
	Columns  []string `json:"columns"`
}

// Search is a search that somebody keeps under a name.
type Search struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// FilePreview is the beginning of such a file, and what to look at before it is sent.
type FilePreview struct {
	Rows    [][]string
	Swapped string // serials whose SIM was changed since the case was saved, or ""
}

// CaseFile asks for a file of the units of a case.
type CaseFile struct {
	Case   string
	Export record.IncidentExport // who, for whom, to whom, why, whether whole
	Form   string                // csv, xlsx or json
	Folder string
}

// CaseView is a case with what became of it.
type CaseView struct {
	record.Case
	Changes record.CaseChanges      // since it was saved last
	Exports []record.IncidentExport // of its units, the newest first
	Answers []record.Answers        // to its field actions, the newest first
}

// HistoryList is a list of units from before the record, with what is still to be
// decided of it.
type HistoryList struct {
	station.HistoryFile
	Clashes []record.Clash // the first of them
	Count   int            // of clashes
	LeftOut []record.LeftOut
	Shown   string // hash of all this as it is signed
}

// HistoryImport asks for a list of units from before to be brought in.
type HistoryImport struct {
	By      string
	Path    string
	GivenUp string // the list of what was given up; "" for none
	Source  string // the other system
	Mapping history.FieldColumns
}

// HistoryPreview is the beginning of a list of units from before.
type HistoryPreview struct {
	history.Preview
	Path string
	Name string // without the folder and without a number of a unit
}

// ComparedChanges are the first MostCompared changes between two comparisons, and
// how many there are of each kind.
type ComparedChanges struct {
	Counts map[reconcile.ChangeKind]int
	First  []reconcile.Change
}
