// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"strings"
)

// Blocker is one thing that stands in the way of closing an order or of
// releasing a lot.
type Blocker struct {
	Kind  BlockerKind
	Order string // "" when it is about the lot
	N     int    // how many; 0 where there is nothing to count
}

// BlockerKind is what a blocker is about.
type BlockerKind string

// The blockers.
const (
	UnitsInProcess   BlockerKind = "units-in-process"
	UnitsReworked    BlockerKind = "units-reworked"
	UnitsQuarantined BlockerKind = "units-quarantined"
	AlarmsOpen       BlockerKind = "alarms-open"
	UnitsFlagged     BlockerKind = "units-flagged" // that passed
	LabelsOpen       BlockerKind = "labels-open"   // neither on a unit nor destroyed
	LabelsDiffer     BlockerKind = "labels-differ" // units with more or fewer labels than they must have
	OrderOpen        BlockerKind = "order-open"
	NothingPassed    BlockerKind = "nothing-passed" // no unit waits for release
)

// blockerTexts are said of an order that has so many of something.
var blockerTexts = map[BlockerKind]struct{ one, many string }{
	UnitsInProcess:   {"unit in process", "units in process"},
	UnitsReworked:    {"unit in rework", "units in rework"},
	UnitsQuarantined: {"unit in quarantine", "units in quarantine"},
	AlarmsOpen:       {"unit stopped by an alarm", "units stopped by an alarm"},
	UnitsFlagged:     {"flagged unit that passed", "flagged units that passed"},
	LabelsOpen:       {"label that is neither on a unit nor destroyed", "labels that are neither on a unit nor destroyed"},
	LabelsDiffer:     {"unit with more or fewer labels than one", "units with more or fewer labels than one"},
}

// String is the blocker in one plain sentence.
func (h Blocker) String() string {
	switch h.Kind {
	case OrderOpen:
		return fmt.Sprintf("order %s is open.", h.Order)
	case NothingPassed:
		return "no unit waits for release."
	case UnitsInProcess, UnitsReworked, UnitsQuarantined, AlarmsOpen, UnitsFlagged, LabelsOpen, LabelsDiffer:
	}
	text := blockerTexts[h.Kind]
	return fmt.Sprintf("order %s has %s.", h.Order, Counted(h.N, text.one, text.many))
}

// RefuseFor is the refusal of what stands in the way, all of it said; nil when
// nothing does.
func RefuseFor(code Code, in []Blocker) error {
	if len(in) == 0 {
		return nil
	}
	said := make([]string, len(in))
	for i, h := range in {
		said[i] = h.String()
	}
	return Refuse(code, strings.Join(said, " "))
}
