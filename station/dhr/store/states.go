// SPDX-License-Identifier: Apache-2.0

package store

import (
	"slices"
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
	Reworked      = in([]station.Disposition{station.Reworked})

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
