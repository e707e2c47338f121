// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"slices"
	"strings"
)

// give gives a role to that one of several columns that is plain, notes the others
// beside it, and where none is plain notes the doubt.
func (t *sampledTable) give(m *Mapping, role ColumnRole, rivals []int) {
	var all []Column
	for _, at := range rivals {
		t.taken[at] = true
		all = append(all, t.column(role, at))
	}
	if len(rivals) == 0 {
		return
	}
	at, twin := t.plainest(role, rivals)
	if at < 0 {
		m.Doubts = append(m.Doubts, Doubt{role, all})
		return
	}
	t.take(m, role, at)
	if twin >= 0 {
		t.take(m, RoleICCIDChecked, twin)
	}
	for _, c := range all {
		if c.At != at+1 && c.At != twin+1 {
			m.Beside = append(m.Beside, c)
		}
	}
}

// rivals are the columns that may have a role as far as what they hold tells: those
// whose name says so too, if any of them holds something, else all.
func (t *sampledTable) rivals(role ColumnRole) []int {
	var by [4][]int
	for i := range t.cols {
		s := t.strength(role, i)
		by[s] = append(by[s], i)
	}
	named, others, weak := by[byName], by[byContent], by[byLength]
	full := slices.ContainsFunc(named, func(i int) bool { return t.cols[i].filled > 0 })
	switch {
	case full, len(named) > 0 && len(others) == 0:
		return t.worthwhile(named)
	case len(named)+len(others) > 0:
		return append(named, others...)
	case len(weak) > 0:
		return weak
	}
	if at := t.bestFor(role); at >= 0 { // named in other words, and its numbers are spoilt
		return []int{at}
	}
	return nil
}

// What speaks for a column, the strongest last.
const (
	nothing   = iota
	byLength  // numbers as long as those of the role, which others are too
	byContent // numbers that can hardly be anything else
	byName
)

// strength is what speaks for a column in a role.
func (t *sampledTable) strength(role ColumnRole, at int) int {
	hint, c := nameScore(t.name(at), role), t.cols[at]
	fits := c.fits(role) >= enough
	switch {
	case t.score(role, at) == 0:
		return nothing
	case hint > 0 && (fits || claims(t.name(at), role)):
		return byName
	case fits && (role != RoleIMEI || c.imei15*2 >= c.filled):
		return byContent
	case fits && c.issued*2 >= c.filled:
		return byLength
	}
	return nothing
}

// worthwhile leaves out the columns that are empty as far as it was looked, beside
// others: but not one that is named as another is, or for what is so now.
func (t *sampledTable) worthwhile(list []int) []int {
	kept := slices.DeleteFunc(slices.Clone(list), func(i int) bool {
		alike := slices.ContainsFunc(list, func(o int) bool { return o != i && fold(t.name(o)) == fold(t.name(i)) })
		return t.cols[i].filled == 0 && !alike && !says(t.name(i), currentWords)
	})
	if len(kept) == 0 {
		return list[:1]
	}
	return kept
}

// plainest is the one of several columns that has a role without doubt, and the
// column that repeats it with check digits; -1 for none. It is the one that is named
// for what is so now, unless it is empty and another is not; else the one that the
// others repeat. Columns of one name are never told apart by what they hold.
func (t *sampledTable) plainest(role ColumnRole, list []int) (at, twin int) {
	var current []int
	for _, i := range list {
		if says(t.name(i), currentWords) {
			current = append(current, i)
		}
	}
	switch {
	case len(list) == 1:
		return list[0], -1
	case len(current) == 1:
		some := slices.ContainsFunc(list, func(i int) bool { return t.cols[i].filled > 0 })
		if some && t.cols[current[0]].filled == 0 {
			return -1, -1
		}
		return current[0], -1
	case len(current) > 1:
		return -1, -1
	case role == RoleICCID:
		return t.repeated(list)
	}
	if list = t.firsts(list); len(list) == 1 {
		return list[0], -1
	}
	return t.sameDevices(list), -1
}

// repeated is the column of ICCIDs that the other one repeats; of more than two
// nothing is plain.
func (t *sampledTable) repeated(list []int) (at, twin int) {
	switch a, b := list[0], list[1]; {
	case len(list) > 2:
	case t.repeats(a, b):
		return a, b
	case t.repeats(b, a):
		return b, a
	}
	return -1, -1
}

// firsts leaves out the second IMEI of devices that have two beside the first one: a
// unit is known by either.
func (t *sampledTable) firsts(list []int) []int {
	return slices.DeleteFunc(slices.Clone(list), func(i int) bool {
		first, second := strings.CutSuffix(fold(t.name(i)), "2")
		return second && slices.ContainsFunc(list, func(o int) bool {
			name := fold(t.name(o))
			return name == first || name == first+"1"
		})
	})
}

// sameDevices is the first of columns that differ in name, or where there are no
// names in how their numbers are written, and tell the same device in each row; -1
// where they do not.
func (t *sampledTable) sameDevices(list []int) int {
	for n, i := range list {
		for _, o := range list[:n] {
			if fold(t.name(i)) == fold(t.name(o)) && (t.name(i) != "" || t.cols[i].imei15 == t.cols[o].imei15) || !t.alike(i, o) {
				return -1
			}
		}
	}
	return slices.MaxFunc(list, func(a, b int) int { return t.cols[a].imei15 - t.cols[b].imei15 })
}

// alike reports whether two columns name the same device in each row.
func (t *sampledTable) alike(a, b int) bool {
	same := 0
	for _, row := range t.rows {
		if a >= len(row) || b >= len(row) {
			continue
		}
		x, y := imeiOf(row[a], false), imeiOf(row[b], false)
		switch {
		case x.absent && y.absent:
		case x.absent != y.absent, x.digits != y.digits:
			return false
		default:
			same++
		}
	}
	return same > 0
}
