// SPDX-License-Identifier: Apache-2.0

package station

// AllowReprint refuses another label for a unit that has passed: it goes the
// way again first. Its error is a *Refusal.
func AllowReprint(serial string, d Disposition) error {
	if d == Passed {
		return Refuse(ReprintTooLate, serial)
	}
	return nil
}

// ReprintTakesSecond reports whether another label in the place of last takes a
// second person: the first reprint of a unit takes a reason, each further one
// somebody beside who prints.
func ReprintTakesSecond(last Print) bool { return last.N > 1 }

// AllowPrint refuses to print p after last, the label that was printed last for the
// unit, of the zero value where there was none. In the place of one that is not void
// a reason must be given, and where [ReprintTakesSecond] says so, an approver. Its
// error is a *Refusal. Whether that person will do, [AllowSecond] says.
func AllowPrint(p, last Print) error {
	if p.Reason == "" && (last.N == 0 || last.State == PrintVoid) {
		return nil
	}
	if err := ReasonGiven(MayReprint, p.Reason); err != nil {
		return err
	}
	if ReprintTakesSecond(last) && p.Approver == "" {
		return SecondDue(MayReprint)
	}
	return nil
}

// TakesAnotherSecond reports whether what was refused with code is done after all
// when somebody else agrees to it.
func TakesAnotherSecond(code Code) bool { return code == PersonUnknown || code == PersonNotAllowed }
