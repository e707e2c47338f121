// SPDX-License-Identifier: Apache-2.0

package store

import (
	"slices"
	"strconv"
	"strings"

	"bindery/station"
)

// Rules of station about a state, as SQL asks them: which states they hold for, the
// rule itself says. Lists of dispositions follow IN.
var (
	TakePlace     = in(station.DispositionsThat(station.Disposition.TakesPlace))
	CountAsPassed = in(station.DispositionsThat(station.Disposition.CountsAsPassed))
	AwaitRelease  = in(station.DispositionsThat(station.Disposition.AwaitsRelease))
	GivenUp       = in(station.DispositionsThat(station.Disposition.GivenUp))
	SetAside      = in(station.DispositionsThat(station.Disposition.SetAside))
	Reworked      = in([]station.Disposition{station.Reworked})

	// Conditions on an attempt, PassedWarned on one with its verdict v: inside a JSON
	// string quotes are escaped, so that no value can look like a level.
	AttemptRefused  = isOf("outcome", that(station.Outcomes, station.Outcome.Refused))
	AttemptDeviates = `coalesce(outcome, '') IN ` + in(that(station.Outcomes, station.Outcome.Deviates))
	PassedWarned    = isOf("outcome", that(station.Outcomes, warned)) + ` AND instr(CAST(v.findings AS TEXT), '"level":"` + string(station.LevelWarn) + `"')`

	// MoveDeviates is a condition on a move.
	MoveDeviates = `(signature IS NOT NULL) IN ` + flags(station.MoveDeviates)

	// Bindings of lists of other systems, and the lists themselves.
	LiveBindings     = in(that(station.ImportedBindingStates, station.ImportedBindingState.Live))
	CountingBindings = in(that(station.ImportedBindingStates, station.ImportedBindingState.Counts))
	CountingLists    = in(that(station.HistoryStates, station.HistoryState.Counts))
	OpenLists        = in([]station.HistoryState{station.HistoryOpen})
	WithdrawnLists   = in([]station.HistoryState{station.HistoryWithdrawn})

	// PrintOnUnit and PrintOpen are conditions on a print p.
	PrintOnUnit = prints(station.PrintState.OnUnit)
	PrintOpen   = prints(station.PrintState.Open)
)

// PrintDeviates is a condition on a print p, with one that tells the first of a
// binding.
func PrintDeviates(first string) string {
	of := func(first bool) string {
		return prints(func(s station.PrintState, proven bool) bool { return s.Deviates(proven, first) })
	}
	return `iif(` + first + `, ` + of(true) + `, ` + of(false) + `)`
}

func warned(o station.Outcome) bool { return o.PassedWarned([]station.Level{station.LevelWarn}) }

// flags is a rule about yes or no, as a list of these in SQL.
func flags(rule func(bool) bool) string {
	var list []string
	for i, on := range []bool{false, true} {
		if rule(on) {
			list = append(list, strconv.Itoa(i))
		}
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// that are the states of which a rule holds.
func that[S any](states []S, rule func(S) bool) []S {
	return slices.DeleteFunc(slices.Clone(states), func(s S) bool { return !rule(s) })
}

// in is a list of states in SQL.
func in[S ~string](states []S) string {
	quoted := make([]string, len(states))
	for i, s := range states {
		quoted[i] = "'" + string(s) + "'"
	}
	return "(" + strings.Join(quoted, ", ") + ")"
}

// isOf is a condition that a column is one of states. Of a single one it is the
// condition of an index that was made for it, such as attempts_failed.
func isOf[S ~string](column string, states []S) string {
	if len(states) == 1 {
		return column + " = '" + string(states[0]) + "'"
	}
	return column + " IN " + in(states)
}

// prints is a rule about labels, proven or not, as a condition on a print p.
func prints(rule func(s station.PrintState, proven bool) bool) string {
	var proven, unproven []station.PrintState
	for _, s := range station.PrintStates {
		if rule(s, true) {
			proven = append(proven, s)
		}
		if rule(s, false) {
			unproven = append(unproven, s)
		}
	}
	return "(p.proof <> '' AND p.state IN " + in(proven) + " OR p.proof = '' AND p.state IN " + in(unproven) + ")"
}
