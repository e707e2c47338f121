// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"time"
)

// Reading is what a DUT said of itself in one dialogue. Values are as the DUT
// gave them, freed of quotes, prefixes and line ends but never padded or
// repaired; what it did not say is "". [Judge] decides what they are worth. Its
// JSON is that of an attempt in the record: what is kept for good, in this order.
type Reading struct {
	IMEI         string `json:"imei"`
	IMEI2        string `json:"imei2"`
	IMEISV       string `json:"imeisv"`
	ICCID        string `json:"iccid"`
	IMSI         string `json:"imsi"`
	EID          string `json:"eid"`
	Manufacturer string `json:"manufacturer"`
	Model        string `json:"model"`
	Firmware     string `json:"firmware"`

	// OtherModels and OtherFirmware are further names that the module gave in the
	// same answer: see [Product.Named]. Once it is judged they are dropped.
	OtherModels   []string `json:"-"`
	OtherFirmware []string `json:"-"`

	SIM      SIMState   `json:"sim"`
	Findings []Finding  `json:"findings"` // what the dialogue itself showed, such as imei-unstable
	Evidence []Exchange `json:"-"`        // every byte both ways; the record keeps it beside the reading, as JSON Lines

	Dialect     string `json:"dialect"`      // name of the dialect that was spoken
	DialectHash string `json:"dialect_hash"` // SHA-256, hex, of the dialect's text
	DialectWhy  string `json:"dialect_why"`  // why it was taken, one phrase
	Overridden  bool   `json:"-"`            // it was named for this reading, where the product says another: see [Product.Overrides]
	Port        string `json:"port"`         // stable name of the port
	Baud        int    `json:"baud"`
}

// ResolveNames is r with the model and the firmware that the product allows, where the
// module gave several names for one in one answer: each of them is its name. The
// others are dropped.
func (p Product) ResolveNames(r Reading) Reading {
	r.Model, r.OtherModels = oneOf(p.Modules, r.Model, r.OtherModels), nil
	r.Firmware, r.OtherFirmware = oneOf(p.Firmware, r.Firmware, r.OtherFirmware), nil
	return r
}

func oneOf(allowed []string, name string, others []string) string {
	for _, n := range append([]string{name}, others...) {
		if slices.Contains(allowed, n) {
			return n
		}
	}
	return name
}

// SIMState is what the module said of its SIM.
type SIMState string

// The states of a SIM. The empty state means "not asked".
const (
	SIMReady  SIMState = "ready"
	SIMAbsent SIMState = "absent"
	SIMLocked SIMState = "locked" // a PIN or PUK is wanted; the station never enters one
	SIMFault  SIMState = "fault"
	SIMOff    SIMState = "off" // not to be told: the modem is switched off
)

// Exchange is one piece of evidence: bytes that went over the line.
type Exchange struct {
	T    time.Duration // since the dialogue began
	Dir  Direction
	Text WireBytes
}

// Direction is which way bytes went.
type Direction string

// The directions. A note is the station's own remark, such as a time-out.
const (
	Sent     Direction = "tx"
	Received Direction = "rx"
	Note     Direction = "note"
)
