// SPDX-License-Identifier: Apache-2.0

package table

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// sheetReader reads the rows of one sheet.
type sheetReader struct {
	book     *workbook
	part     *workbookPart
	row      int          // number of the last one
	hidden   [][2]int     // columns, from and to
	reported map[int]bool // hidden columns that were named
	cells    []Cell
}

// next reads one row. After the last it looks for merged cells, each of which
// is a row with an error.
func (s *sheetReader) next() (Row, error) {
	for {
		s.part.rest()
		t, err := s.part.token()
		if errors.Is(err, errLong) {
			return Row{}, damaged(s.part.name)
		} else if err != nil {
			return Row{}, err
		}
		e, _ := t.(xml.StartElement)
		switch e.Name.Local {
		case "row":
			return s.readRow(e)
		case "col":
			from, _ := strconv.Atoi(attr(e, "min")) // what is no number hides nothing
			to, _ := strconv.Atoi(attr(e, "max"))
			if isTrue(attr(e, "hidden")) {
				s.hidden = append(s.hidden, [2]int{from, to})
			}
		case "mergeCell":
			if s.book.loose {
				continue
			}
			ref := attr(e, "ref")
			from, _, _ := strings.Cut(ref, ":")
			col, row, _ := reference(from)
			r := Row{Number: row, Line: row}
			r.fault(col, "is one of the merged cells %.20q, so that it cannot be told which rows its value is for; take the merging off", ref)
			return r, nil
		}
	}
}

func (s *sheetReader) readRow(start xml.StartElement) (Row, error) {
	number := s.row + 1
	if r := attr(start, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < number {
			return Row{}, damaged(s.part.name)
		}
		number = n
	}
	s.row = number
	row := Row{Number: number, Line: number}
	s.cells = s.cells[:0]
	for {
		t, err := s.part.token()
		if errors.Is(err, errLong) {
			return Row{}, &ReadError{Row: number, Message: "the row is longer than any that is read here"}
		} else if err != nil {
			return Row{}, ended(err, s.part.name)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			if err := s.readCell(&row, t); err != nil {
				return Row{}, err
			}
		case xml.EndElement:
			if t.Name.Local != "row" {
				continue
			}
			row.Cells = s.cells
			if isTrue(attr(start, "hidden")) && !s.book.loose && s.holds() {
				row.fault(0, "the row is hidden, perhaps by a filter; show it or delete it")
			}
			return row, nil
		}
	}
}

func (s *sheetReader) holds() bool {
	for _, c := range s.cells {
		if c.Text != "" {
			return true
		}
	}
	return false
}

// ended is err, where the end of the file is one too.
func ended(err error, name string) error {
	if errors.Is(err, io.EOF) {
		return damaged(name)
	}
	return err
}

// raw is a cell as it stands in the XML.
type raw struct {
	kind    string // t
	style   int    // s
	value   strings.Builder
	text    richText // of an inline text
	formula bool
}

// readCell reads one cell and puts it into its place.
func (s *sheetReader) readCell(row *Row, start xml.StartElement) error {
	at := len(s.cells) + 1
	if r := attr(start, "r"); r != "" {
		col, n, ok := reference(r)
		if !ok || n != row.Number || col < at {
			return damaged(s.part.name)
		}
		at = col
	}
	if at > s.book.limit.Columns {
		if s.empty() { // a form without a value, as spreadsheets leave it
			return nil
		}
		return &ReadError{Row: row.Number, Message: tooMany(s.book.limit.Columns)}
	}
	c := raw{kind: attr(start, "t")}
	c.style, _ = strconv.Atoi(attr(start, "s")) // "" is the first
	if err := s.readValue(&c); errors.Is(err, errLong) {
		return &ReadError{Row: row.Number, At: at, Column: Letters(at), Message: "is longer than any cell that is read here"}
	} else if err != nil {
		return ended(err, s.part.name)
	}
	s.part.rest()
	cell, wrong := s.checkCell(at, &c)
	if wrong != "" {
		row.fault(at, "%s", wrong)
	}
	for len(s.cells) < at {
		s.cells = append(s.cells, Cell{})
	}
	s.cells[at-1] = cell
	return nil
}

// checkCell is the cell at a column, or what is wrong with it.
func (s *sheetReader) checkCell(at int, c *raw) (cell Cell, wrong string) {
	cell, wrong = s.cell(c)
	if n := utf8.RuneCountInString(cell.Text); wrong == "" && n > s.book.limit.Cell {
		wrong = tooLong(n, s.book.limit.Cell)
	}
	if wrong == "" {
		wrong = notText(cell.Text)
	}
	if wrong == "" && cell.Text != "" && !s.book.loose {
		wrong = s.unseen(at)
	}
	if wrong != "" && !s.book.loose {
		return Cell{}, wrong
	}
	return cell, wrong
}

// empty reads over the rest of a cell and reports whether it holds nothing.
func (s *sheetReader) empty() bool {
	t, err := s.part.token()
	e, ok := t.(xml.EndElement)
	return err == nil && ok && e.Name.Local == "c"
}

// unseen says so when a column is hidden, once for each.
func (s *sheetReader) unseen(at int) string {
	for _, h := range s.hidden {
		if at >= h[0] && at <= h[1] && !s.reported[at] {
			if s.reported == nil {
				s.reported = map[int]bool{}
			}
			s.reported[at] = true
			return "the column is hidden; show it or delete it"
		}
	}
	return ""
}

func (s *sheetReader) readValue(c *raw) error {
	in, value := s.part.depth, false // only what stands right within the cell is its value
	for {
		t, err := s.part.token()
		if err != nil {
			return err
		}
		c.text.take(t)
		switch t := t.(type) {
		case xml.StartElement:
			if s.part.depth == in+1 {
				value = t.Name.Local == "v"
				c.formula = c.formula || t.Name.Local == "f"
			}
		case xml.CharData:
			if value && s.part.depth == in+1 {
				c.value.Write(t)
			}
		case xml.EndElement:
			if s.part.depth < in {
				return nil
			}
		}
	}
}

var referenceForm = regexp.MustCompile(`^([A-Z]{1,3})([1-9][0-9]{0,6})$`)

// reference takes B5 apart.
func reference(s string) (col, row int, ok bool) {
	m := referenceForm.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	for _, c := range m[1] {
		col = col*26 + int(c-'A') + 1
	}
	row, _ = strconv.Atoi(m[2]) // the expression took seven digits at most
	return col, row, true
}

// openSheet finds the sheet that is to be read.
func openSheet(r io.ReaderAt, size int64, o Options) (*sheetReader, error) {
	w, err := openWorkbook(r, size, o)
	if err != nil {
		return nil, err
	}
	e, err := w.choose(o.Sheet)
	if err != nil {
		return nil, err
	}
	p, err := w.open(e.path)
	if err != nil {
		return nil, err
	}
	return &sheetReader{book: w, part: p}, nil
}

// cell is what a cell means, and what is wrong with it.
func (s *sheetReader) cell(c *raw) (cell Cell, wrong string) {
	value := c.value.String()
	switch {
	case c.formula && !s.book.loose:
		return Cell{}, "holds a formula, whose value may be an old one; copy the column and paste it as values"
	case c.kind == "e":
		return Cell{}, "holds an error of the spreadsheet, such as #N/A"
	case c.kind == "inlineStr":
		return Cell{Text: unescaped(string(c.text.text))}, ""
	case value == "":
		return Cell{}, ""
	}
	switch c.kind {
	case "s":
		i, err := strconv.Atoi(value)
		text, ok := s.book.shared.at(i)
		if err != nil || !ok {
			return Cell{}, "names a text that the workbook does not have"
		}
		return Cell{Text: text}, ""
	case "str":
		return Cell{Text: unescaped(value)}, ""
	case "b":
		return Cell{Text: strings.ToUpper(strconv.FormatBool(isTrue(value))), Kind: Bool}, ""
	case "d":
		return isoDate(value)
	case "", "n":
		st, ok := s.book.styleOf(c)
		if !ok {
			return Cell{}, "is shown in a way that the workbook does not tell"
		}
		return number(value, st, s.book.from04)
	}
	return Cell{}, "is of a kind that is not read here"
}

// styleOf is how the number of a cell is shown; a workbook without styles shows
// all as they are.
func (w *workbook) styleOf(c *raw) (st numberStyle, ok bool) {
	switch {
	case c.style == 0 && len(w.styles) == 0:
		return numberStyle{}, true
	case c.style < 0, c.style >= len(w.styles):
		return numberStyle{}, false
	}
	return w.styles[c.style], true
}
