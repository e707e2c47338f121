// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// Transition is one allowed change of a unit's disposition.
type Transition struct {
	From, To   Disposition
	Permission Permission // what a person must be allowed to do; "" when only a run makes the move
	Reason     bool       // a reason must be given
	Second     bool       // a second person must agree
	Signature  bool       // it is signed (21 CFR 11.50)
	Labelled   bool       // the label of the live binding must be on the unit
	GivesUp    bool       // the binding is given up: its identities are free, its labels void
}

// Transitions lists every change that a disposition may make. What is not here does
// not happen.
var Transitions = []Transition{
	{From: InProcess, To: Passed},
	{From: Reworked, To: Passed},
	{From: InProcess, To: Quarantined, Permission: MayQuarantine, Reason: true},
	{From: Passed, To: Quarantined, Permission: MayQuarantine, Reason: true},
	{From: Reworked, To: Quarantined, Permission: MayQuarantine, Reason: true},
	{From: Released, To: Quarantined, Permission: MayRecall, Reason: true},
	{From: InProcess, To: Reworked, Permission: MayRework, Reason: true, Second: true, GivesUp: true},
	{From: Passed, To: Reworked, Permission: MayRework, Reason: true, Second: true, GivesUp: true},
	{From: Quarantined, To: Reworked, Permission: MayRework, Reason: true, Second: true, GivesUp: true},
	{From: InProcess, To: Scrapped, Permission: MayScrap, Reason: true, Second: true},
	{From: Quarantined, To: Scrapped, Permission: MayScrap, Reason: true, Second: true},
	{From: Reworked, To: Scrapped, Permission: MayScrap, Reason: true, Second: true},
	{From: Quarantined, To: Passed, Permission: MayReadmit, Reason: true, Second: true, Labelled: true},
	{From: Passed, To: Released, Permission: MayRelease, Signature: true},
}

// TransitionTo finds the move from one disposition to another; ok is false when
// there is none.
func TransitionTo(from, to Disposition) (m Transition, ok bool) {
	return transitionIn(Transitions, from, to)
}

func transitionIn(list []Transition, from, to Disposition) (Transition, bool) {
	i := slices.IndexFunc(list, func(m Transition) bool { return m.From == from && m.To == to })
	if i < 0 {
		return Transition{}, false
	}
	return list[i], true
}

// AllowTransition is the move that a person may ask for, one unit at a time; an
// error is a *Refusal. Who may, its Permission says.
func AllowTransition(from, to Disposition) (Transition, error) {
	return allowTransition(Transitions, from, to)
}

func allowTransition(list []Transition, from, to Disposition) (Transition, error) {
	m, ok := transitionIn(list, from, to)
	if !ok || !m.asked() {
		return m, Refuse(MoveNotAllowed, string(from)+" to "+string(to))
	}
	return m, nil
}

// AllowBy says whether by may ask for m with a reason, and with somebody of the ID
// second beside them, "" for nobody. Its error is a *Refusal. Whether that other
// person will do, [AllowSecond] says.
func (m Transition) AllowBy(by Person, reason, second string) error {
	if err := Allow(by, m.Permission); err != nil {
		return err
	}
	if m.Reason {
		if err := ReasonGiven(m.Permission, reason); err != nil {
			return err
		}
	}
	if m.Second && second == "" {
		return SecondDue(m.Permission)
	}
	return nil
}

// asked reports whether a person asks for m, one unit at a time: it is not made by
// a run, nor signed for a whole lot.
func (m Transition) asked() bool { return m.Permission != "" && !m.Signature }

// TransitionsFor lists what p may do with a unit of disposition d, one unit at a
// time. Moves that a run makes, and those that are signed for a whole lot, are
// not among them. Whether p really may is asked again when it is done.
func TransitionsFor(p Person, d Disposition) []Transition { return allowed(Transitions, p, d) }

func allowed(of []Transition, p Person, d Disposition) []Transition {
	var list []Transition
	for _, m := range of {
		if m.From == d && m.asked() && Allow(p, m.Permission) == nil {
			list = append(list, m)
		}
	}
	return list
}

// AllowOnLine refuses a unit of disposition d that no run may go on with. Its error
// is a *Refusal.
func AllowOnLine(d Disposition) error {
	switch d {
	case Quarantined:
		return Refuse(UnitQuarantined, "")
	case Scrapped:
		return Refuse(UnitScrapped, "")
	case Released:
		return Refuse(UnitReleased, "")
	case InProcess, Passed, Reworked, Imported, Superseded, LeftOut:
	}
	return nil
}

// AllowPass refuses to end the run of a unit in pass that somebody has stopped since
// it began, or flagged: of its flags in force, the first is named. Its error is a
// *Refusal.
func AllowPass(d Disposition, flags []Flagged) error {
	if err := AllowOnLine(d); err != nil {
		return err
	}
	return CheckNotFlagged(flags, nil)
}

// AllowLabelled refuses to make m of a unit whose label, that of its live binding, is
// not on it, where it must be: leaving quarantine is no way around the line. Its error
// is a *Refusal.
func (m Transition) AllowLabelled(on bool) error {
	if m.Labelled && !on {
		return Refuse(MoveNotAllowed, "the unit has not passed the line")
	}
	return nil
}

// The rules below are asked of a unit in SQL too, which takes its lists of
// dispositions from them: see [DispositionsThat].

// DispositionsThat lists the dispositions, of units of ours and of imported ones,
// of which a rule holds.
func DispositionsThat(rule func(Disposition) bool) []Disposition {
	return slices.DeleteFunc(append(slices.Clone(Dispositions), LeftOut), func(d Disposition) bool { return !rule(d) })
}

// TakesPlace reports whether a unit has a place of the plan of its order: see
// [Order.Full]. A unit from before has no order of ours.
func (d Disposition) TakesPlace() bool {
	switch d {
	case InProcess, Passed, Quarantined, Reworked, Released:
		return true
	case Scrapped, Imported, Superseded, LeftOut:
	}
	return false
}

// CountsAsPassed reports whether a unit is complete: it went the whole way, and
// nobody took it back.
func (d Disposition) CountsAsPassed() bool { return d == Passed || d == Released }

// AwaitsRelease reports whether a unit is released with its lot.
func (d Disposition) AwaitsRelease() bool {
	_, ok := TransitionTo(d, Released)
	return ok
}

// SetAside reports whether a unit is out of the work of its order until somebody says
// what becomes of it: the order may be closed meanwhile.
func (d Disposition) SetAside() bool { return d == Quarantined || d == Reworked }

// GivenUp reports whether what a list of another system says of a unit holds its
// serial and its identities no more.
func (d Disposition) GivenUp() bool { return d == Superseded || d == LeftOut }
