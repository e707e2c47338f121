// SPDX-License-Identifier: Apache-2.0

package query

import "bindery/station/identity"

// TextKind is what a text is taken for.
type TextKind string

// The kinds.
const (
	Serial  TextKind = "serial"
	IMEI    TextKind = "imei"
	IMEISV  TextKind = "imeisv"
	ICCID   TextKind = "iccid"
	IMSI    TextKind = "imsi"
	EID     TextKind = "eid"
	UDI     TextKind = "udi"     // GS1 data or a Digital Link
	Product TextKind = "product" // a REF or a GTIN
	Lot     TextKind = "lot"
	Order   TextKind = "order"
	Label   TextKind = "label"
	Leaf    TextKind = "leaf"
	Attempt TextKind = "attempt"
	Alias   TextKind = "alias"
	Part    TextKind = "part"    // a part of something, or a number of which some digits are hidden
	List    TextKind = "list"    // several texts of more than one kind
	Refused TextKind = "refused" // nothing that can be looked for
)

// Interpretation is one thing that a text may be. It holds for a unit, or whatever
// else is looked for, that meets one of Any and every one of All. Without Any it
// holds for nothing.
type Interpretation struct {
	Kind  TextKind
	Value string // as the record would have it; whole, so not for a log
	// Reasons say why the text may be that; [Interpretation.Why] has the sentences.
	Reasons []Reason
	// Refused says what is wrong with the text as this kind; "" when nothing is. One
	// that is refused and has terms is looked for exactly as it stands, for a number
	// may have been seen that is not sound; it is refused only when the record does
	// not have it.
	Refused identity.Code
	Any     []Term
	All     []Term
}

// Item is one of the texts that were pasted at once, with all that it may be,
// the likeliest first. It has one interpretation at least.
type Item struct {
	Text            string // as it was pasted, without what was around it
	Interpretations []Interpretation
}

type parser struct {
	known Known
}
