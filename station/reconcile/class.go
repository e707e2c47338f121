// SPDX-License-Identifier: Apache-2.0

package reconcile

// Class is what a row of a carrier's list is.
type Class string

// The classes, in the order in which they are asked: a row is that which holds
// first.
const (
	Malformed      Class = "malformed"       // a number in it was damaged beyond doubt
	SIMTwoDevices  Class = "sim-two-devices" // the SIM stands in the file with the IMEIs of two devices
	DeviceTwoSIMs  Class = "device-two-sims" // the device stands in the file with two SIMs
	IMEIDiffers    Class = "imei-differs"    // the SIM is live in a unit, the file has another sound IMEI
	FlaggedActive  Class = "flagged-active"  // the unit is flagged, and the state lets the SIM connect
	NeverConnected Class = "never-connected" // the SIM is live in a unit, and the place for its IMEI is empty
	Superseded     Class = "superseded"      // the SIM was ours and was given up
	Unknown        Class = "unknown"         // the SIM is in no binding of ours
	Match          Class = "match"           // none of these
	Ignore         Class = "ignore"          // no row of data: titles, totals, a header again
	Missing        Class = "missing"         // no row: a live SIM that the file lacks; only in [Change]
)

// Classes are those that a row may have, in their order.
func Classes() []Class {
	return []Class{Malformed, SIMTwoDevices, DeviceTwoSIMs, IMEIDiffers, FlaggedActive, NeverConnected, Superseded, Unknown, Match, Ignore}
}

// Facts are what is known of a row when it is classed.
type Facts struct {
	Damaged    bool  // a number in it is damaged
	TwoDevices bool  // its SIM stands in the file with two devices
	TwoSIMs    bool  // its device stands in the file with two SIMs
	Card       *Card // that the record has of its SIM; nil for none
	Place      bool  // the file has a column for the IMEI
	Device     bool  // the row names one
	Own        bool  // it is that of the card's unit
	Connects   bool  // its state lets the SIM connect, by itself at first use too
}

// Classify tells all classes that hold of a row, the one that it is first. A
// row with a damaged number is nothing else. Flags, a differing IMEI and an
// empty place are asked only of a SIM that is live in a unit.
func Classify(f Facts) []Class {
	if f.Damaged {
		return []Class{Malformed}
	}
	live := f.Card != nil && f.Card.Live
	var held []Class
	for _, c := range []struct {
		class Class
		holds bool
	}{
		{SIMTwoDevices, f.TwoDevices},
		{DeviceTwoSIMs, f.TwoSIMs},
		{IMEIDiffers, live && f.Device && !f.Own},
		{FlaggedActive, live && len(f.Card.Flags) > 0 && f.Connects},
		{NeverConnected, live && f.Place && !f.Device},
		{Superseded, f.Card != nil && !live},
		{Unknown, f.Card == nil},
	} {
		if c.holds {
			held = append(held, c.class)
		}
	}
	if held == nil {
		return []Class{Match}
	}
	return held
}
