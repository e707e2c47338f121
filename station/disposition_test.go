// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"slices"
	"testing"

	"bindery/station"
)

// every disposition, also those that no unit of ours has.
var dispositions = station.DispositionsThat(func(station.Disposition) bool { return true })

// refusedFor is the code of a refusal; "" for nil.
func refusedFor(t *testing.T, err error) station.Code {
	t.Helper()
	var no *station.Refusal
	if err != nil && !errors.As(err, &no) {
		t.Fatalf("%v is no refusal", err)
	} else if err == nil {
		return ""
	}
	return no.Finding.Code
}

func TestWhatADispositionMeans(t *testing.T) {
	type meaning struct {
		line                           station.Code // that keeps a unit off the line
		place, passed, awaits, givenUp bool
	}
	want := map[station.Disposition]meaning{
		station.InProcess:   {"", true, false, false, false},
		station.Passed:      {"", true, true, true, false},
		station.Quarantined: {station.UnitQuarantined, true, false, false, false},
		station.Reworked:    {"", true, false, false, false},
		station.Scrapped:    {station.UnitScrapped, false, false, false, false},
		station.Released:    {station.UnitReleased, true, true, false, false},
		station.Imported:    {"", false, false, false, false},
		station.Superseded:  {"", false, false, false, true},
		station.LeftOut:     {"", false, false, false, true},
	}
	if len(dispositions) != len(want) {
		t.Fatalf("%v", dispositions)
	}
	for _, d := range dispositions {
		got := meaning{refusedFor(t, station.AllowOnLine(d)), d.TakesPlace(), d.CountsAsPassed(), d.AwaitsRelease(), d.GivenUp()}
		if got != want[d] {
			t.Errorf("%s: %+v, want %+v", d, got, want[d])
		}
	}
}

func TestAPersonAsksForTheMovesThatNoRunAndNoSignatureMakes(t *testing.T) {
	for name, of := range map[string]struct {
		moves []station.Transition
		allow func(from, to station.Disposition) (station.Transition, error)
		asked int
	}{
		"ours":     {station.Transitions, station.AllowTransition, 11},
		"imported": {station.ImportedTransitions, station.AllowImportedTransition, 6},
	} {
		asked := 0
		for _, from := range dispositions {
			for _, to := range dispositions {
				m, err := of.allow(from, to)
				if code := refusedFor(t, err); code != "" && code != station.MoveNotAllowed {
					t.Errorf("%s, %s to %s: %s", name, from, to, code)
				}
				if err != nil {
					continue
				}
				if asked++; m.From != from || m.To != to || m.Permission == "" || m.Signature {
					t.Errorf("%s, %s to %s: %+v", name, from, to, m)
				}
			}
		}
		if asked != of.asked {
			t.Errorf("%s: %d of %d moves can be asked for, want %d", name, asked, len(of.moves), of.asked)
		}
	}
	if _, err := station.AllowTransition(station.Scrapped, station.Passed); err == nil || err.Error() != "move-not-allowed: "+station.NewFinding(station.MoveNotAllowed, "scrapped to passed").Message {
		t.Errorf("%v", err)
	}
}

func TestAUnitComesBackAmongThosePassedOnlyWithItsLabelOn(t *testing.T) {
	for _, m := range station.Transitions {
		want := station.Code("")
		if m.From == station.Quarantined && m.To == station.Passed {
			want = station.MoveNotAllowed
		}
		if got := refusedFor(t, m.AllowLabelled(false)); got != want {
			t.Errorf("%s to %s, without its label: %q, want %q", m.From, m.To, got, want)
		}
		if err := m.AllowLabelled(true); err != nil {
			t.Errorf("%s to %s, with its label: %v", m.From, m.To, err)
		}
	}
}

func TestABindingIsGivenUpForReworkAndForAUnitOfOurs(t *testing.T) {
	for _, m := range slices.Concat(station.Transitions, station.ImportedTransitions) {
		if want := m.To == station.Reworked || m.To == station.Superseded; m.GivesUp != want {
			t.Errorf("%s to %s gives the binding up: %v", m.From, m.To, m.GivesUp)
		}
	}
}

func TestAUnitThatWasStoppedMeanwhileDoesNotPass(t *testing.T) {
	flagged := []station.Flagged{{Serial: "S-1", Flag: station.Flags[0]}}
	for _, d := range dispositions {
		if got, want := refusedFor(t, station.AllowPass(d, nil)), refusedFor(t, station.AllowOnLine(d)); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
		want := refusedFor(t, station.AllowOnLine(d))
		if want == "" {
			want = station.UnitFlagged
		}
		if got := refusedFor(t, station.AllowPass(d, flagged)); got != want {
			t.Errorf("%s and flagged: %q, want %q", d, got, want)
		}
	}
}

func TestAUnitIsBoundInTheOrderThatHasAPlaceForIt(t *testing.T) {
	unit := func(d station.Disposition, order string) *station.Unit {
		return &station.Unit{Order: order, Disposition: d}
	}
	for _, c := range []struct {
		name   string
		taken  int // of two places
		closed bool
		unit   *station.Unit
		twin   string
		origin *station.Origin
		want   station.Code
	}{
		{"new", 1, false, nil, "", nil, ""},
		{"new, in a full order", 2, false, nil, "", nil, station.OrderComplete},
		{"new, in a closed order", 1, true, nil, "", nil, station.OrderClosed},
		{"new, in a closed and full order", 2, true, nil, "", nil, station.OrderClosed},
		{"new, differing in capitals only", 1, false, nil, "s-1", nil, station.SerialOtherCase},
		{"new, imported", 1, false, nil, "", &station.Origin{Disposition: station.Imported}, station.UnitImported},
		{"new, imported and in quarantine", 1, false, nil, "", &station.Origin{Disposition: station.Quarantined}, station.UnitQuarantined},
		{"new, imported and superseded", 1, false, nil, "", &station.Origin{Disposition: station.Superseded}, ""},
		{"in process, of a full order", 2, false, unit(station.InProcess, "WO-1"), "", nil, ""},
		{"in process, of a closed order", 2, true, unit(station.InProcess, "WO-1"), "", nil, station.OrderClosed},
		{"in process, of another order", 1, true, unit(station.InProcess, "WO-2"), "", nil, station.SerialOtherOrder},
		{"reworked, of another order", 1, true, unit(station.Reworked, "WO-2"), "", nil, station.SerialOtherOrder},
		{"reworked, of a closed and full order", 2, true, unit(station.Reworked, "WO-1"), "", nil, ""},
		{"in quarantine", 1, false, unit(station.Quarantined, "WO-1"), "", nil, station.UnitQuarantined},
		{"scrapped", 1, false, unit(station.Scrapped, "WO-1"), "", nil, station.UnitScrapped},
		{"released", 1, false, unit(station.Released, "WO-1"), "", nil, station.UnitReleased},
	} {
		known := station.UnitContext{
			Order: station.Order{ID: "WO-1", Planned: 2, Taken: c.taken, Closed: c.closed}, Unit: c.unit, Twin: c.twin, Imported: c.origin,
		}
		if got := refusedFor(t, station.AllowBind(known)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWhereALabelIsByTheStateOfItsPrint(t *testing.T) {
	type where struct{ printed, onUnit, open bool }
	for s, want := range map[station.PrintState]map[bool]where{
		station.PrintIntended: {false: {false, false, true}, true: {false, false, true}},
		station.PrintSent:     {false: {true, false, true}, true: {true, true, false}},
		station.PrintVerified: {false: {true, true, false}, true: {true, true, false}},
		station.PrintVoid:     {false: {false, false, false}, true: {false, false, false}},
	} {
		for proven, want := range want {
			if got := (where{s.Printed(), s.OnUnit(proven), s.Open(proven)}); got != want {
				t.Errorf("%s, proven %v: %+v, want %+v", s, proven, got, want)
			}
		}
	}
}

func TestAMoveTakesTheRoleAReasonAndWhereItSaysSoASecondPerson(t *testing.T) {
	rework := station.Transition{Permission: station.MayRework, Reason: true, Second: true}
	quarantine := station.Transition{Permission: station.MayQuarantine, Reason: true}
	second := station.SecondDue(station.MayRework).Error()
	lead, operator := station.Person{Name: "Lea", Role: station.Lead}, station.Person{Name: "Ole", Role: station.Operator}
	for _, c := range []struct {
		what, reason, second string
		move                 station.Transition
		by                   station.Person
		want                 string
	}{
		{"a quarantine", "wet", "", quarantine, operator, ""},
		{"a quarantine without a reason", " ", "", quarantine, operator, station.Refuse(station.ReasonMissing, "quarantine").Error()},
		{"a rework", "wet", "q1", rework, lead, ""},
		{"a rework alone", "wet", "", rework, lead, second},
		{"a rework alone and without a reason", "", "", rework, lead, station.Refuse(station.ReasonMissing, "rework").Error()},
		{"a rework by an operator", "", "", rework, operator, station.Allow(operator, station.MayRework).Error()},
		{"a move that asks for no reason", "", "", station.Transition{Permission: station.MayQuarantine}, operator, ""},
	} {
		said(t, c.what, c.move.AllowBy(c.by, c.reason, c.second), c.want)
	}
}
