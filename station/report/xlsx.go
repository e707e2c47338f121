// SPDX-License-Identifier: Apache-2.0

package report

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"bindery/station"
	"bindery/station/safefile"
)

// mostRows is how many rows a sheet has at most (ECMA-376, as Excel has it).
var mostRows = excelize.TotalRows // a variable for tests alone

// mostUnits is how many UTF-16 units a cell has at most.
const mostUnits = excelize.TotalCellChars

// writeXLSX makes the table a workbook of one sheet, or several where it has more
// rows than a sheet: each is a volume, as of a PDF.
func (p *exporter) writeXLSX(ctx context.Context, out *outputFiles) error {
	// What does not stay in memory has identities in it: it goes beside the file.
	folder, err := safefile.CreateFolder(out.path)
	if err != nil {
		return err
	}
	defer folder.Discard()
	t := &xlsxTable{ctx: ctx, out: out, folder: folder.Path(""), name: string(p.Subject.Kind), program: p.exported.Program, at: p.exported.At.UTC().Format("2006-01-02T15:04:05Z")}
	defer t.close()
	return p.writeTable(ctx, t)
}

// xlsxTable is a table as workbooks. Every cell is a text and has the format of
// one: no program rounds an IMEI, makes a date of a serial or runs a name, also
// after somebody has edited the cell.
type xlsxTable struct {
	ctx               context.Context
	out               *outputFiles
	folder            string
	name, program, at string
	columns           []string

	file *excelize.File
	w    *excelize.StreamWriter
	text int // textStyle of a cell
	rows int // written to the sheet
	row  []any
}

func (t *xlsxTable) begin(columns ...string) error {
	t.columns, t.row = columns, make([]any, len(columns))
	return t.beginSheet()
}

// beginSheet starts a workbook: its head stays in sight.
func (t *xlsxTable) beginSheet() (err error) {
	t.file = excelize.NewFile(excelize.Options{TmpDir: t.folder})
	if err := t.file.SetDocProps(&excelize.DocProperties{Creator: t.program, Created: t.at, Modified: t.at}); err != nil {
		return err
	}
	if err := t.file.SetSheetName("Sheet1", t.name); err != nil {
		return err
	}
	const textFormat = 49 // "@" (ECMA-376, 18.8.30)
	bold, err := t.file.NewStyle(&excelize.Style{NumFmt: textFormat, Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	if t.text, err = t.file.NewStyle(&excelize.Style{NumFmt: textFormat}); err != nil {
		return err
	}
	if t.w, err = t.file.NewStreamWriter(t.name); err != nil {
		return err
	}
	if err := t.w.SetColWidth(1, len(t.columns), 20); err != nil {
		return err
	}
	if err := t.w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	t.rows = 0
	return t.putRow(bold, t.columns)
}

func (t *xlsxTable) add(values ...string) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	if t.rows == mostRows {
		if err := t.end(); err != nil {
			return err
		}
		if err := t.beginSheet(); err != nil {
			return err
		}
	}
	return t.putRow(t.text, values)
}

func (t *xlsxTable) putRow(style int, values []string) error {
	for i, v := range values {
		if t.row[i] = nil; v != "" {
			t.row[i] = excelize.Cell{StyleID: style, Value: cellText(v)}
		}
	}
	t.rows++
	return t.w.SetRow(fmt.Sprintf("A%d", t.rows), t.row)
}

// end writes the workbook under way.
func (t *xlsxTable) end() error {
	if err := t.w.Flush(); err != nil {
		return err
	}
	err := t.out.writeVolume(t.ctx, func(w io.Writer) error {
		// Left to itself the library would hold the whole file in memory.
		t.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
		_, err := t.file.WriteTo(io.Discard)
		return err
	})
	t.close()
	return err
}

// close lets the workbook go, with what of it is on disk.
func (t *xlsxTable) close() {
	if t.file != nil {
		t.file.Close() //nolint:errcheck // its folder is removed
		t.file = nil
	}
}

// cellText is a text as a cell can hold it: what XML cannot hold and what nobody
// sees is written out, as in CSV; a text that is too long for any cell says so,
// and how long it is.
func cellText(s string) string {
	s = station.Visible(s, "\r\n\t")
	if len(s) <= mostUnits { // each unit is a byte or more
		return s
	}
	units := utf16.Encode([]rune(s))
	if len(units) <= mostUnits {
		return s
	}
	end := fmt.Sprintf(" … CUT: %d characters, whole in CSV and JSON Lines", len([]rune(s)))
	return strings.ToValidUTF8(string(utf16.Decode(units[:mostUnits-len(end)])), "") + end
}
