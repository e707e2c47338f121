// SPDX-License-Identifier: Apache-2.0

package reconcile

import "bindery/station/table"

// sampledTable is what is known of a list when its columns are guessed.
type sampledTable struct {
	header []string
	rows   [][]table.Cell
	cols   []columnProfile
	taken  map[int]bool
}

func (t *sampledTable) name(at int) string { return nameAt(t.header, at) }

// take gives a role to a column.
func (t *sampledTable) take(m *Mapping, role ColumnRole, at int) {
	t.taken[at] = true
	m.Columns = append(m.Columns, t.column(role, at))
}

func (t *sampledTable) column(role ColumnRole, at int) Column {
	return Column{role, t.name(at), at + 1}
}

func nameAt(header []string, at int) string {
	if at < len(header) {
		return header[at]
	}
	return ""
}

// bestFor is the column that fits a role best; -1 where none does. A column
// without content, or whose numbers are spoilt or of no known form, is taken for
// what its name says, so that its rows are told and not passed over; one of a
// few words that come again and again for the state, if it is named so.
func (t *sampledTable) bestFor(role ColumnRole) int {
	best, at := 0.0, -1
	for i := range t.cols {
		if score := t.score(role, i); score > best {
			best, at = score, i
		}
	}
	return at
}

// enough is the part of a column that has to fit.
const enough = 0.5

// score is how well a column fits a role; 0 for one that does not.
func (t *sampledTable) score(role ColumnRole, at int) float64 {
	hint, c := nameScore(t.name(at), role), t.cols[at]
	if t.taken[at] || hint < 0 {
		return 0
	}
	score := c.fits(role)
	switch {
	case score >= enough && (role != RoleStatus || hint > 0 || score > 0.9):
		return score + float64(hint)/2
	case role == RoleStatus && hint > 0 && c.repeats*2 > c.filled:
		return float64(hint) / 4
	case hint > 0 && c.spoilt*2 >= c.filled, claims(t.name(at), role) && c.long*2 > c.filled:
		return float64(hint) / 8
	}
	return 0
}

// repeats reports whether a column repeats the ICCIDs of another, perhaps with their
// check digit.
func (t *sampledTable) repeats(at, other int) bool {
	same, differ := 0, 0
	for _, row := range t.rows {
		if at >= len(row) || other >= len(row) {
			continue
		}
		a, b := iccidOf(row[at], false), iccidOf(row[other], false)
		switch {
		case a.damage != "" || b.damage != "" || a.absent || b.absent:
		case sameICCID(a.digits, b.digits):
			same++
		default:
			differ++
		}
	}
	return same > 0 && same > 9*differ
}

// sameICCID reports whether two numbers of a row are one ICCID, the second perhaps
// with its check digit.
func sameICCID(a, b string) bool {
	return a == b || len(b) == len(a)+1 && b[:len(a)] == a && checked(b)
}
