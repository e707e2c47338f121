// SPDX-License-Identifier: Apache-2.0

package station

// Move is one allowed change of a unit's disposition.
type Move struct {
	From, To  Disposition
	Act       Act  // what a person must be allowed to do; "" when only a run makes the move
	Reason    bool // a reason must be given
	Second    bool // a second person must agree
	Signature bool // it is signed (21 CFR 11.50)
}

// Moves lists every change that a disposition may make. What is not here does
// not happen.
var Moves = []Move{
	{From: InProcess, To: Passed},
	{From: Reworked, To: Passed},
	{From: InProcess, To: Quarantined, Act: ActQuarantine, Reason: true},
	{From: Passed, To: Quarantined, Act: ActQuarantine, Reason: true},
	{From: Reworked, To: Quarantined, Act: ActQuarantine, Reason: true},
	{From: Released, To: Quarantined, Act: ActRecall, Reason: true},
	{From: InProcess, To: Reworked, Act: ActRework, Reason: true, Second: true},
	{From: Passed, To: Reworked, Act: ActRework, Reason: true, Second: true},
	{From: Quarantined, To: Reworked, Act: ActRework, Reason: true, Second: true},
	{From: InProcess, To: Scrapped, Act: ActScrap, Reason: true, Second: true},
	{From: Quarantined, To: Scrapped, Act: ActScrap, Reason: true, Second: true},
	{From: Reworked, To: Scrapped, Act: ActScrap, Reason: true, Second: true},
	{From: Quarantined, To: Passed, Act: ActReadmit, Reason: true, Second: true},
	{From: Passed, To: Released, Act: ActRelease, Signature: true},
}

// MoveTo finds the move from one disposition to another; ok is false when
// there is none.
func MoveTo(from, to Disposition) (m Move, ok bool) {
	for _, m := range Moves {
		if m.From == from && m.To == to {
			return m, true
		}
	}
	return Move{}, false
}

// MovesFor lists what p may do with a unit of disposition d, one unit at a
// time. Moves that a run makes, and those that are signed for a whole lot, are
// not among them. Whether p really may is asked again when it is done.
func MovesFor(p Person, d Disposition) []Move {
	var list []Move
	for _, m := range Moves {
		if m.From == d && m.Act != "" && !m.Signature && Allow(p, m.Act) == nil {
			list = append(list, m)
		}
	}
	return list
}
