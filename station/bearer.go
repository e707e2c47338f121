// SPDX-License-Identifier: Apache-2.0

package station

import "strings"

// Secret is what a person proves to be themselves with, beside the badge: the
// second of the two components of 21 CFR 11.200.
type Secret string

// The secrets: a PIN for the line, a password where a signature is due.
const (
	PIN      Secret = "pin"
	Password Secret = "password"
)

// Name is the secret as people call it.
func (s Secret) Name() string {
	if s == PIN {
		return "PIN"
	}
	return "password"
}

// How long secrets are, in characters. A PIN has an upper end, so that an
// identity or a serial that was scanned in its place is told from it.
const (
	leastPIN, mostPIN = 6, 12
	leastPassword     = 12
)

// CanBe reports whether text has the form of this secret. What has not is no
// wrong try: a scan, or a slip.
func (s Secret) CanBe(text string) bool {
	switch s {
	case PIN:
		return len(text) >= leastPIN && len(text) <= mostPIN && strings.Trim(text, "0123456789") == ""
	case Password:
		return len([]rune(text)) >= leastPassword
	}
	return false
}

// Bearer is whose badge it is, and what they are asked for beside it.
type Bearer struct {
	Person
	Asks Secret   // "" when they have none yet
	Ends []Ending // what ends within a fortnight, for them to see to
}

// Ending is something that ends soon for a person.
type Ending struct {
	What string // "training", "pin" or "password"
	Days int    // that are left after today
}
