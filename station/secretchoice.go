// SPDX-License-Identifier: Apache-2.0

package station

// SecretChoice is that somebody chose their own PIN or password with one that
// somebody else had set, who knew it too and could have chosen in their place.
type SecretChoice struct {
	Owner  Person
	SetBy  string // person ID, or account, of who had set the one before
	Others int    // who may confirm that it was the owner, and have a secret of their own
}

// Alarm is what the choice raises, nil where it raises none. It does of who
// signs or allows what others do, and of them only: see [MayConfirmSecret]. Where
// another of them can confirm it, the owner does nothing until they have; else the
// first of them could never begin, and the alarm is all there is.
func (c SecretChoice) Alarm() *Finding {
	if Allow(c.Owner, MayConfirmSecret) != nil {
		return nil
	}
	code := SecretUnconfirmed
	if c.Others == 0 {
		code = SecretUnwitnessed
	}
	f := NewFinding(code, c.Owner.ID+", "+c.SetBy)
	return &f
}

// ReplacesGiven reports whether by, who sets a secret of owner, puts their own
// choice in place of one that somebody else had set; was is the zero value where
// none was set. It is then a [SecretChoice].
func ReplacesGiven(by, owner string, was SecretUse) bool {
	return by == owner && was.Kind != "" && !was.Own
}

// KeepsSecretInNewRole reports whether somebody who is given another role has a secret
// already: nobody may have had to confirm it then. It is a [SecretChoice], too.
func KeepsSecretInNewRole(was, becomes Role, secrets int) bool { return was != becomes && secrets > 0 }

// Witness is somebody who works here and has a secret: once for each.
type Witness struct {
	ID          string
	Role        Role
	Own         bool // they chose it themselves
	Unconfirmed bool // somebody has to confirm a choice of theirs
}

// CountWitnesses counts who else could confirm a choice: who may, and has a secret
// that they chose themselves and that nobody has to confirm, but for these two.
func CountWitnesses(of []Witness, owner, setBy string) int {
	able := map[string]bool{}
	for _, w := range of {
		if w.ID != owner && w.ID != setBy && w.Own && !w.Unconfirmed && Allow(Person{Role: w.Role}, MayConfirmSecret) == nil {
			able[w.ID] = true
		}
	}
	return len(able)
}
