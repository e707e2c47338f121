// SPDX-License-Identifier: Apache-2.0

// Package table reads the tables that people hand over: CSV as spreadsheets
// and other programs write it, and XLSX. It knows nothing of what they are
// about. A table is read row by row in memory that does not grow with it (of a
// workbook the shared texts are kept), and nothing in it is repaired: what
// cannot be read for certain is named with its row and column.
//
// XLSX is taken apart here, with the standard library, and not by excelize,
// which writes workbooks for this program: its stream of rows gives texts
// without their kind, so that a formula's cached value, a date and a number
// that lost digits look like what somebody typed, and it ends without an error
// where the XML is broken. The tests read what excelize writes.
package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

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
	Number int      // as a spreadsheet numbers it, from 1; in JSON the place in the list
	Line   int      // of the text on which it begins, from 1; where a file has no lines, Number
	Cells  []Cell   // good until the next row is read
	Errors []*Error // what is wrong with its cells; those are empty, unless the table is read as it stands
}

// fault notes what is wrong with the cell at a column, from 1; 0 means the
// whole row.
func (r *Row) fault(at int, format string, args ...any) {
	r.Errors = append(r.Errors, &Error{Row: r.Number, At: at, Column: Letters(at), Message: fmt.Sprintf(format, args...)})
}

// Error says what is wrong with a table and where. The message is one plain
// sentence that goes on after the place, and repeats nothing of a cell.
type Error struct {
	Row     int    // as a spreadsheet numbers it, from 1; 0 for the whole file
	At      int    // column, from 1; 0 for the whole row
	Column  string // its name in the header, else its letters; "" for the whole row
	Message string
}

func (e *Error) Error() string {
	var where strings.Builder
	if e.Row > 0 {
		fmt.Fprintf(&where, "row %d", e.Row)
	}
	if e.Column != "" {
		fmt.Fprintf(&where, ", column %s", e.Column)
	}
	if where.Len() > 0 {
		where.WriteString(": ")
	}
	return where.String() + e.Message
}

// Sentence is the message by itself, where the place is shown beside it. One that
// says what a cell is or holds gets its subject.
func (e *Error) Sentence() string {
	if e.HasSubject() {
		return "It cannot be read: " + e.Message + "."
	}
	return "It cannot be read: it " + e.Message + "."
}

// HasSubject reports whether the message is a whole sentence, not only what its
// column is or holds.
func (e *Error) HasSubject() bool {
	first, _, _ := strings.Cut(e.Message, " ")
	return slices.Contains([]string{"a", "it", "the", "there"}, first)
}

// broken is an error about the whole file.
func broken(format string, args ...any) *Error { return &Error{Message: fmt.Sprintf(format, args...)} }

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

// Table is a table that is being read.
type Table struct {
	next  func() (Row, error)
	paths func() []string
	close func() error
	left  int // rows that it may still have
	limit int
}

// Open opens a table of so many bytes. The end of name says what it is: .xlsx,
// or .csv, .tsv and .txt for text; a tolerant one asks the content. Its errors
// are *Error or those of r.
func Open(name string, r io.ReaderAt, size int64, o Options) (*Table, error) {
	t := &Table{left: o.Rows, limit: o.Rows, paths: func() []string { return nil }, close: func() error { return nil }}
	ext := strings.ToLower(path.Ext(name))
	if o.Tolerant {
		var err error
		if ext, err = endingOf(r, size); err != nil {
			return nil, err
		}
	}
	switch {
	case ext == ".json":
		j, err := openJSON(r, size, o.Limits)
		if err != nil {
			return nil, err
		}
		t.next, t.paths = j.next, func() []string { return j.paths }
	case ext == ".xlsx":
		s, err := openSheet(r, size, o)
		if err != nil {
			return nil, err
		}
		t.next, t.close = s.next, s.part.close
	case slices.Contains([]string{".csv", ".tsv", ".txt"}, ext):
		c, err := openCSV(io.NewSectionReader(r, 0, size), o)
		if err != nil {
			return nil, err
		}
		t.next = c.next
	default:
		return nil, broken("%s is not a kind of table that is read here: save it as .xlsx or .csv", kindOf(ext))
	}
	return t, nil
}

// endingOf is the ending that a file has by its content.
func endingOf(r io.ReaderAt, size int64) (string, error) {
	head := make([]byte, min(size, 512))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	head = head[:n]
	text := head // whatever it is encoded in
	for len(text) > 0 && bytes.IndexByte([]byte("\xef\xbb\xbf\xff\xfe\x00 \t\r\n"), text[0]) >= 0 {
		text = text[1:]
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return ".xlsx", nil
	case bytes.HasPrefix(text, []byte("{")), bytes.HasPrefix(text, []byte("[")):
		return ".json", nil
	}
	return ".csv", nil
}

// Paths names the columns of JSON, in the order in which they came up: the
// keys on the way to a value, with points between. Other tables have none.
func (t *Table) Paths() []string { return t.paths() }

func kindOf(ext string) string {
	switch ext {
	case "":
		return "a name without an ending"
	case ".xls", ".xlsb", ".xlsm":
		return "a workbook in another format of Excel (" + ext + ")"
	case ".ods":
		return "a workbook of LibreOffice (.ods)"
	}
	return "this ending of the name"
}

// Close lets go of what the table holds.
func (t *Table) Close() error { return t.close() }

// Next reads the next row that holds something; [io.EOF] after the last. Any
// other error is an *Error or one of the reader, and the end of the table.
func (t *Table) Next() (Row, error) {
	for {
		r, err := t.next()
		if err != nil {
			return Row{}, err
		}
		for len(r.Cells) > 0 && r.Cells[len(r.Cells)-1].Text == "" {
			r.Cells = r.Cells[:len(r.Cells)-1]
		}
		if len(r.Cells) == 0 && len(r.Errors) == 0 {
			continue
		}
		if t.left--; t.left < 0 {
			return Row{}, &Error{Row: r.Number, Message: fmt.Sprintf("the table has more than %d rows, which is the most that is read here", t.limit)}
		}
		return r, nil
	}
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
