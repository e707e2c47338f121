// SPDX-License-Identifier: Apache-2.0

package station

// Transition is one allowed change of a unit's disposition.
type Transition struct {
	From, To   Disposition
	Permission Permission // what a person must be allowed to do; "" when only a run makes the move
	Reason     bool       // a reason must be given
	Second     bool       // a second person must agree
	Signature  bool       // it is signed (21 CFR 11.50)
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
	{From: InProcess, To: Reworked, Permission: MayRework, Reason: true, Second: true},
	{From: Passed, To: Reworked, Permission: MayRework, Reason: true, Second: true},
	{From: Quarantined, To: Reworked, Permission: MayRework, Reason: true, Second: true},
	{From: InProcess, To: Scrapped, Permission: MayScrap, Reason: true, Second: true},
	{From: Quarantined, To: Scrapped, Permission: MayScrap, Reason: true, Second: true},
	{From: Reworked, To: Scrapped, Permission: MayScrap, Reason: true, Second: true},
	{From: Quarantined, To: Passed, Permission: MayReadmit, Reason: true, Second: true},
	{From: Passed, To: Released, Permission: MayRelease, Signature: true},
}

// TransitionTo finds the move from one disposition to another; ok is false when
// there is none.
func TransitionTo(from, to Disposition) (m Transition, ok bool) {
	for _, m := range Transitions {
		if m.From == from && m.To == to {
			return m, true
		}
	}
	return Transition{}, false
}

// TransitionsFor lists what p may do with a unit of disposition d, one unit at a
// time. Moves that a run makes, and those that are signed for a whole lot, are
// not among them. Whether p really may is asked again when it is done.
func TransitionsFor(p Person, d Disposition) []Transition { return allowed(Transitions, p, d) }

func allowed(of []Transition, p Person, d Disposition) []Transition {
	var list []Transition
	for _, m := range of {
		if m.From == d && m.Permission != "" && !m.Signature && Allow(p, m.Permission) == nil {
			list = append(list, m)
		}
	}
	return list
}
