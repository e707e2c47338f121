// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestABlockerIsOneSentenceThatAgreesWithItsNumber(t *testing.T) {
	for kind, want := range map[station.BlockerKind][2]string{
		station.UnitsInProcess:   {"order WO-1 has 1 unit in process.", "order WO-1 has 2 units in process."},
		station.UnitsReworked:    {"order WO-1 has 1 unit in rework.", "order WO-1 has 2 units in rework."},
		station.UnitsQuarantined: {"order WO-1 has 1 unit in quarantine.", "order WO-1 has 2 units in quarantine."},
		station.AlarmsOpen:       {"order WO-1 has 1 unit stopped by an alarm.", "order WO-1 has 2 units stopped by an alarm."},
		station.UnitsFlagged:     {"order WO-1 has 1 flagged unit that passed.", "order WO-1 has 2 flagged units that passed."},
		station.LabelsOpen: {"order WO-1 has 1 label that is neither on a unit nor destroyed.",
			"order WO-1 has 2 labels that are neither on a unit nor destroyed."},
		station.LabelsDiffer: {"order WO-1 has 1 unit with more or fewer labels than one.",
			"order WO-1 has 2 units with more or fewer labels than one."},
		station.OrderOpen:     {"order WO-1 is open.", "order WO-1 is open."},
		station.NothingPassed: {"no unit waits for release.", "no unit waits for release."},
	} {
		for i, want := range want {
			if got := (station.Blocker{Kind: kind, Order: "WO-1", N: i + 1}).String(); got != want {
				t.Errorf("%s: %q, want %q", kind, got, want)
			}
		}
	}
}
