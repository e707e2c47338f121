// SPDX-License-Identifier: Apache-2.0

package reconcile

import "slices"

// guess gives each role the column that fits it best, the surest first. A role of
// which the columns and their names do not tell which one has it is a [Doubt].
func guess(t *sampledTable) Mapping {
	m := Mapping{Headless: t.header == nil}
	for _, role := range []ColumnRole{RoleICCID, RolePair, RoleIMEI, RoleEID, RoleIMSI, RoleStatus, RoleMSISDN, RoleDate} {
		switch {
		case role == RolePair && len(m.Columns)+len(m.Doubts) > 0:
		case role == RoleICCID || role == RoleIMEI:
			t.give(&m, role, t.rivals(role))
		default:
			if at := t.bestFor(role); at >= 0 {
				t.take(&m, role, at)
			}
		}
	}
	return m
}

// contest asks of the columns that a known shape names whether others of the list
// are named for the same: many portals call their columns as some shape does.
func contest(s *Shape, m Mapping, t *sampledTable) Mapping {
	for _, c := range m.Columns {
		t.taken[c.At-1] = true
	}
	for _, role := range []ColumnRole{RoleICCID, RoleIMEI} {
		i := slices.IndexFunc(m.Columns, func(c Column) bool { return c.Role == role })
		var rivals []int
		if i >= 0 {
			delete(t.taken, m.Columns[i].At-1)
			rivals = append(rivals, m.Columns[i].At-1)
		}
		for _, at := range t.rivals(role) {
			name := fold(t.name(at))
			ofShape := slices.ContainsFunc(s.Columns[role], func(n string) bool { return fold(n) == name })
			if i >= 0 && (at == rivals[0] || ofShape && name != fold(m.Columns[i].Name)) || !claims(t.name(at), role) {
				continue
			}
			rivals = append(rivals, at)
		}
		if i >= 0 && len(rivals) == 1 {
			t.taken[rivals[0]] = true
			continue
		}
		if i >= 0 {
			m.Columns = slices.Delete(slices.Clone(m.Columns), i, i+1)
		}
		t.give(&m, role, rivals)
	}
	if !slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Role == RoleStatus }) {
		if at := t.bestFor(RoleStatus); at >= 0 { // without it each flagged unit would be told as active
			t.take(&m, RoleStatus, at)
		}
	}
	return m
}
