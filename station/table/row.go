// SPDX-License-Identifier: Apache-2.0

package table

import "fmt"

// CellKind is what a cell was written as.
type CellKind int

// The kinds of cells. In CSV every cell is Text.
const (
	Text   CellKind = iota
	Number          // digits as the spreadsheet shows them; with a point where it is not whole
	Date            // 2006-01-02, with the time of day behind it where the cell has one
	Bool            // TRUE or FALSE
)

// Cell is one cell of a row; an empty one has no text.
type Cell struct {
	Text string
	Kind CellKind
}

// Row is one row that holds something.
type Row struct {
	Number int          // as a spreadsheet numbers it, from 1; in JSON the place in the list
	Line   int          // of the text on which it begins, from 1; where a file has no lines, Number
	Cells  []Cell       // good until the next row is read
	Errors []*ReadError // what is wrong with its cells; those are empty, unless the table is read as it stands
}

// fault notes what is wrong with the cell at a column, from 1; 0 means the
// whole row.
func (r *Row) fault(at int, format string, args ...any) {
	r.Errors = append(r.Errors, &ReadError{Row: r.Number, At: at, Column: Letters(at), Message: fmt.Sprintf(format, args...)})
}

// Letters is the name that a spreadsheet gives to a column, from 1: A, Z, AA;
// "" for 0.
func Letters(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}
