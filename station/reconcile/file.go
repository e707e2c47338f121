// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"errors"
	"io"
	"slices"
	"strings"

	"bindery/station/table"
)

// ListFile is the list of a carrier that was opened: where its header is, and what
// its columns are.
type ListFile struct {
	Mapping Mapping  // as the shape or a guess has it; set it to what people chose
	Header  []string // names of the columns; of JSON their paths; nil for a table without a header
	Line    int      // of the header; 0 for none
	First   []table.Row

	name   string
	r      io.ReaderAt
	size   int64
	option table.Options
	body   int // number of the row before the first of data
	sample [][]table.Cell
}

// looked are the rows that are looked at to find header and columns, shown
// those that are kept in First.
const (
	looked = 400
	shown  = 12
)

// limits bound what a list may hold.
var limits = table.Limits{Rows: 1 << 31, Columns: 1000, Cell: 1 << 16, Unpacked: 1 << 36}

// Open looks at the beginning of a list. Its errors are *CompareError, *table.ReadError or
// those of r.
func Open(name string, r io.ReaderAt, size int64) (*ListFile, error) {
	f := &ListFile{name: name, r: r, size: size, option: table.Options{Limits: limits, Tolerant: true}}
	rows, paths, err := f.begin()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, broken("the list is empty; nothing was compared")
	}
	if paths != nil {
		f.Header = paths
	} else {
		f.find(rows)
	}
	data := slices.DeleteFunc(rows, func(r table.Row) bool { return r.Number <= f.body })
	f.First = data[:min(len(data), shown)]
	for _, r := range data {
		f.sample = append(f.sample, r.Cells)
	}
	f.Mapping = f.chosen()
	return f, nil
}

// begin reads the first rows. Of a workbook with several sheets it takes the
// one that has most ICCIDs in it.
func (f *ListFile) begin() ([]table.Row, []string, error) {
	rows, paths, err := f.head()
	if err == nil {
		return rows, paths, nil
	}
	names, other := table.Sheets(f.r, f.size, f.option)
	if other != nil || len(names) < 2 {
		return nil, nil, err
	}
	most, best := -1, ""
	for _, n := range names {
		f.option.Sheet = n
		some, _, err := f.head()
		if err != nil {
			continue
		}
		if count := identities(some); count > most {
			most, best, rows = count, n, some
		}
	}
	f.option.Sheet = best
	return rows, nil, nil
}

// head reads the first rows of the chosen sheet.
func (f *ListFile) head() ([]table.Row, []string, error) {
	t, err := f.open()
	if err != nil {
		return nil, nil, err
	}
	defer t.Close() //nolint:errcheck // it was only read
	var rows []table.Row
	for len(rows) < looked {
		r, err := t.Next()
		var wrong *table.ReadError
		if errors.Is(err, io.EOF) || len(rows) > 0 && errors.As(err, &wrong) {
			break // what is wrong further on, the comparison says
		} else if err != nil {
			return nil, nil, err
		}
		r.Cells = slices.Clone(r.Cells)
		rows = append(rows, r)
	}
	return rows, t.Paths(), nil
}

func (f *ListFile) open() (*table.Table, error) { return table.Open(f.name, f.r, f.size, f.option) }

// identities counts the cells that may be ICCIDs.
func identities(rows []table.Row) int {
	n := 0
	for _, r := range rows {
		for _, c := range r.Cells {
			if looksLikeICCID(c) {
				n++
			}
		}
	}
	return n
}

func looksLikeICCID(c table.Cell) bool {
	if _, _, pair := pairIn(strings.TrimSpace(c.Text)); pair {
		return true
	}
	n := iccidOf(c, false)
	return !n.absent && n.damage == "" && n.digits[:2] == "89"
}

// find tells the header: the row before the first ICCID whose words name most
// columns, else the last that has no number and about as many cells.
func (f *ListFile) find(rows []table.Row) {
	first := slices.IndexFunc(rows, func(r table.Row) bool { return slices.ContainsFunc(r.Cells, looksLikeICCID) })
	if first < 0 {
		first = len(rows)
	}
	best, at := 0, -1
	for i, r := range rows[:first] {
		if n := named(r); n > best {
			best, at = n, i
		}
	}
	for i := first - 1; at < 0 && first < len(rows) && i >= 0; i-- {
		if titled(rows[i], len(rows[first].Cells)) {
			at = i
		}
	}
	if at < 0 {
		return // all rows are read: which of them are data, each tells
	}
	f.Header = texts(rows[at].Cells, 0)
	f.Line, f.body = rows[at].Line, rows[at].Number
}

// named counts the cells of a row that are words of a header.
func named(r table.Row) int {
	n := 0
	for _, c := range r.Cells {
		if len(c.Text) > 60 {
			continue
		}
		most := 0
		for _, h := range hints {
			most = max(most, nameScore(c.Text, h.role))
		}
		n += most
	}
	if len(r.Cells) < 2 {
		return min(n, 1)
	}
	return n
}

// titled reports whether a row may be the header of one with so many cells.
func titled(r table.Row, cells int) bool {
	filled := 0
	for _, c := range r.Cells {
		if c.Text != "" {
			filled++
		}
		if ofCell(c, false).damage == "" && !ofCell(c, false).absent {
			return false
		}
	}
	return filled*2 > cells
}

// As takes the list for one of a known shape, whatever its header tells.
func (f *ListFile) As(shape string) error {
	s := shapeNamed(shape)
	if s == nil {
		var names []string
		for _, s := range Shapes() {
			names = append(names, s.Name)
		}
		return broken("there is no shape %q; those that are known are %s", shape, strings.Join(names, ", "))
	}
	m, ok := mappingOf(s, f.Header)
	switch {
	case ok:
		f.Mapping = contest(s, m, f.sampled())
	case f.Header == nil:
		f.Mapping.Shape = s.Name // its columns have no names; its states have
	default:
		return broken("the list has no column of ICCIDs as %s names it; choose another shape, or a mapping", shape)
	}
	return nil
}

func (f *ListFile) sampled() *sampledTable {
	return &sampledTable{header: f.Header, rows: f.sample, cols: survey(f.Header, f.sample), taken: map[int]bool{}}
}

// chosen is the mapping of the shape that the header tells, else one guessed
// from the columns.
func (f *ListFile) chosen() Mapping {
	if s := known(f.Header); s != nil {
		m, _ := mappingOf(s, f.Header) // it was found by it
		return contest(s, m, f.sampled())
	}
	m := guess(f.sampled())
	if upload := shapeNamed("thingspace-upload"); f.Header == nil && upload != nil && uploaded(m) {
		m.Shape = upload.Name
	}
	return m
}

// uploaded reports whether a table without a header is ordered as the upload
// list of Verizon: IMEI in the third column, ICCID in the fourth.
func uploaded(m Mapping) bool {
	at := map[ColumnRole]int{}
	for _, c := range m.Columns {
		at[c.Role] = c.At
	}
	return at[RoleIMEI] == 3 && at[RoleICCID] == 4
}
