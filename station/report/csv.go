// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/csv"
	"io"
)

// csvTable is a table as a CSV file (RFC 4180): UTF-8 with a byte order mark,
// without which Excel takes it for another encoding, and CRLF.
type csvTable struct {
	out    io.Writer
	w      *csv.Writer
	values []string // of the last row
	row    []string // its cells
}

const byteOrderMark = "\ufeff"

func newCSV(w io.Writer) *csvTable {
	t := &csvTable{out: w, w: csv.NewWriter(w)}
	t.w.UseCRLF = true
	return t
}

func (t *csvTable) begin(columns ...string) error {
	t.values, t.row = make([]string, len(columns)), make([]string, len(columns))
	if _, err := io.WriteString(t.out, byteOrderMark); err != nil {
		return err
	}
	return t.w.Write(columns)
}

// add writes a row. Most values are those of the row before.
func (t *csvTable) add(values ...string) error {
	for i, v := range values {
		if v != t.values[i] {
			t.values[i], t.row[i] = v, cell(v)
		}
	}
	return t.w.Write(t.row)
}

func (t *csvTable) end() error {
	t.w.Flush()
	return t.w.Error()
}
