// SPDX-License-Identifier: Apache-2.0

package station

import "strings"

// Credential is what a person proves to be themselves with, beside the badge: the
// second of the two components of 21 CFR 11.200.
type Credential string

// The secrets: a PIN for the line, a password where a signature is due.
const (
	PIN      Credential = "pin"
	Password Credential = "password"
)

// Name is the secret as people call it.
func (s Credential) Name() string {
	if s == PIN {
		return "PIN"
	}
	return "password"
}

// How long secrets are, in characters. A PIN has an upper end, so that an
// identity or a serial that was scanned in its place is told from it.
const (
	LeastPIN      = 6
	MostPIN       = 12
	LeastPassword = 12
)

// The same in words.
var (
	lengthOfPIN      = inWords(LeastPIN) + " to " + inWords(MostPIN) + " digits"
	lengthOfPassword = "at least " + inWords(LeastPassword) + " characters"
)

// CanBe reports whether text has the form of this secret. What has not is no
// wrong try: a scan, or a slip.
func (s Credential) CanBe(text string) bool {
	switch s {
	case PIN:
		return len(text) >= LeastPIN && len(text) <= MostPIN && strings.Trim(text, "0123456789") == ""
	case Password:
		return len([]rune(text)) >= LeastPassword
	}
	return false
}

// BadgeHolder is whose badge it is, and what they are asked for beside it.
type BadgeHolder struct {
	Person
	Requires Credential // "" when they have none yet
	Expiries []Expiry   // what ends within a fortnight, for them to see to
}

// Expiry is something that ends soon for a person.
type Expiry struct {
	What string // "training", "pin" or "password"
	Days int    // that are left after today
}

// OnlyOperator is who works at a station where nobody else could: the one operator
// among people. n is how many there are; with another number than 1 it is nobody.
func OnlyOperator(people []Person) (only Person, n int) {
	for _, p := range people {
		if p.Role == Operator {
			only, n = p, n+1
		}
	}
	if n != 1 {
		return Person{}, n
	}
	return only, n
}
