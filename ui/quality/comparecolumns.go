// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"slices"
	"strings"

	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/ui/widget"
)

// columnOf is which column has a role.
func (c *compareItem) columnOf(q *Model, r reconcile.ColumnRole) string {
	for _, col := range c.list.Mapping.Columns {
		if col.Role == r {
			return c.columnName(q, col.Name, col.At)
		}
	}
	for _, d := range c.list.Mapping.Doubts {
		if d.Role == r {
			return q.say("compare.doubt", c.columnNames(q, d.Columns))
		}
	}
	return q.say("compare.nocolumn")
}

func (c *compareItem) columnNames(q *Model, list []reconcile.Column) string {
	var names []string
	for _, col := range list {
		names = append(names, c.columnName(q, col.Name, col.At))
	}
	return strings.Join(names, " · ")
}

// columnName is what a column is called; of those that are called alike, with its
// place.
func (c *compareItem) columnName(q *Model, name string, at int) string {
	called := columnName(q, name, at)
	if i := slices.Index(c.list.Header, name); i >= 0 && name != "" && slices.Contains(c.list.Header[i+1:], name) {
		called += " (" + columnName(q, "", at) + ")"
	}
	return called
}

func columnName(q *Model, name string, at int) string {
	if name == "" {
		return q.say("compare.column", n(at))
	}
	return name
}

// headed is what a column is called, with what it was taken for.
func (c *compareItem) headed(q *Model, at int) string {
	name := ""
	if at < len(c.list.Header) {
		name = c.list.Header[at]
	}
	for _, col := range c.list.Mapping.Columns {
		named := col.Name != "" && col.Name == name
		if col.At == at+1 || named && (col.At < 1 || col.At > len(c.list.Header) || c.list.Header[col.At-1] != name) {
			return q.say("role-of-column."+string(col.Role)) + " · " + c.columnName(q, name, at+1)
		}
	}
	return c.columnName(q, name, at+1)
}

// askColumn asks which column has a role.
func (c *compareItem) askColumn(q *Model, role reconcile.ColumnRole) {
	rows := []widget.ListRow{{Text: q.say("compare.nocolumn")}}
	wide := len(c.list.Header)
	for _, r := range c.list.First {
		wide = max(wide, len(r))
	}
	for at := range wide {
		name, sample := "", ""
		if at < len(c.list.Header) {
			name = c.list.Header[at]
		}
		if len(c.list.First) > 0 && at < len(c.list.First[0]) {
			sample = identity.MaskIn(c.list.First[0][at])
		}
		rows = append(rows, widget.ListRow{Text: c.columnName(q, name, at+1), Under: sample})
	}
	e := q.begin("form.column", q.say("role-of-column."+string(role)))
	e.askChoice("column", rows, func(i int) {
		col := reconcile.Column{Role: role, At: i}
		if i > 0 && i <= len(c.list.Header) {
			col.Name = c.list.Header[i-1]
		}
		if i == 0 {
			col = reconcile.Column{}
		}
		c.list.Mapping = c.list.Mapping.With(role, col)
		q.openList(c)
	})
}
