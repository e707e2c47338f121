// SPDX-License-Identifier: Apache-2.0

package reconcile

// ClassDescription is a class in words for those who did not write the list.
type ClassDescription struct {
	Title string // of its rows, a few words
	Text  string // what is so, one sentence
	Do    string // what to do about it
}

// meanings are those of the classes, of [Missing] too. What is to be done is
// told so that nothing harms a device in use: an IMEI is not blocked, nor a SIM
// suspended, before it is known which device has it.
//
//exhaustive:enforce
var meanings = map[Class]ClassDescription{
	Malformed: {"Damaged number", "A number in the row lost or changed its digits on the way.",
		"Export the list again with its number columns as text, and compare it again."},
	SIMTwoDevices: {"SIM with two devices", "The SIM stands in the list with two devices.",
		"Find out which of them has the SIM. A swap in the field is entered as one; else take it for a suspected clone."},
	DeviceTwoSIMs: {"Device with two SIMs", "The device stands in the list with two SIMs.",
		"Find out which SIM is in the device, and have the other suspended. Do not have the IMEI blocked."},
	IMEIDiffers: {"SIM in another device", "The SIM belongs to a unit, and the list has it with another device.",
		"Look for a rework or a swap first. Else find the unit that lost its SIM: it may be offline."},
	FlaggedActive: {"Flagged unit that can connect", "The unit is flagged, and its SIM can connect.",
		"Do what the flag asks for; have the SIM suspended where the unit is lost or stolen."},
	NeverConnected: {"Never connected", "The SIM belongs to a unit, and the list has no device for it.",
		"Find out whether the unit is in use. Some portals show the device only after a lock."},
	Superseded: {"SIM that was given up", "The unit gave this SIM up, and the carrier still has it.",
		"Ask the carrier to end it, if it is in no other device."},
	Unknown: {"SIM that is not ours", "The SIM belongs to no unit in the record.",
		"Ask the carrier whose it is. It may be a unit that is not in the record yet."},
	Match:  {"Agrees", "The row agrees with the record.", "Nothing."},
	Ignore: {"No data", "The row is a title, a sum or a header once more.", "Nothing."},
	Missing: {"SIM that the list lacks", "The SIM belongs to a unit, and the list does not have it.",
		"Ask the carrier: the list may be cut short, or the SIM be in another account."},
}

// Description tells a class in words.
func (c Class) Description() ClassDescription { return meanings[c] }

// Findings are the classes that somebody has to look at, in their order, with
// [Missing] at the end.
func Findings() []Class {
	return []Class{Malformed, SIMTwoDevices, DeviceTwoSIMs, IMEIDiffers, FlaggedActive, NeverConnected, Superseded, Unknown, Missing}
}

// damages are the kinds of damage in words.
var damages = map[Damage]string{
	Exponent: "shortened by a spreadsheet", Zeros: "its last digits became zeros", Masked: "digits are hidden", Letters: "holds a letter",
	Length: "digits were lost or added", Check: "wrong check digit", OtherKind: "another kind of value stands there",
	Contrary: "two cells of the row contradict each other", Ambiguous: "two SIMs of ours may be meant", Rounded: "was rounded as a number",
	Gone: "the row has no ICCID", LostZero: "its first zero was lost",
}

// Text tells a kind of damage in words.
func (d Damage) Text() string { return damages[d] }
