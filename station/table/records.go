// SPDX-License-Identifier: Apache-2.0

package table

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// HeadedTable is a table whose first row names the columns.
type HeadedTable struct {
	Header Row      // the first row that holds something
	Names  []string // of its columns, small letters without blanks around; "" for a column without one
	table  *Table
	read   int
}

// Record is one row under the header.
type Record struct {
	Row    int
	Cells  []Cell       // by column, as many as there are names; good until the next record is read
	Errors []*ReadError // what is wrong with the row, by column name
}

// ReadHeader reads the header of a table. A table without one is refused with an
// *ReadError; what is wrong with single names stands in Header.Errors, and the
// table may be read on.
func ReadHeader(t *Table) (*HeadedTable, error) {
	head, err := t.Next()
	if errors.Is(err, io.EOF) {
		return nil, &ReadError{Row: 1, Message: "there is no header: the table is empty"}
	} else if err != nil {
		return nil, err
	}
	n := &HeadedTable{Header: head, table: t}
	first := map[string]int{}
	for i, c := range head.Cells {
		name := strings.ToLower(strings.TrimSpace(c.Text))
		n.Names = append(n.Names, name)
		switch was := first[name]; {
		case name == "":
		case was > 0:
			n.Header.Errors = append(n.Header.Errors, &ReadError{
				Row: head.Number, At: i + 1, Column: name,
				Message: fmt.Sprintf("appears twice in the header, in %s and %s", Letters(was), Letters(i+1)),
			})
		default:
			first[name] = i + 1
		}
	}
	return n, nil
}

// Next reads the next record; [io.EOF] after the last. A table with a header
// and nothing under it is refused with an *ReadError. See [Table.Next].
func (n *HeadedTable) Next() (Record, error) {
	row, err := n.table.Next()
	if errors.Is(err, io.EOF) && n.read == 0 {
		return Record{}, &ReadError{Row: n.Header.Number, Message: "there is a header and no row under it"}
	} else if err != nil {
		return Record{}, n.nameColumn(err)
	}
	n.read++
	r := Record{Row: row.Number, Cells: row.Cells, Errors: row.Errors}
	for _, e := range r.Errors {
		_ = n.nameColumn(e)
	}
	for i, c := range r.Cells {
		if c.Text != "" && n.name(i+1) == "" {
			r.Errors = append(r.Errors, &ReadError{Row: row.Number, At: i + 1, Column: Letters(i + 1), Message: "holds something and has no name in the header"})
		}
	}
	for len(r.Cells) < len(n.Names) {
		r.Cells = append(r.Cells, Cell{})
	}
	r.Cells = r.Cells[:len(n.Names)]
	return r, nil
}

// nameColumn puts the name of its column into an *ReadError.
func (n *HeadedTable) nameColumn(err error) error {
	var e *ReadError
	if errors.As(err, &e) {
		if name := n.name(e.At); name != "" {
			e.Column = name
		}
	}
	return err
}

// name is that of a column, from 1.
func (n *HeadedTable) name(at int) string {
	if at < 1 || at > len(n.Names) {
		return ""
	}
	return n.Names[at-1]
}
