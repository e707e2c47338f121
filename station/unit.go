// SPDX-License-Identifier: Apache-2.0

package station

import "time"

// Unit is one product with its serial, as the record knows it.
type Unit struct {
	Serial      string
	Order       string
	REF         string
	Version     int // of the product definition
	Lot         string
	Disposition Disposition
	Made        time.Time // when it was first bound
	Zone        string    // of the station then, see [ZoneOf]; "" where it was not recorded yet
	Binding     *Binding  // the live one; nil before the first
	Print       *Print    // the last label print of the live binding; nil before the first
}

// NewUnit is the unit of a serial that is first bound at a time: it keeps what its
// order says then, for an order may change and a unit that was made does not.
func (o Order) NewUnit(serial string, made time.Time) Unit {
	return Unit{Serial: serial, Order: o.ID, REF: o.REF, Version: o.Version, Lot: o.Lot, Made: made, Zone: ZoneOf(made)}
}

// MadeOn is the date of manufacture, as the label has it.
func (u Unit) MadeOn() Day { return DayIn(u.Made, u.Zone) }

// LabelValues are what the label of u, a bound unit of p, may show.
func (u Unit) LabelValues(p Product) LabelValues {
	b, made := u.Binding, time.Time{}
	if !u.Made.IsZero() {
		made = u.MadeOn().Date()
	}
	return LabelValues{
		Serial: u.Serial, IMEI: b.IMEI, IMEI2: b.IMEI2, ICCID: b.ICCID, EID: b.EID,
		REF: p.REF, Product: p.Name, Maker: p.Maker, GTIN: p.GTIN, Lot: u.Lot, Order: u.Order, Made: made, Quantity: 1,
	}
}

// Disposition is what may happen to a unit, as against [Outcome], which is
// what happened in one attempt.
type Disposition string

// The dispositions.
const (
	InProcess   Disposition = "in-process"
	Passed      Disposition = "passed"
	Quarantined Disposition = "quarantined"
	Reworked    Disposition = "reworked"
	Scrapped    Disposition = "scrapped"
	Released    Disposition = "released"
)

// Dispositions of imported units, beside quarantined and scrapped.
const (
	Imported   Disposition = "imported"   // as the list has it
	Superseded Disposition = "superseded" // its identities are given up: it may be provisioned as a unit of ours
	LeftOut    Disposition = "left-out"   // quality has taken the row out of its list
)

// Dispositions are those that a unit of the record can have, of ours or from
// before it.
var Dispositions = []Disposition{InProcess, Passed, Quarantined, Reworked, Scrapped, Released, Imported, Superseded}
