// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"time"
)

// ErrFlagInForce is the *Refusal of a flag that the unit has already.
var ErrFlagInForce error = Refuse(NothingDue, "it is in the record already.")

// CheckFlag refuses to set a flag of a unit of which others are in force: one that
// is not known, one that begins after now, one without a reason, and one of them.
// Its error is a *Refusal; the last is [ErrFlagInForce]. Who may flag, [MayFlag]
// says.
func CheckFlag(f Flag, since, now time.Time, reason string, inForce []Flag) error {
	switch {
	case !f.Known():
		return Refuse(FlagWrong, Shown(string(f))+" is not a flag.")
	case since.After(now):
		return Refuse(FlagWrong, "it begins in the future.")
	}
	if err := ReasonGiven(MayFlag, reason); err != nil {
		return err
	}
	if slices.Contains(inForce, f) {
		return ErrFlagInForce
	}
	return nil
}

// CheckUnflag refuses to end a flag that is not in force. Its error is a *Refusal.
// Who may, [MayUnflag] says.
func CheckUnflag(f Flag, inForce []Flag) error {
	if !slices.Contains(inForce, f) {
		return Refuse(NothingDue, "the unit does not have this flag.")
	}
	return nil
}

// CheckNotFlagged refuses to bind a unit with a flag in force, and one that shows
// the identity of others that have one. Its error is a *Refusal.
func CheckNotFlagged(own, others []Flagged) error {
	switch {
	case len(own) > 0:
		return Refuse(UnitFlagged, own[0].String())
	case len(others) > 0:
		return Refuse(IdentityFlagged, others[0].String())
	}
	return nil
}
