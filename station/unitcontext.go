// SPDX-License-Identifier: Apache-2.0

package station

// UnitContext is all that the record knows which bears on one serial.
type UnitContext struct {
	Station     string // that asks, by its key
	Serial      string
	Order       Order
	Product     Product
	Allocations []Allocation // of every product, so that a wrong one can be named
	Unit        *Unit        // nil when the serial is new
	JustPassed  bool         // the last attempt at this station passed this very unit
	Twin        string       // a unit from whose serial this one, which is new, differs in capitals only; "" when there is none
	Alarms      []Alarm      // open ones of this serial
	Imported    *Origin      // what a list of another system says of the serial; nil when none does
	Flags       []Flagged    // flags in force of this serial
	Conflicting []Binding    // live bindings that hold an identity of the reading
	Suspects    []Flagged    // flagged units that hold, or held, an identity of the reading
	LineOf      string       // order whose labels the line was not cleared of; "" when none
	Devices     Devices      // that may feed the record
	Dialects    []DialectRef // that the product may be read by
	Signed      bool         // quality has approved the product by signature
	Unapproved  bool         // the product awaits the signature that this site can give
}
