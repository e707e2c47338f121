// SPDX-License-Identifier: Apache-2.0

package table

// Limits bound what a table may hold.
type Limits struct {
	Rows     int   // that hold something
	Columns  int   // of a row
	Cell     int   // characters of a cell
	Unpacked int64 // bytes of a workbook
}

// Options say how to read a table.
type Options struct {
	Limits
	Sheet string // of a workbook; "" takes the only visible one that holds something

	// Tolerant reads what another program made as it stands, to be compared and
	// not to be taken over: by its content and not by its name, JSON too; text
	// in UTF-16 without a mark or in Windows-1252; quotation marks within a
	// field, lines that end in CR, hidden and merged cells, what a formula came
	// to. A cell with an error keeps what is left of it.
	Tolerant bool
}
