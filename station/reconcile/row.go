// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"strings"

	"bindery/station/table"
)

// mappedRow is a row of the list as the mapping reads it.
type mappedRow struct {
	line   int
	data   bool // a row of data
	iccid  number
	twin   string // the same number in the column with the check digit
	imei   number
	state  string
	damage Damage // of the row; the record may still clear a suspect number
}

// rowReader takes rows apart.
type rowReader struct {
	p      rolePositions
	header []string
	pair   bool
	imei   bool // the list has a column for it
}

func newReader(p rolePositions, header []string) *rowReader {
	r := &rowReader{p: p, header: header}
	_, r.pair = p[RolePair]
	_, r.imei = p[RoleIMEI]
	r.imei = r.imei || r.pair
	return r
}

// cell is the one of a role, and whether the table found something wrong in it.
func (r *rowReader) cell(row *table.Row, role ColumnRole) (table.Cell, bool) {
	at := r.p.at(role)
	if at < 0 || at >= len(row.Cells) {
		return table.Cell{}, wrongAt(row, at)
	}
	return row.Cells[at], wrongAt(row, at)
}

func wrongAt(row *table.Row, at int) bool {
	for _, e := range row.Errors {
		if at >= 0 && e.At == at+1 || e.At == 0 {
			return true
		}
	}
	return false
}

// read takes a row apart and says of it what can be said without the record.
func (r *rowReader) read(row *table.Row) mappedRow {
	e := mappedRow{line: row.Line}
	r.numbers(row, &e)
	c, _ := r.cell(row, RoleStatus)
	e.state = c.Text
	e.data = r.isData(row, &e)
	switch {
	case !e.data:
	case e.damage != "":
	case e.iccid.damage != "":
		e.damage = e.iccid.damage
	case e.iccid.absent:
		e.damage = Gone
	case e.imei.damage != "":
		e.damage = e.imei.damage
	default:
		e.damage = r.others(row, &e)
	}
	return e
}

// numbers reads ICCID and IMEI.
func (r *rowReader) numbers(row *table.Row, e *mappedRow) {
	if r.pair {
		c, wrong := r.cell(row, RolePair)
		imei, iccid, ok := pairIn(strings.TrimFunc(c.Text, blank))
		if !ok {
			e.iccid = ofCell(c, wrong)
			if !e.iccid.absent && e.iccid.damage == "" {
				e.iccid.damage = Length
			}
			return
		}
		e.iccid = iccidOf(table.Cell{Text: iccid}, wrong)
		e.imei = imeiOf(table.Cell{Text: imei}, wrong)
		return
	}
	role := RoleICCID
	if r.p.at(RoleICCID) < 0 {
		role = RoleICCIDChecked
	}
	e.iccid = iccidOf(r.cell(row, role))
	if r.imei {
		e.imei = imeiOf(r.cell(row, RoleIMEI))
	} else {
		e.imei.absent = true
	}
	if role == RoleICCID && r.p.at(RoleICCIDChecked) >= 0 {
		e.damage = r.readSecondICCID(row, e)
	}
}

// readSecondICCID reads the second column of ICCIDs, which has to tell the same number.
func (r *rowReader) readSecondICCID(row *table.Row, e *mappedRow) Damage {
	n := iccidOf(r.cell(row, RoleICCIDChecked))
	switch {
	case n.absent && !e.iccid.absent, n.absent:
		return ""
	case n.damage != "":
		return n.damage
	case e.iccid.absent, e.iccid.damage == "" && !sameICCID(e.iccid.digits, n.digits):
		return Contrary
	}
	e.twin = n.digits
	return ""
}

// others looks at the cells beside for what belongs elsewhere: a row whose cells
// have slipped is not read by half.
func (r *rowReader) others(row *table.Row, e *mappedRow) Damage {
	if c, _ := r.cell(row, RoleIMSI); c.Text != "" {
		n := ofCell(c, false)
		switch {
		case n.damage != "":
			return n.damage
		case len(n.digits) > 15:
			return OtherKind
		case !e.imei.absent && len(n.digits) == 15 && n.digits[:bodyDigits] == e.imei.digits:
			return OtherKind
		}
	}
	if c, _ := r.cell(row, RoleEID); c.Text != "" {
		if n := ofCell(c, false); n.damage != "" {
			return n.damage
		} else if !n.absent && len(n.digits) < 20 {
			return OtherKind
		}
	}
	if len(e.state) < 8 || !strings.ContainsAny(e.state, "0123456789") {
		return ""
	}
	if longDigits.MatchString(e.state) || dateForm.MatchString(e.state) {
		return OtherKind
	}
	return ""
}

// isData reports whether a row is one of data: titles, totals and the header
// once more are none. A row is, if it has an ICCID or what may have been one, or
// any number as long as an identity.
func (r *rowReader) isData(row *table.Row, e *mappedRow) bool {
	if !e.iccid.absent && e.iccid.damage == "" {
		return true
	}
	if r.again(row) {
		return false
	}
	if e.iccid.wasNumber() {
		return true
	}
	for _, c := range row.Cells {
		if n := ofCell(c, false); n.damage == "" && len(n.digits) >= 13 && len(n.digits) <= 20 || n.damage == Exponent {
			return true
		}
	}
	return len(row.Errors) > 0 && wrongAt(row, r.p.at(RoleICCID))
}

// again reports whether a row is the header once more.
func (r *rowReader) again(row *table.Row) bool {
	if len(r.header) == 0 || len(row.Cells) == 0 {
		return false
	}
	same := 0
	for i, c := range row.Cells {
		if c.Text != "" && i < len(r.header) && strings.TrimSpace(c.Text) == r.header[i] {
			same++
		}
	}
	return same*2 > len(row.Cells)
}
