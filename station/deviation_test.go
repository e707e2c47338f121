// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestWhateverEndsInNoPlainPassIsADeviation(t *testing.T) {
	for _, c := range []struct {
		outcome          station.Outcome
		levels           []station.Level
		deviates, warned bool
	}{
		{"", nil, true, false},
		{"", []station.Level{station.LevelWarn}, true, false},
		{station.Pass, nil, false, false},
		{station.Pass, []station.Level{station.LevelPass}, false, false},
		{station.Pass, []station.Level{station.LevelPass, station.LevelWarn}, false, true},
		{station.Fail, []station.Level{station.LevelWarn, station.LevelFail}, true, false},
		{station.Errored, nil, true, false},
		{station.Aborted, []station.Level{station.LevelWarn}, true, false},
	} {
		if d, w := c.outcome.Deviates(), c.outcome.PassedWarned(c.levels); d != c.deviates || w != c.warned {
			t.Errorf("%q with %v: deviates %v, passed with a warning %v", c.outcome, c.levels, d, w)
		}
	}
}

func TestALabelIsADeviationUnlessItIsTheFirstAndOnItsUnit(t *testing.T) {
	for _, c := range []struct {
		state                   station.PrintState
		proven, first, deviates bool
	}{
		{station.PrintIntended, false, true, true},
		{station.PrintSent, false, true, true},
		{station.PrintSent, true, true, false},
		{station.PrintVerified, false, true, false}, // of before there were proofs
		{station.PrintVerified, true, true, false},
		{station.PrintVerified, true, false, true},
		{station.PrintVoid, false, true, true},
		{station.PrintVoid, true, false, true},
	} {
		if got := c.state.Deviates(c.proven, c.first); got != c.deviates {
			t.Errorf("%s, proven %v, first %v: %v", c.state, c.proven, c.first, got)
		}
	}
}

func TestOnlyWhatIsSignedForAWholeLotMovesAUnitWithoutDeviation(t *testing.T) {
	if station.MoveDeviates(true) || !station.MoveDeviates(false) {
		t.Error("a move is a deviation by its signature")
	}
}

func TestOnlyARefusalIsTheFaultOfTheUnit(t *testing.T) {
	for _, o := range station.Outcomes {
		if got := o.Refused(); got != (o == station.Fail) {
			t.Errorf("%q: %v", o, got)
		}
	}
}
