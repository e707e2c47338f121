// SPDX-License-Identifier: Apache-2.0

package record

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"bindery/station"
)

// Signature is a signature as it is shown on screen and in print.
type Signature struct {
	ID        int64            `json:"id"`
	Subject   string           `json:"subject"`
	Statement string           `json:"statement"` // canonical JSON of what was signed
	Hash      string           `json:"hash"`      // SHA-256 of the statement, hex
	Meaning   station.Meaning  `json:"meaning"`
	By        string           `json:"by"` // person ID
	Name      string           `json:"name"`
	Role      string           `json:"role"`
	At        time.Time        `json:"at"`
	Zone      string           `json:"zone"`    // of the station's local time then
	Program   string           `json:"program"` // by which it was given; "" where the record does not say
	Leaf      int64            `json:"leaf"`
	Holds     *SignatureStatus `json:"holds"` // how far it still does; nil where what was signed never changes
}

// Meanings are those of signatures, as the rules of station ask for them.
func Meanings(list []Signature) []station.Meaning {
	var signed []station.Meaning
	for _, s := range list {
		signed = append(signed, s.Meaning)
	}
	return signed
}

// SignatureStatus is how far the signature over a lot still holds: the lot as it is now
// against the lot that was signed (21 CFR 11.70). A product version never
// changes, so the signature over one has no such thing.
type SignatureStatus struct {
	Unit    string       `json:"unit"`    // the only one that was looked at; "" for the whole lot
	Units   int          `json:"units"`   // that were signed
	Changed []UnitChange `json:"changed"` // those of them for which it holds no longer, by serial
	Later   int          `json:"later"`   // units that came into the lot after it
	Next    int64        `json:"next"`    // the signature over the lot that came after it; 0 where none did
}

// UnitChange is a unit with one entry of the record about it: what was done to it
// first after it was signed, or last before it came into a case or left it.
type UnitChange struct {
	Serial string     `json:"serial"`
	Leaf   int64      `json:"leaf"` // 0 where nothing was recorded: then the rest is "" or nil
	At     *time.Time `json:"at"`
	By     string     `json:"by"`
	What   string     `json:"what"` // the verb of the leaf
	Why    string     `json:"why"`
}

// Whole reports that nothing has changed since the signature, and nothing came.
func (h SignatureStatus) Whole() bool { return len(h.Changed) == 0 && h.Later == 0 }

// Lines say it in English, a sentence each; person gives the name of who did
// something.
func (h SignatureStatus) Lines(person func(id string) string) []string {
	var lines []string
	switch {
	case h.Unit == "" && h.Whole():
		lines = append(lines, fmt.Sprintf("It holds for all of its units (%d).", h.Units))
	case h.Unit == "":
		lines = append(lines, fmt.Sprintf("It holds for %d of %s.", h.Units-len(h.Changed), station.Counted(h.Units, "unit", "units")))
	case h.Whole():
		lines = append(lines, "It holds for "+h.Unit+".")
	}
	for _, c := range h.Changed {
		line := fmt.Sprintf("It holds no longer for %s: %s on %s UTC by %s, leaf %d", c.Serial, c.Done(),
			c.At.UTC().Format("2006-01-02 15:04:05"), person(c.By), c.Leaf)
		if c.Why != "" {
			line += " (" + c.Why + ")"
		}
		lines = append(lines, line+".")
	}
	if h.Later > 0 {
		lines = append(lines, fmt.Sprintf("Units that came into the lot later and are not under it: %d.", h.Later))
	}
	switch {
	case h.Next > 0:
		lines = append(lines, fmt.Sprintf("Signature %d was given over the lot after it.", h.Next))
	case !h.Whole():
		lines = append(lines, "To release what has changed, sign the lot again.")
	}
	return lines
}

// Signing is what a person gives to sign: both components again (21 CFR
// 11.200), and what the signature means (11.50).
type Signing struct {
	Badge    string
	Password string
	Meaning  station.Meaning
	Shown    string // hash of what the signer was shown, which must still be so; "" asks for nothing
}

// Saw refuses to sign what is no longer as it was shown.
func (s Signing) Saw(now string) error {
	if s.Shown != "" && s.Shown != now {
		return station.Refuse(station.SignedOther, "")
	}
	return nil
}

// Shown is the hash of what the signer saw, which is in the statement; "" where
// that is the statement itself.
func (s Signature) Shown() string {
	var statement struct{ Shown string }
	_ = json.Unmarshal([]byte(s.Statement), &statement) // what is no statement of a lot has no such part
	return statement.Shown
}

// Done is what was done to the unit, in one word.
func (c UnitChange) Done() string { return strings.TrimPrefix(c.What, "move-") }
