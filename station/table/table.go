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
// are *ReadError or those of r.
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
// other error is an *ReadError or one of the reader, and the end of the table.
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
			return Row{}, &ReadError{Row: r.Number, Message: fmt.Sprintf("the table has more than %d rows, which is the most that is read here", t.limit)}
		}
		return r, nil
	}
}
