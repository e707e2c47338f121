// SPDX-License-Identifier: Apache-2.0

package record

import (
	"encoding/json"
	"time"

	"bindery/station"
)

// UnitView is all that the record holds of one unit.
type UnitView struct {
	Serial      string              `json:"serial"`
	Order       string              `json:"order"`
	Lot         string              `json:"lot"`
	REF         string              `json:"ref"`
	Version     int                 `json:"version"`
	Product     string              `json:"product"`
	GTIN        string              `json:"gtin"`
	Dialect     string              `json:"dialect"`      // of the product version: a name, or auto
	DialectHash string              `json:"dialect_hash"` // of its text, "" in versions from before it was kept
	Disposition station.Disposition `json:"disposition"`
	Made        *time.Time          `json:"made"`
	MadeZone    string              `json:"made_zone"` // of the station then; "" where it was not recorded yet
	MadeOn      station.Day         `json:"made_on"`   // the date of manufacture, as the label has it; "" where nothing was made
	Imported    *ImportedUnitView   `json:"imported"`  // what a list of another system says of it; nil when none does
	Flags       []FlagView          `json:"flags"`
	SIMs        []Subscription      `json:"subscriptions"`
	Bindings    []BindingView       `json:"bindings"` // the oldest first, in all lists
	Attempts    []AttemptView       `json:"attempts"`
	Prints      []PrintView         `json:"prints"`
	Moves       []TransitionView    `json:"moves"`
	Alarms      []AlarmView         `json:"alarms"`
	Signatures  []Signature         `json:"signatures"` // of its lot and its product version
	Leaves      []LeafView          `json:"leaves"`
}

// TransitionView is one change of the unit's disposition that a person made.
type TransitionView struct {
	From      station.Disposition `json:"from"`
	To        station.Disposition `json:"to"`
	Reason    string              `json:"reason"`
	By        string              `json:"by"`
	Second    string              `json:"second"`
	Signature int64               `json:"signature"` // its ID, 0 where none was due
	At        time.Time           `json:"at"`
	Leaf      int64               `json:"leaf"`
}

// AlarmView is an alarm in the history of the unit that it stopped.
type AlarmView station.Alarm

// MarshalJSON has the keys of an export, whose readers know the unit, and "" for
// what an open alarm has not yet.
func (a AlarmView) MarshalJSON() ([]byte, error) {
	return station.MarshalNull(struct {
		ID       int64        `json:"id"`
		Code     station.Code `json:"code"`
		Serial   string       `json:"-"`
		Text     string       `json:"text"`
		At       time.Time    `json:"at"`
		By       string       `json:"by"`
		Closed   time.Time    `json:"closed" null:"zero"`
		ClosedBy string       `json:"closed_by"`
		Reason   string       `json:"reason"`
	}(a))
}

// LeafView is one leaf of the audit trail.
type LeafView struct {
	Number int64           `json:"number"`
	Hash   string          `json:"hash"`
	Body   json.RawMessage `json:"body"` // as it was hashed
}

// MoveRequest asks for a change of a unit's disposition.
type MoveRequest struct {
	Serial string
	To     station.Disposition
	By     string // person ID
	Second string // person ID of who agrees, where [station.Transitions] ask for one
	Reason string
}

// Live is the binding that is not superseded; nil where there is none.
func (u *UnitView) Live() *BindingView {
	for i := range u.Bindings {
		if !u.Bindings[i].Superseded {
			return &u.Bindings[i]
		}
	}
	return nil
}

// LabelDue reports that the label of the live binding is still to be scanned back.
func (u *UnitView) LabelDue() bool {
	live, n := u.Live(), len(u.Prints)
	return live != nil && (n == 0 || !u.Prints[n-1].AppliedFor(live))
}

// LastLeaf is the hash of the newest leaf about the unit, hex; "" where none is.
func (u *UnitView) LastLeaf() string {
	if len(u.Leaves) == 0 {
		return ""
	}
	return u.Leaves[len(u.Leaves)-1].Hash
}
