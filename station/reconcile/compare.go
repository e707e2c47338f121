// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"cmp"
	"iter"
	"slices"

	"bindery/station/identity"
)

// Entry is what a finished comparison keeps of one row, or of one SIM that was
// missing, to be held against the next list.
type Entry struct {
	SIM    identity.ICCID // as the record has it; as the list has it where the record has none
	Serial string         // "" for a SIM that is not ours
	Class  Class
	Device identity.IMEI // 14 digits; "" for none
}

// ChangeKind is what happened to a SIM between two lists.
type ChangeKind string

// The kinds of change.
const (
	New         ChangeKind = "new"     // it was not in the earlier list
	Disappeared ChangeKind = "gone"    // it is not in the later one
	Moved       ChangeKind = "moved"   // it stands with another device
	Changed     ChangeKind = "changed" // its rows are of other classes
)

// Change is a SIM that is otherwise in the later of two lists. Where a list
// lacks it, its classes are [Missing] if it was looked for there, else none.
type Change struct {
	SIM           identity.ICCID
	Serial        string
	Kind          ChangeKind
	Before, After []Class // of its rows, each once, in the order of the classes
}

// Compare tells what changed between two comparisons of one carrier's lists.
// Both must come in the order of their SIMs; entries of malformed rows without
// a SIM are passed over.
func Compare(before, after iter.Seq[Entry]) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		was, stopWas := iter.Pull(bySIM(before))
		defer stopWas()
		is, stopIs := iter.Pull(bySIM(after))
		defer stopIs()
		a, okA := was()
		b, okB := is()
		for okA || okB {
			var c Change
			var differs bool
			switch order := cmp.Compare(a.sim, b.sim); {
			case okA && okB && order == 0:
				c, differs = changeOf(a, b)
				a, okA = was()
				b, okB = is()
			case !okB || okA && order < 0:
				c, differs = changeOf(a, group{sim: a.sim})
				a, okA = was()
			default:
				c, differs = changeOf(group{sim: b.sim}, b)
				b, okB = is()
			}
			if differs && !yield(c) {
				return
			}
		}
	}
}

// group are the entries of one SIM.
type group struct {
	sim     identity.ICCID
	serial  string
	classes []Class
	devices []identity.IMEI
}

func (g group) there() bool { return len(g.classes) > 0 && !slices.Equal(g.classes, []Class{Missing}) }

// bySIM gathers the entries of each SIM.
func bySIM(entries iter.Seq[Entry]) iter.Seq[group] {
	return func(yield func(group) bool) {
		var g group
		for e := range entries {
			if e.SIM == "" {
				continue
			}
			if e.SIM != g.sim {
				if g.sim != "" && !yield(g.sorted()) {
					return
				}
				g = group{sim: e.SIM, serial: e.Serial}
			}
			g.classes = append(g.classes, e.Class)
			if e.Device != "" {
				g.devices = append(g.devices, e.Device)
			}
		}
		if g.sim != "" {
			yield(g.sorted())
		}
	}
}

func (g group) sorted() group {
	order := append(Classes(), Missing)
	slices.SortFunc(g.classes, func(a, b Class) int { return cmp.Compare(slices.Index(order, a), slices.Index(order, b)) })
	slices.Sort(g.devices)
	g.classes, g.devices = slices.Compact(g.classes), slices.Compact(g.devices)
	return g
}

// changeOf tells what differs between the entries of one SIM. A device that was
// seen for the first time, or no longer, is a change of class, not a move.
func changeOf(a, b group) (Change, bool) {
	c := Change{SIM: a.sim, Serial: cmp.Or(b.serial, a.serial), Before: a.classes, After: b.classes}
	switch {
	case !a.there() && b.there():
		c.Kind = New
	case a.there() && !b.there():
		c.Kind = Disappeared
	case len(a.devices) > 0 && len(b.devices) > 0 && !slices.Equal(a.devices, b.devices):
		c.Kind = Moved
	case !slices.Equal(a.classes, b.classes):
		c.Kind = Changed
	default:
		return c, false
	}
	return c, true
}
