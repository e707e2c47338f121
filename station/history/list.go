// SPDX-License-Identifier: Apache-2.0

package history

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/table"
)

// limits bound a list: a plant's units of decades.
var limits = table.Limits{Rows: 20_000_000, Columns: 200, Cell: 2000, Unpacked: 16 << 30}

// FieldColumns says by field which column it is in, by the name that the header has;
// "" is none. Fields that it does not name are in the column of their own name.
type FieldColumns map[string]string

// List is one file of another system.
type List struct {
	Kind    station.HistoryKind
	Source  string // the system
	Name    string // of the file, without the folder; its end says what it is (.csv, .xlsx…)
	File    io.ReaderAt
	Size    int64
	Sheet   string // of a workbook; "" takes the only visible one
	Mapping FieldColumns
}

// fields are those that the list may have.
func (l List) fields() []string {
	if l.Kind == station.GivenUpList {
		return station.GivenUpFields
	}
	return station.UnitFields
}

// ListError is what is wrong with a list: of many rows the first ones.
type ListError struct {
	Name string // of the list
	Rows []record.RowError
	More int // how many there are besides
}

func (e *ListError) Error() string {
	return fmt.Sprintf("%s: row %d: %s", e.Name, e.Rows[0].Row, e.Rows[0].Message)
}

// mostErrors is how many are listed; more help nobody.
const mostErrors = 100

func (e *ListError) add(row int, column, message string) {
	if len(e.Rows) == mostErrors {
		e.More++
		return
	}
	e.Rows = append(e.Rows, record.RowError{Row: row, Column: station.Shown(column), Message: message})
}

// of gives the error where there is one.
func (e *ListError) of() error {
	if len(e.Rows) == 0 {
		return nil
	}
	return e
}

// asRow is what is wrong with a table as an error of the list; any other error
// as it is.
func (e *ListError) asRow(err error) error {
	var wrong *table.ReadError
	if !errors.As(err, &wrong) {
		return err
	}
	e.add(wrong.Row, wrong.Column, wrong.Sentence())
	return e.of()
}

// listRow is one row of a list, by field.
type listRow struct {
	row    int
	fields map[string]string
	wrong  []*table.ReadError
}

func (r listRow) field(name string) string { return r.fields[name] }

// cellForms are the kinds of cells of a table as the rule asks for them.
var cellForms = map[table.CellKind]station.CellForm{
	table.Text: station.CellText, table.Number: station.CellNumber, table.Date: station.CellDate, table.Bool: station.CellTruth,
}

// hash is the SHA-256 of the file, hex.
func (l List) hash() (string, error) {
	h := sha256.New()
	if _, err := io.Copy(h, io.NewSectionReader(l.File, 0, l.Size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// each calls do for every row, in order.
func (l List) each(do func(listRow) error) error {
	wrong := &ListError{Name: l.Name}
	t, err := table.Open(l.Name, l.File, l.Size, table.Options{Limits: limits, Sheet: l.Sheet})
	if err != nil {
		return wrong.asRow(err)
	}
	defer t.Close() //nolint:errcheck // it was only read
	named, err := table.ReadHeader(t)
	if err != nil {
		return wrong.asRow(err)
	}
	columns, err := l.columns(named)
	if err != nil {
		return err
	}
	for {
		r, err := named.Next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return wrong.asRow(err)
		}
		e := listRow{row: r.Row, fields: make(map[string]string, len(columns)), wrong: r.Errors}
		for i, c := range r.Cells {
			f := columns[i]
			if f == "" {
				continue
			}
			e.fields[f] = strings.TrimSpace(c.Text)
			if why := station.SpoiltCell(f, cellForms[c.Kind], e.fields[f]); why != "" {
				e.wrong = append(e.wrong, &table.ReadError{Row: r.Row, At: i + 1, Column: named.Names[i], Message: why})
			}
		}
		if err := do(e); err != nil {
			return err
		}
	}
}

// columns are the fields by column, "" for one that is none. Without a mapping
// every column must be a field, so that none is lost by its spelling.
func (l List) columns(n *table.HeadedTable) ([]string, error) {
	wrong := &ListError{Name: l.Name}
	for _, e := range n.Header.Errors {
		wrong.add(e.Row, e.Column, e.Sentence())
	}
	list, seen := make([]string, len(n.Names)), map[string]bool{}
	for i, name := range n.Names {
		if name == "" {
			continue
		}
		list[i] = l.fieldOf(name)
		switch {
		case identity.HasIdentity(name):
			wrong.add(n.Header.Number, name, "A number of a unit stands where the names of the columns are expected: put a row with their names above.")
		case list[i] == "" && len(l.Mapping) == 0:
			wrong.add(n.Header.Number, name, "No field has this name: say by a mapping which column is what.")
		case list[i] != "" && seen[list[i]]:
			wrong.add(n.Header.Number, name, "Two columns are the same field.")
		}
		seen[list[i]] = true
	}
	for field, column := range l.Mapping {
		if !slices.Contains(l.fields(), field) {
			wrong.add(0, field, "The mapping names a field that does not exist.")
		} else if column != "" && !seen[field] {
			wrong.add(n.Header.Number, column, "The mapping names a column that the file does not have.")
		}
	}
	if !seen["serial"] {
		wrong.add(n.Header.Number, "serial", "There is no column of serials.")
	}
	return list, wrong.of()
}

// fieldOf is the field that a column holds.
func (l List) fieldOf(name string) string {
	for field, column := range l.Mapping {
		if strings.EqualFold(strings.TrimSpace(column), name) {
			return field
		}
	}
	if _, mapped := l.Mapping[name]; mapped || !slices.Contains(l.fields(), name) {
		return ""
	}
	return name
}

// mapping is what the record keeps of it.
func (l List) mapping() (json.RawMessage, error) {
	if l.Mapping == nil {
		return json.RawMessage("{}"), nil
	}
	return json.Marshal(l.Mapping)
}
