// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"

	"bindery/station/identity"
)

// Product is one approved version of a product definition: what a unit of it
// must be. Each unit points at the version that it was built to.
type Product struct {
	REF     string        // catalogue number
	Version int           // 1 for the first; a change makes a new version
	Name    string        // as printed on the label
	GTIN    identity.GTIN // 14 digits
	Maker   string        // legal manufacturer, as printed

	SerialPattern string   // regular expression that the whole serial must match
	Modules       []string // module models allowed; empty allows any
	Firmware      []string // module firmware allowed; empty allows any
	Dialect       string   // dialect name, or "auto"
	DialectHash   string   // SHA-256, hex, of that dialect's text, or with "auto" of a [DialectList]; "" in a version from before there was one
	SIM           SIMRule  // what the product asks of the SIM
	IMEIs         int      // identities that a unit has: 1 or 2; 0 means 1
	Market        string   // where it is sold, e.g. "US", "EU"

	Layout     string // name of the label layout
	LayoutHash string // SHA-256, hex, of the approved layout's text

	WarnFree int // warn when fewer SNRs than this are free; 0 never warns

	ScanBack ScanMethod // the least that proves a label; see [Product.ScanBackRule]
}

// SIMRule is what a product asks of the SIM.
type SIMRule string

// The rules for the SIM. A rule that is not set counts as SIMRequired.
const (
	SIMRequired SIMRule = "required" // readable, and its ICCID is bound
	SIMOptional SIMRule = "optional" // bound when there is one
	SIMNone     SIMRule = "none"     // not asked for
)

// Allocation is a range of SNRs under one TAC that may be used for a product.
type Allocation struct {
	ID       int64        `json:"-"`
	TAC      identity.TAC `json:"tac"`
	From     int          `json:"from"`             // first SNR, 0 to 999999
	To       int          `json:"to"`               // last SNR, included
	Product  string       `json:"product"`          // REF
	Owner    string       `json:"owner"`            // "own", or the module maker's name when its TAC is used
	Cert     string       `json:"certificate"`      // certificate reference
	CertDate string       `json:"certificate_date"` // YYYY-MM-DD
	Station  string       `json:"station"`          // set when the block is reserved to one station
	Note     string       `json:"note"`
}

// Holds reports whether i lies in the range.
func (a Allocation) Holds(i identity.IMEI) bool {
	return i.TAC() == a.TAC && i.SNR() >= a.From && i.SNR() <= a.To
}

// Order is a work order: so many units of one product version in one lot.
type Order struct {
	ID      string // e.g. WO-118204
	REF     string // of the product
	Version int    // of the product definition that it builds
	Lot     string
	Planned int
	Taken   int // places of the plan that are taken: see [Order.Full]
	Passed  int // units complete
	Failed  int // attempts that ended in fail
	Closed  bool

	Reworked int // units that wait to go the way again, also under a closed order
}

// Full reports whether every place of the plan is taken: each unit that was
// bound has one, also while it is in process, in rework or in quarantine, until
// it is scrapped, for then another must be built for it.
func (o Order) Full() bool { return o.Taken >= o.Planned }

// Complete refuses another unit of o, which is full.
func (o Order) Complete() *Refusal {
	return Refuse(OrderComplete, fmt.Sprintf("%s, %d / %d", o.ID, o.Passed, o.Planned))
}

// DisplayName is what somebody is called wherever people read it: by name, with the
// ID that tells namesakes apart. name is "" where nobody knows it.
func DisplayName(id, name string) string {
	if name == "" || name == id {
		return id
	}
	return name + " (" + id + ")"
}
