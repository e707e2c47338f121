// SPDX-License-Identifier: Apache-2.0

package query

import (
	"maps"
	"slices"
)

// Reason names why a text may be what it is taken for. Screens have a sentence
// for each in their languages.
type Reason string

// The reasons.
const (
	FormOfSerial      Reason = "serial-form"
	MaybeSerial       Reason = "maybe-serial"
	Named             Reason = "named"
	LeafNumber        Reason = "leaf-number"
	IsAlias           Reason = "alias"
	HashOfLeaf        Reason = "hash-of-leaf"
	HashOfLabel       Reason = "hash-of-label"
	SerialCompleted   Reason = "serial-completed"
	MaybeOrder        Reason = "maybe-order"
	MaybeLot          Reason = "maybe-lot"
	MaybeProduct      Reason = "maybe-product"
	EndOfSerial       Reason = "end-of-serial"
	Begins            Reason = "begins"
	WithinSomething   Reason = "within"
	NamedIMSI         Reason = "named-imsi"
	IMEI14            Reason = "imei-14"
	IMEI15            Reason = "imei-15"
	IMEISV16          Reason = "imeisv-16"
	IMEIBehindZero    Reason = "imei-behind-zero"
	IMEI17            Reason = "imei-17"
	IMEISVBehindZero  Reason = "imeisv-behind-zero"
	IMEISpare         Reason = "imei-spare"
	IMEIFilled        Reason = "imei-filled"
	IMEISwapped       Reason = "imei-swapped"
	MaybeIMSI         Reason = "maybe-imsi"
	IsGTIN            Reason = "gtin"
	EID32             Reason = "eid-32"
	ICCIDSwapped      Reason = "iccid-swapped"
	ICCIDPrinted      Reason = "iccid-printed"
	GS1Unit           Reason = "gs1-unit"
	GS1Lot            Reason = "gs1-lot"
	GS1Device         Reason = "gs1-device"
	HiddenDigits      Reason = "hidden-digits"
	HiddenText        Reason = "hidden-text"
	FoundZeroed       Reason = "found-digits-zeroed"
	FoundIMEI         Reason = "found-imei-check-digit"
	FoundKnownDefault Reason = "found-imei-known-default"
	FoundICCID        Reason = "found-iccid-check-digit"
	FoundEID          Reason = "found-eid-check-digits"
	Several           Reason = "several"
)

// reasons are the sentences in English; none has the number itself in it.
var reasons = map[Reason]string{
	FormOfSerial:      "It has the form of the serials of a product.",
	MaybeSerial:       "Any text may be a serial.",
	Named:             "Its kind stands before it.",
	LeafNumber:        "A number behind # is that of a leaf.",
	IsAlias:           "It is an alias.",
	HashOfLeaf:        "Sixty-four hexadecimal digits are the hash of a leaf or of a label.",
	HashOfLabel:       "Sixty-four hexadecimal digits are the hash of a label.",
	SerialCompleted:   "It is a serial without the letters that all serials of a product begin with, or without the signs among them.",
	MaybeOrder:        "Any text may be an order.",
	MaybeLot:          "Any text may be a lot.",
	MaybeProduct:      "Any text may be the REF of a product.",
	EndOfSerial:       "Digits may be a serial without the letters before them.",
	Begins:            "Something may begin with it.",
	WithinSomething:   "It may be a part of something.",
	NamedIMSI:         "It is named as an IMSI.",
	IMEI14:            "Fourteen digits are an IMEI without its check digit.",
	IMEI15:            "Fifteen digits with a right check digit are an IMEI.",
	IMEISV16:          "Sixteen digits are an IMEISV: the last two are the software version in place of the check digit.",
	IMEIBehindZero:    "It is an IMEI with a right check digit behind a spare 0.",
	IMEI17:            "Seventeen digits are an IMEI and the software version behind it.",
	IMEISVBehindZero:  "It is an IMEISV behind a spare 0.",
	IMEISpare:         "Fifteen digits of which the last is the spare 0 of the network are an IMEI without its check digit.",
	IMEIFilled:        "Fifteen digits and a filler F are an IMEI.",
	IMEISwapped:       "Fifteen digits and a filler F, with the nibbles of each byte swapped, are an IMEI.",
	MaybeIMSI:         "So many digits may be an IMSI, which has no check digit.",
	IsGTIN:            "The digits are a GTIN with a right check digit.",
	EID32:             "Thirty-two digits with right check digits are an EID.",
	ICCIDSwapped:      "Twenty characters that begin with 98 are an ICCID as the card has it, with the nibbles of each byte swapped.",
	ICCIDPrinted:      "A number that begins with 89 and has 18 to 20 characters is an ICCID.",
	GS1Unit:           "It is the GS1 data of a label: its serial, with the product and the lot that it names.",
	GS1Lot:            "It is the GS1 data of a label without a serial: all units of the lot or product that it names.",
	GS1Device:         "It is the GS1 data of a label that names a device by its IMEI, behind (8002).",
	HiddenDigits:      "Some digits are hidden, and it has as many places as a whole number: each sign stands for one digit.",
	HiddenText:        "Some characters are hidden: what stands there may be anything of any length.",
	FoundZeroed:       "All digits after the fifteenth are 0, and the record has the number exactly so.",
	FoundIMEI:         "The check digit of the IMEI is wrong, and the record has the number exactly so: a device gave it.",
	FoundKnownDefault: "Modules that were never programmed give this number: it does not tell one device from another.",
	FoundICCID:        "The text has the form of an ICCID whose check digit is left out, as some lists do, or wrong: what is shown is how the record has it.",
	FoundEID:          "The check digits of the EID are wrong, and the record has the number exactly so.",
	Several:           "These are several texts, and each is looked for by itself.",
}

// Reasons are all reasons, sorted. They are for the tests of other packages, which
// hold the languages to all of them.
func Reasons() []Reason { return slices.Sorted(maps.Keys(reasons)) }

// Sentence says a reason in English.
func (r Reason) Sentence() string { return reasons[r] }
