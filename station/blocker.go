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

// The obstacles.
const (
	UnitsInProcess   BlockerKind = "units-in-process"
	UnitsReworked    BlockerKind = "units-reworked"
	UnitsQuarantined BlockerKind = "units-quarantined"
	AlarmsOpen       BlockerKind = "alarms-open"
	LabelsOpen       BlockerKind = "labels-open"   // neither on a unit nor destroyed
	LabelsDiffer     BlockerKind = "labels-differ" // units with more or fewer labels than they must have
	OrderOpen        BlockerKind = "order-open"
	NothingPassed    BlockerKind = "nothing-passed" // no unit waits for release
)

// blockerTexts are said in one plain sentence each.
var blockerTexts = map[BlockerKind]string{
	UnitsInProcess:   "order %s has %d units in process.",
	UnitsReworked:    "order %s has %d units in rework.",
	UnitsQuarantined: "order %s has %d units in quarantine.",
	AlarmsOpen:       "order %s has %d units stopped by an alarm.",
	LabelsOpen:       "order %s has %d labels that are neither on a unit nor destroyed.",
	LabelsDiffer:     "order %s has %d units with more or fewer labels than one.",
	OrderOpen:        "order %s is open.",
	NothingPassed:    "no unit waits for release.",
}

// String is the blocker in one plain sentence.
func (h Blocker) String() string {
	text := blockerTexts[h.Kind]
	switch strings.Count(text, "%") {
	case 0:
		return text
	case 1:
		return fmt.Sprintf(text, h.Order)
	}
	return fmt.Sprintf(text, h.Order, h.N)
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
