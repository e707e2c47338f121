// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"fmt"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/table"
)

// Column says which column has a role: by its name in the header or path in
// JSON, in a table without a header by its place.
type Column struct {
	Role ColumnRole `json:"role" toml:"role"`
	Name string     `json:"name" toml:"name"`
	At   int        `json:"at" toml:"at"` // from 1; of the file that the mapping was made from
}

// Mapping says what the columns of a list are. It is a value: shown beside the
// first rows, corrected, saved by name, and used again for the next list.
type Mapping struct {
	Name     string          `json:"name" toml:"name"`   // of the saved mapping; "" for one that was guessed
	Shape    string          `json:"shape" toml:"shape"` // the known shape that it is of; "" for none
	Headless bool            `json:"headless" toml:"headless"`
	Columns  []Column        `json:"columns" toml:"columns"`
	States   map[string]bool `json:"states,omitempty" toml:"states,omitempty"` // whether a state lets the SIM connect, where people say so

	Doubts []Doubt  `json:"-" toml:"-"` // what people have to say before the list is compared
	Beside []Column `json:"-" toml:"-"` // columns that may have a role that was given to another one
}

// Doubt is a role that more than one column of a list may have, where nothing says
// which. A list is compared only when people have said it: the wrong one of two
// columns of IMEIs hides every clone, or calls each sound unit one.
type Doubt struct {
	Role    ColumnRole
	Columns []Column
}

// Label names a column for people: by its header, and by its place, as names are
// given twice. What may be an identity in it is masked.
func (c Column) Label() string {
	if c.Name == "" {
		return fmt.Sprintf("column %d", c.At)
	}
	return fmt.Sprintf("%q (column %d)", c.shown(), c.At)
}

func (c Column) shown() string { return station.Shown(c.Name) }

// err is the doubt as what keeps a list from being compared.
func (d Doubt) err() *CompareError {
	var names []string
	for _, c := range d.Columns {
		names = append(names, c.Label())
	}
	return broken("%s of the list may be %s, and nothing says which; nothing was compared: choose the one that holds what the carrier sees now",
		strings.Join(names, " or "), roleNames[d.Role])
}

var roleNames = map[ColumnRole]string{RoleICCID: "its ICCIDs", RoleIMEI: "its IMEIs"}

// CheckName refuses a name under which a mapping cannot be kept: it stands in lists and
// in the ledger, so it carries no identity and nothing that cannot be printed. "" is
// no name, and will do. Its error is an *[CompareError].
func CheckName(name string) error {
	switch why := station.Unprintable(name); {
	case why != "":
		return broken("the name of the mapping %s; give it another", why)
	case identity.HasIdentity(name):
		return broken("the name of the mapping holds what may be an identity; give it another")
	}
	return nil
}

// CheckNewName refuses a name that is not among those under which mappings are kept and
// looks like one of them: nobody could tell which one they take again. Its error is a
// *[CompareError].
func CheckNewName(name string, had []string) error {
	if name == "" || slices.Contains(had, name) {
		return nil
	}
	for _, h := range had {
		if station.LookAlike(h, name) {
			return broken("a mapping is kept as %q already, whose name looks the same; take that name, or another one", station.Shown(h))
		}
	}
	return nil
}

// With gives the mapping with another column for a role; 0 takes the role away.
func (m Mapping) With(role ColumnRole, c Column) Mapping {
	m.Columns = slices.DeleteFunc(slices.Clone(m.Columns), func(was Column) bool { return was.Role == role || c.At > 0 && was.At == c.At })
	if c.At > 0 {
		c.Role = role
		m.Columns = append(m.Columns, c)
	}
	m.Doubts = slices.DeleteFunc(slices.Clone(m.Doubts), func(d Doubt) bool { return d.Role == role })
	m.Beside = slices.DeleteFunc(slices.Clone(m.Beside), func(b Column) bool { return b.Role == role })
	m.Shape = ""
	return m
}

// CompareError says why a list cannot be compared. The message is one plain sentence.
type CompareError struct{ Message string }

func (e *CompareError) Error() string { return e.Message }

func broken(format string, args ...any) *CompareError {
	return &CompareError{fmt.Sprintf(format, args...)}
}

// Check refuses a mapping without a number to go by.
func (m Mapping) Check() error {
	by := map[ColumnRole]int{}
	for _, c := range m.Columns {
		if !slices.Contains(Roles(), c.Role) {
			return broken("the mapping gives a column the role %q, which does not exist", c.Role)
		}
		if by[c.Role]++; by[c.Role] > 1 {
			return broken("the mapping gives the role %s to two columns; choose one", c.Role)
		}
	}
	if err := CheckName(m.Name); err != nil {
		return err
	}
	switch {
	case len(m.Doubts) > 0:
		return m.Doubts[0].err()
	case by[RoleICCID] == 0 && by[RoleICCIDChecked] == 0 && by[RolePair] == 0:
		return broken("no column of the list holds ICCIDs; nothing was compared: choose the column that does, or export the list with it")
	case by[RolePair] > 0 && by[RoleICCID] > 0:
		return broken("the mapping has a column of ICCIDs and one of ICCIDs with IMEIs; choose one")
	}
	return nil
}

// rolePositions are the columns of a table by role, from 0; -1 for a role that no
// column has.
type rolePositions map[ColumnRole]int

func (p rolePositions) at(r ColumnRole) int {
	if i, ok := p[r]; ok {
		return i
	}
	return -1
}

// place finds the columns of a mapping in a header.
func (m Mapping) place(header []string) (rolePositions, error) {
	p := rolePositions{}
	for _, c := range m.Columns {
		i := c.At - 1
		if !m.Headless && c.Name != "" {
			var err error
			if i, err = c.find(header); err != nil {
				return nil, err
			}
		}
		if i < 0 {
			return nil, broken("the mapping takes a column for %s and names none; give its name or its place", c.Role)
		}
		p[c.Role] = i
	}
	return p, nil
}

// find is the place of a column in a header, from 0: by its name, and of several
// with that name by its place.
func (c Column) find(header []string) (int, error) {
	first, count := -1, 0
	for i, name := range header {
		if fold(name) != fold(c.Name) {
			continue
		}
		if i == c.At-1 {
			return i, nil
		}
		if count++; first < 0 {
			first = i
		}
	}
	switch {
	case first < 0:
		return 0, broken("the list has no column %q, which the mapping takes for %s; choose another column or another mapping", c.shown(), c.Role)
	case count > 1:
		return 0, broken("the list has %d columns %q, one of which the mapping takes for %s; say in the mapping at which place it is (at)", count, c.shown(), c.Role)
	}
	return first, nil
}

// mappingOf is that of a known shape; false where the header lacks its ICCID.
func mappingOf(s *Shape, header []string) (Mapping, bool) {
	m := Mapping{Shape: s.Name}
	for _, role := range Roles() {
		for _, name := range s.Columns[role] {
			at := slices.IndexFunc(header, func(h string) bool { return fold(h) == fold(name) })
			if at >= 0 && !slices.ContainsFunc(m.Columns, func(c Column) bool { return c.At == at+1 }) {
				m.Columns = append(m.Columns, Column{role, header[at], at + 1})
				break
			}
		}
	}
	return m, m.Check() == nil
}

// known is the shape that a header is of, the one of which most names tell.
func known(header []string) *Shape {
	at := map[string]int{}
	for i, h := range header {
		at[fold(h)] = i
	}
	var best *Shape
	most := 0
	for _, s := range Shapes() {
		if n := s.matchHeader(at); n > most {
			if _, ok := mappingOf(&s, header); ok {
				best, most = &s, n
			}
		}
	}
	return best
}

// texts are the cells of a row as texts, at least n of them.
func texts(cells []table.Cell, n int) []string {
	var all []string
	for _, c := range cells {
		all = append(all, strings.TrimFunc(c.Text, blank))
	}
	for len(all) < n {
		all = append(all, "")
	}
	return all
}
