// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"image"
	"time"

	"bindery/station"
)

// Services is what quality and leads do with the record, beside reading units. The
// functions may block; the screen calls them from goroutines of its own. Who
// may do what is asked again by each of them: by is a person ID, and their
// errors are *station.Refusal or *station.Fault.
type Services struct {
	// Bearer finds whose badge it is.
	Bearer func(ctx context.Context, badge string) (station.BadgeHolder, error)
	// SignIn proves a badge by its bearer's PIN or password, and records how
	// it went. It takes a moment on purpose.
	SignIn func(ctx context.Context, badge string, kind station.Credential, secret string) (station.Person, error)
	// SetSecret sets a person's own PIN or password, who has proven the old one.
	SetSecret func(ctx context.Context, person string, kind station.Credential, secret string) error

	// Waiting counts what waits for somebody, by scope.
	Waiting func(ctx context.Context) (map[WorkList]int, error)
	// Units lists the units of a scope without the first skip, a page at a time.
	Units       func(ctx context.Context, s WorkList, skip int) ([]FoundUnit, error)
	Alarms      func(ctx context.Context) ([]station.Alarm, error)   // open ones
	Orders      func(ctx context.Context) ([]OrderSheet, error)      // open ones, without Labels and Left
	Lots        func(ctx context.Context) ([]string, error)          // with units that wait for release
	Definitions func(ctx context.Context) ([]station.Product, error) // that wait for approval
	Order       func(ctx context.Context, id string) (OrderSheet, error)
	Lot         func(ctx context.Context, lot string) (LotSheet, error)
	Definition  func(ctx context.Context, ref string, version int) (DefinitionSheet, error)

	// Each of these writes a leaf and returns its number.
	Move          func(ctx context.Context, m Move) (leaf int64, err error)
	CloseAlarm    func(ctx context.Context, id int64, by, reason string) (leaf int64, err error)
	CloseOrder    func(ctx context.Context, order, by, reason string) (leaf int64, err error)
	ExplainLabels func(ctx context.Context, order, by, reason string) (leaf int64, err error)
	ReleaseLot    func(ctx context.Context, s Signing, lot string) (leaf int64, err error)
	Approve       func(ctx context.Context, s Signing, ref string, version int) (leaf int64, err error)
	// Reveal must come before an identity is shown or copied whole; act is
	// "show-identity" or "copy-identity".
	Reveal func(ctx context.Context, by, act string, serials []string, kinds ...string) (leaf int64, err error)

	// Export hands records over, into a folder. Whoever calls it off ends ctx.
	Export func(ctx context.Context, h Handover, progress func(done, of int64)) (Handed, error)
	Folder string // where exports go unless told otherwise

	// Preferences and Keep read and keep what a person has arranged for themselves.
	Own  func(person string) (Preferences, error)
	Keep func(person string, own Preferences) error

	// Called is what somebody is called, by person ID: name and ID. It asks
	// nobody and returns at once.
	Called func(person string) string

	Copy func(text string) // to the clipboard
	Now  func() time.Time
}

// WorkList is a list that waits for somebody.
type WorkList string

// The scopes, in the order in which they are shown.
const (
	Quarantined   WorkList = "quarantined"
	InProcess     WorkList = "in-process"
	OpenAlarms    WorkList = "alarms"
	OpenOrders    WorkList = "orders"
	LotsToRelease WorkList = "lots"
	ToApprove     WorkList = "definitions"
	Today         WorkList = "today"
)

// WorkLists lists the scopes.
var WorkLists = []WorkList{Quarantined, InProcess, OpenAlarms, OpenOrders, LotsToRelease, ToApprove, Today}

// OrderSheet is the account of an order.
type OrderSheet struct {
	ID, Lot string
	Closed  bool
	Planned int
	Built   int // units that were ever bound; they are, by disposition:

	InProcess, Passed, Quarantined, Reworked, Scrapped, Released int

	Alarms int // open ones
	Labels station.LabelReconciliation
	Left   []station.Blocker // what stands in the way of closing it
}

// LotSheet is what somebody who is to sign the release of a lot must see.
type LotSheet struct {
	Lot        string
	Orders     []OrderSheet
	Shown      string            // hash of the lot, its orders, labels and the records of its units, hex
	Left       []station.Blocker // what stands in the way of releasing it
	Signatures []Signature       // the oldest first
}

// DefinitionSheet is what somebody who is to approve a product version must
// see.
type DefinitionSheet struct {
	station.Product
	Author     string      // who brought it in: person ID, or an account
	Hash       string      // of what is signed, hex
	Own        []Text      // the dialects among those that it is read by that do not come along with the program
	Sample     image.Image // its label with sample values; nil when it can't be drawn
	Signatures []Signature // the oldest first
}

// Text is a file of somebody's own that the record keeps.
type Text struct {
	Name, Hash, Text string
	Unlisted         []string // commands in it that are not known to read
}

// approved reports whether what has these signatures is approved: the rule of
// the station, which the record asks too.
func approved(list []Signature) bool {
	var signed []station.Meaning
	for _, s := range list {
		signed = append(signed, s.Meaning)
	}
	return station.Approved(signed)
}

// Signature is a signature as it is shown (21 CFR 11.50).
type Signature struct {
	Meaning    station.Meaning
	Name, Role string
	Hash       string // of the statement that was signed
	Shown      string // of what the signer saw, which is in the statement; "" where that is the statement itself
	At         time.Time
	Zone       string // of the station's local time then, e.g. "+01:00"
	Leaf       int64
	Holds      *Holding // how far it still does; nil where what was signed never changes
}

// Holding is how far the signature over a lot holds today (21 CFR 11.70): for
// the whole lot, or for the one unit whose history is told.
type Holding struct {
	Unit    string          // "" for the whole lot
	Units   int             // that were signed
	Changed []HoldingChange // those of them for which it holds no longer
	Later   int             // units that came into the lot after it
	Next    int64           // the signature over the lot that came after it; 0 where none did
}

// HoldingChange is the first thing that was done to a unit after it was signed.
type HoldingChange struct {
	Serial, What string // What is the verb of the leaf
	At           time.Time
	Leaf         int64
}

// Whole reports that nothing has changed since the signature, and nothing came.
func (h Holding) Whole() bool { return len(h.Changed) == 0 && h.Later == 0 }

// Move asks for a change of a unit's disposition.
type Move struct {
	Serial     string
	To         station.Disposition
	By, Second string // person IDs
	Reason     string
}

// Signing is what a person gives to sign, both components anew (21 CFR 11.200),
// with the hash of what they were shown.
type Signing struct {
	Badge, Password string
	Meaning         station.Meaning
	Shown           string
}

// Handover is an export to be made.
type Handover struct {
	By     string
	Of     string // unit, order or lot
	Name   string
	Form   string // pdf, csv, xlsx, json or bundle
	Folder string
}

// Handed is what an export gave.
type Handed struct {
	Files []string
	Leaf  int64
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
