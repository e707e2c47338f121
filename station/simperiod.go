// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"time"

	"bindery/station/identity"
)

// SIMPeriod is a SIM in a unit for some time: of [From, To). At the moment of a
// swap the new one is in it already and the old no more. Its JSON has the
// identities whole: who shows it masks them.
type SIMPeriod struct {
	Serial string         `json:"serial"`
	ICCID  identity.ICCID `json:"iccid"`
	IMSI   identity.IMSI  `json:"imsi"`
	EID    identity.EID   `json:"eid"`
	From   time.Time      `json:"from" null:"zero"` // zero where it is not known
	To     time.Time      `json:"to" null:"zero"`   // zero while it holds, and where it was given up at a time that is not known

	GivenUp bool `json:"given_up"` // at a time that is not known: another system did not say when
	Swap    bool `json:"-"`        // it was put in in the field

	Origin string `json:"origin"` // what says so, such as "binding 3" or "list portal.csv, row 7"
}

// MarshalJSON is [MarshalNull].
func (p SIMPeriod) MarshalJSON() ([]byte, error) { return MarshalNull(p) }

// SIMPeriods joins what a unit was bound to with the SIMs that were put into it
// in the field: each holds until the next of the other kind begins
// ([SIMPeriod.EndedBy]). The oldest comes first.
func SIMPeriods(bound, swaps []SIMPeriod) []SIMPeriod {
	var list []SIMPeriod
	for _, of := range []struct{ own, others []SIMPeriod }{{bound, swaps}, {swaps, bound}} {
		for _, p := range of.own {
			if p.To = p.EndedBy(of.others); p.To.IsZero() || p.From.Before(p.To) {
				list = append(list, p)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b SIMPeriod) int { return a.From.Compare(b.From) })
	return list
}

// EndedBy is when a SIM was in a unit no more, given those that others put into
// it: its own end, or the begin of one of these where that comes before; zero
// while it holds. A unit has one SIM; of two that begin at once it is the one
// that was put in in the field.
func (p SIMPeriod) EndedBy(others []SIMPeriod) time.Time {
	if p.GivenUp {
		return p.To
	}
	for _, o := range others {
		later := o.From.After(p.From) || o.From.Equal(p.From) && o.Swap
		if later && !o.From.IsZero() && (p.To.IsZero() || o.From.Before(p.To)) {
			p.To = o.From
		}
	}
	return p.To
}

// HeldAt reports whether it is known that it held at a moment.
func (p SIMPeriod) HeldAt(at time.Time) bool {
	return !at.Before(p.From) && !p.GivenUp && (p.To.IsZero() || at.Before(p.To))
}

// PossibleAt reports whether it held at a moment, or may have, given all of its unit:
// of what was given up nobody knows when, it may have held until a later one began,
// since a unit has one SIM.
func (p SIMPeriod) PossibleAt(at time.Time, unit []SIMPeriod) bool {
	if !p.GivenUp || at.Before(p.From) {
		return p.HeldAt(at)
	}
	return !slices.ContainsFunc(unit, func(o SIMPeriod) bool {
		return o.HeldAt(at) || !p.From.IsZero() && o.From.After(p.From) && !o.From.After(at)
	})
}

// SIMsAt are those of a unit's SIMs that are possible at a moment.
func SIMsAt(unit []SIMPeriod, at time.Time) []SIMPeriod {
	list := []SIMPeriod{}
	for _, p := range unit {
		if p.PossibleAt(at, unit) {
			list = append(list, p)
		}
	}
	return list
}

// CheckSubscription says what is wrong with the times of a SIM in a unit.
func CheckSubscription(from time.Time, to *time.Time, now time.Time) []FieldError {
	var e errs
	switch {
	case from.IsZero():
		e.add("from", "The start is missing, or is not a time with its zone.")
	case from.After(now):
		e.add("from", "It begins in the future.")
	case to != nil && !to.After(from):
		e.add("to", "It ends before it begins.")
	case to != nil && to.After(now):
		e.add("to", "It ends in the future.")
	}
	return e
}

// CheckSwapSIM gives the numbers of a SIM that was put into a unit as the record has
// them, or what is wrong with them.
func CheckSwapSIM(iccid, imsi, eid string) (SIMPeriod, []FieldError) {
	var e errs
	p := SIMPeriod{ICCID: e.iccid(iccid), IMSI: number(&e, "imsi", imsi, identity.ParseIMSI), EID: number(&e, "eid", eid, identity.ParseEID)}
	if iccid == "" {
		e.add("iccid", "The iccid is not sound.")
	}
	return p, e
}

// CheckSwapEnd says what is wrong with the end of a swap that the record has already,
// with the end was, zero for none.
func CheckSwapEnd(was, ended time.Time) []FieldError {
	var e errs
	if !was.IsZero() && !was.Equal(ended) {
		e.add("to", "The record has another end of it.")
	}
	return e
}

// CheckSwap says what is wrong with the place of a SIM among those that were put into
// its unit before, and whether the one of them that holds ends where it begins. A unit
// has one SIM at a time.
func CheckSwap(s SIMPeriod, had []SIMPeriod) (ends bool, wrong []FieldError) {
	var e errs
	overlaps := false
	for _, h := range had {
		switch holds := h.To.IsZero(); {
		case holds && h.From.Before(s.From):
			h.To, ends = s.From, true
		case holds && s.To.IsZero():
			e.add("from", "The record has a later SIM of this unit.")
			return false, e
		}
		began := s.To.IsZero() || h.From.Before(s.To)
		overlaps = overlaps || began && (h.To.IsZero() || h.To.After(s.From))
	}
	if overlaps {
		e.add("from", "The record has another SIM of this unit at that time.")
	}
	return ends, e
}

// CheckSwapOfUnit says what keeps a SIM from having been put into a unit, given what the
// unit was bound to and the SIMs that it was given in the field: it was in the unit
// already, also in another form of its number; the unit was bound to nothing yet; or,
// where it is said to hold, the unit was bound to another SIM later. Nothing is said of
// times that nobody knows.
func CheckSwapOfUnit(s SIMPeriod, bound, swaps []SIMPeriod) []FieldError {
	var e errs
	early, later := len(bound) > 0, false
	for _, b := range bound {
		early = early && s.From.Before(b.From)
		later = later || b.ICCID != "" && s.From.Before(b.From)
	}
	withSIM := slices.DeleteFunc(slices.Clone(bound), func(b SIMPeriod) bool { return b.ICCID == "" })
	for _, p := range SIMPeriods(withSIM, swaps) {
		if p.HeldAt(s.From) && p.ICCID.SameSIM(s.ICCID) {
			e.add("iccid", "The unit has this SIM already.")
			return e
		}
	}
	switch {
	case early:
		e.add("from", "It begins before the unit was bound to anything.")
	case later && s.To.IsZero():
		e.add("from", "The record has a later SIM of this unit.")
	}
	return e
}
