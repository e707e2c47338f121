// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"regexp"
	"slices"
	"strings"

	"bindery/station/identity"
	"bindery/station/table"
)

// columnProfile counts what the cells of a column look like.
type columnProfile struct {
	filled                         int
	iccid, imei15, imei, imsi, eid int
	msisdn, state, date, pair      int
	words                          map[string]bool
	repeats                        int // cells whose text was seen before
	long                           int // long numbers, of whatever kind
	issued                         int // that begin as IMEIs do
	spoilt                         int // numbers that a spreadsheet shortened, or somebody masked
}

var dateForm = regexp.MustCompile(`^[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}([T ].*)?$`)

// look counts one cell.
func (c *columnProfile) countCell(cell table.Cell) {
	n := ofCell(cell, false)
	if n.absent {
		return
	}
	c.filled++
	text := strings.TrimFunc(cell.Text, blank)
	if c.words[text] {
		c.repeats++
	}
	c.words[text] = true
	if known, _ := general.connects(text); known {
		c.state++
	}
	if dateForm.MatchString(text) {
		c.date++
	}
	if _, _, ok := pairIn(text); ok {
		c.pair++
	}
	if id := iccidOf(cell, false); id.damage == "" && !id.absent && id.digits[:2] == "89" {
		c.iccid++
	}
	if len(n.digits) >= 13 {
		c.long++
	}
	if n.damage == "" {
		c.count(n.digits)
	} else if n.damage == Exponent || n.damage == Masked || n.damage == Rounded {
		c.spoilt++
	}
}

// issuingBodies are those that have given TACs, by their first two digits (GSMA
// TS.06), and 00 and 02 of tests. Numbers of accounts and times begin otherwise.
var issuingBodies = strings.Fields("00 01 02 10 30 33 35 44 45 49 50 51 52 53 54 86 91 98 99")

// count looks at a number by its length and check digit.
func (c *columnProfile) count(digits string) {
	if len(digits) >= 14 && len(digits) <= 17 && slices.Contains(issuingBodies, digits[:2]) {
		c.issued++
	}
	switch n := len(digits); {
	case n == 32 && strings.HasPrefix(digits, "89"):
		c.eid++
	case n == 15 && (digits[14] == identity.LuhnDigit(digits[:14]) || digits[14] == '0'):
		c.imei15++
		c.imsi++
	case n == 15:
		c.imsi++
	case n == 14, n == 16, n == 17:
		c.imei++
	case n >= 8 && n <= 13:
		c.msisdn++
	}
}

// fits is the part of a column's cells that are what the role asks for, 0 to 1.
// Fifteen digits are IMEIs where most end in their check digit, of which other
// numbers do one in ten.
func (c *columnProfile) fits(role ColumnRole) float64 {
	if c.filled == 0 {
		return 0
	}
	count := 0
	switch role {
	case RoleICCID:
		count = c.iccid
	case RoleIMEI:
		if count = c.imei; c.imei15*2 > c.imsi {
			count += c.imsi
		}
	case RoleIMSI:
		if c.imei15*2 <= c.imsi {
			count = c.imsi
		}
	case RoleEID:
		count = c.eid
	case RoleMSISDN:
		count = c.msisdn
	case RoleStatus:
		count = c.state
	case RoleDate:
		count = c.date
	case RolePair:
		count = c.pair
	case RoleICCIDChecked:
	}
	return float64(count) / float64(c.filled)
}

// survey counts the cells of each column.
func survey(header []string, rows [][]table.Cell) []columnProfile {
	cols := make([]columnProfile, len(header))
	for _, row := range rows {
		for i, cell := range row {
			if i == len(cols) {
				cols = append(cols, columnProfile{})
			}
			if cols[i].words == nil {
				cols[i].words = map[string]bool{}
			}
			cols[i].countCell(cell)
		}
	}
	return cols
}

// pairIn takes apart a cell that holds an IMEI and an ICCID.
func pairIn(text string) (imei, iccid string, ok bool) {
	words := strings.FieldsFunc(text, func(r rune) bool { return blank(r) || strings.ContainsRune(",;|/", r) })
	if len(words) != 2 {
		return "", "", false
	}
	if strings.HasPrefix(words[0], "89") && len(words[0]) > 16 {
		words[0], words[1] = words[1], words[0]
	}
	return words[0], words[1], len(words[0]) >= bodyDigits && len(words[0]) <= 16 && len(words[1]) >= 18 && len(words[1]) <= 21 && words[1][:2] == "89"
}
