// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/station/table"
)

// importLimits bound what is imported at once: a definition is entered by hand.
var importLimits = table.Limits{Rows: 10_001, Columns: 100, Cell: 2000, Unpacked: 256 << 20}

// readFile takes a file apart. A TOML file holds one table array with the name
// of the entries ("product" in [[product]]); a table has a header. Where some
// of it cannot be read, bad says so, and the rows are those that could be. err
// is a file that is not read at all.
func readFile(i importFlags, kind importer) (rows []*importRow, bad []record.RowError, err error) {
	f, size, err := safefile.Open(i.file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	ext := strings.ToLower(filepath.Ext(i.file))
	// A sheet of a file that has none is a mistake about which file this is.
	if i.sheet != "" && ext != ".xlsx" {
		return nil, nil, wrongUse("only an XLSX file has sheets")
	}
	if ext == ".toml" {
		rows, err = readTOML(kind.entry, f)
	} else {
		rows, err = readTable(filepath.Base(i.file), f, size, i.sheet, kind.fields)
	}
	var wrong *table.ReadError
	var list rowErrors
	switch {
	case errors.As(err, &list):
		return rows, list, nil
	case errors.As(err, &wrong):
		return rows, []record.RowError{ofTable(wrong)}, nil
	}
	return rows, nil, err
}

// rowErrors are what keeps the rows of a file from being looked at in the
// record.
type rowErrors []record.RowError

// Error is the first of them, for who asks for one; an import tells all.
func (e rowErrors) Error() string { return e[0].Message }

// readTable reads a table with a header. What is wrong with a row stands in its
// faults; err is what is wrong with the header, or ended the table.
func readTable(name string, f io.ReaderAt, size int64, sheet string, known map[string]bool) (rows []*importRow, err error) {
	t, err := table.Open(name, f, size, table.Options{Limits: importLimits, Sheet: sheet})
	if err != nil {
		return nil, err
	}
	defer t.Close() //nolint:errcheck // it was only read
	named, err := table.ReadHeader(t)
	if err != nil {
		return nil, err
	}
	head := headerErrors(named, known)
	for {
		rec, err := named.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			var wrong *table.ReadError
			if errors.As(err, &wrong) && len(head) > 0 {
				return rows, append(head, ofTable(wrong))
			}
			return rows, err
		}
		rows = append(rows, rowOf(rec, named.Names))
	}
	// After the rows were read: what is wrong with them is told in the same go.
	if len(head) > 0 {
		return rows, head
	}
	return rows, nil
}

// headerErrors are the names of columns that stand twice or that nobody knows.
func headerErrors(n *table.HeadedTable, known map[string]bool) (list rowErrors) {
	for _, e := range n.Header.Errors {
		list = append(list, ofTable(e))
	}
	for _, name := range n.Names {
		if name != "" && !known[name] {
			name = station.Shown(name)
			list = append(list, record.RowError{Row: n.Header.Number, Column: name, Message: name + " is not a known field"})
		}
	}
	return list
}

// cellKinds are what the cells of a table are to a row.
var cellKinds = map[table.CellKind]fieldKind{table.Text: written, table.Number: digits, table.Date: day}

// rowOf takes each cell with its kind: 118204 of a number cell is text only where a
// field says that it takes one.
func rowOf(rec table.Record, names []string) *importRow {
	r := newRow(rec.Row)
	for _, e := range rec.Errors {
		r.faults = append(r.faults, ofTable(e))
	}
	for i, c := range rec.Cells {
		text := strings.Trim(c.Text, " ")
		if text == "" || names[i] == "" {
			continue
		}
		kind, ok := cellKinds[c.Kind]
		if !ok {
			kind, text = other, "a truth value (TRUE or FALSE)"
		}
		r.fields[names[i]] = fieldValue{text: text, kind: kind}
	}
	return r
}

// readTOML reads the list of one kind of entry, strictly: a key that is not known
// is a fault, for it may be one that was misspelt. One that names no entry is
// refused as a whole, before each of its values is called unknown.
func readTOML(entry string, f io.Reader) ([]*importRow, error) {
	text, err := table.All(f, safefile.MostOfText)
	var wrong *table.ReadError
	if errors.As(err, &wrong) && wrong.Row > 0 {
		return nil, broken(0, "line %d %s", wrong.Row, wrong.Message)
	} else if err != nil {
		return nil, err
	}
	var file map[string]any
	if err := toml.Unmarshal([]byte(text), &file); err != nil {
		// The place of a mistake is told where the library knows it: a file of a
		// thousand lines is not searched by eye.
		line := 0
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ = at.Position()
		}
		return nil, broken(0, "line %d: %v", line, err)
	}
	for _, key := range slices.Sorted(maps.Keys(file)) {
		if key != entry {
			return nil, broken(0, "%s is not known here: the entries are called [[%s]]", station.Shown(key), entry)
		}
	}
	tables, ok := file[entry].([]any)
	if !ok || len(tables) == 0 {
		return nil, broken(0, "there is no [[%s]] in the file", entry)
	}
	if most := importLimits.Rows - 1; len(tables) > most { // no header
		return nil, broken(0, "the file has more than %d entries, which is the most that is read here", most)
	}
	var rows []*importRow
	for i, t := range tables {
		fields, ok := t.(map[string]any)
		if !ok {
			return nil, broken(i+1, "this is not a [[%s]] table", entry)
		}
		r := newRow(i + 1)
		for key, v := range fields {
			r.fields[key] = fieldOf(v)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// broken is what keeps a whole file from being read.
func broken(row int, format string, args ...any) error {
	return rowErrors{{Row: row, Message: fmt.Sprintf(format, args...)}}
}

// fieldOf is a TOML value as a field. It is never turned into another kind: the
// number 1e3 is not the text 1000.
func fieldOf(v any) fieldValue {
	switch v := v.(type) {
	case string:
		return fieldValue{text: strings.Trim(v, " ")}
	case int64:
		return fieldValue{text: fmt.Sprint(v), kind: integer}
	case toml.LocalDate:
		return fieldValue{text: v.String(), kind: day}
	case []any:
		f := fieldValue{kind: several}
		for _, p := range v {
			s, ok := p.(string)
			if !ok {
				return fieldValue{text: "a list that does not hold only texts", kind: other}
			}
			f.list = append(f.list, s)
		}
		return f
	case float64:
		return fieldValue{text: "a decimal number", kind: other}
	case bool:
		return fieldValue{text: "true or false", kind: other}
	case map[string]any:
		return fieldValue{text: "a table", kind: other}
	}
	return fieldValue{text: "a time", kind: other}
}
