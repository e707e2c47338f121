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
