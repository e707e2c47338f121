// SPDX-License-Identifier: Apache-2.0

package reconcile

import "context"

// Card is a SIM that the record knows.
type Card struct {
	ICCID  string   // as the record has it, without filler
	Serial string   // of the unit that it is live in, or that gave it up last
	Live   bool     // bound now; else it was given up
	IMEI   string   // of the unit's live binding, 15 digits
	IMEI2  string   // "" where the unit has one
	Flags  []string // of the unit that are in force
}

// RecordedDevice is a unit by its identities.
type RecordedDevice struct {
	Serial      string
	IMEI, IMEI2 string // of the live binding; IMEI2 is "" where there is none
}

// Book is what the record is asked. Each call is for a batch of some hundred
// numbers, and what is not in the record is left out of the answer.
type Book interface {
	// Cards finds SIMs by their ICCID, each exactly as it is written. An ICCID
	// that was bound more than once is told once: live if it is, else as the
	// unit had it that gave it up last.
	Cards(ctx context.Context, iccids []string) ([]Card, error)
	// Devices finds the units of live bindings by the first 14 digits of
	// either of their IMEIs.
	Devices(ctx context.Context, bodies []string) ([]RecordedDevice, error)
	// Live calls each for every live SIM whose ICCID begins with prefix, in the
	// order of their serials, until it returns an error.
	Live(ctx context.Context, prefix string, each func(Card) error) error
}
