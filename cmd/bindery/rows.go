// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/table"
)

// importRow is one entry of an imported file, whatever its format. What is wrong with
// it gathers in faults.
type importRow struct {
	n      int // as a spreadsheet numbers it; TOML: the entry, from 1
	fields map[string]fieldValue
	taken  map[string]bool
	faults []record.RowError
}

// fieldValue is one value of a row, and what it was written as.
type fieldValue struct {
	text string
	list []string // when it is a listed one
	kind fieldKind
}

// fieldKind is what a field was in its file. What a spreadsheet made of a text must
// not pass for that text: it may have lost digits.
type fieldKind int

const (
	written fieldKind = iota // text
	digits                   // a number cell of a workbook, as it is shown
	integer                  // a number of a TOML file
	day                      // a date
	several                  // a list of texts
	other                    // what no field takes; text says what it is
)

// newRow has no fields yet; taken is what somebody has asked for.
func newRow(n int) *importRow {
	return &importRow{n: n, fields: map[string]fieldValue{}, taken: map[string]bool{}}
}

// fieldsOf are the fields that an entry asks a row for. So a column is declared in
// one place, where it is read: the list for the header cannot fall behind.
func fieldsOf[T any](one func(*importRow) T) map[string]bool {
	r := newRow(0)
	one(r)
	return r.taken
}

// fault notes what is wrong and goes on: all faults of a file are told at once.
func (r *importRow) fault(column, format string, args ...any) {
	r.faults = append(r.faults, record.RowError{Row: r.n, Column: column, Message: fmt.Sprintf(format, args...)})
}

// get takes a field that is one of some kinds; "" when it is not there, or is
// another, which is a fault.
func (r *importRow) get(key string, kinds ...fieldKind) string {
	r.taken[key] = true
	f, there := r.fields[key]
	switch {
	case !there || slices.Contains(kinds, f.kind):
		return f.text
	case f.kind == digits:
		r.fault(key, "%s is a number (%s); make it a text cell and enter it again", key, station.Shown(f.text))
	case f.kind == integer:
		r.fault(key, "%s is a number; write it in quotation marks", key)
	case f.kind == day:
		r.fault(key, "%s is a date (%s), perhaps made by a spreadsheet from something else; make it a text cell and enter it again", key, f.text)
	case f.kind == several:
		r.fault(key, "%s is a list and must be one text", key)
	default:
		r.fault(key, "%s must not be %s", key, f.text)
	}
	return ""
}

// wholeCell is a number cell that can be meant as a text of digits.
var wholeCell = regexp.MustCompile(`^[0-9]+$`)

// text takes a field that may be missing. A number cell is the digits that it
// shows.
func (r *importRow) text(key string) string {
	if f := r.fields[key]; f.kind == digits && wholeCell.MatchString(f.text) {
		return r.get(key, digits)
	}
	return r.get(key, written)
}

// must takes a field that may not be missing. Missing is not said of a field that
// is there and wrong: one mistake, one message.
func (r *importRow) must(key string) string {
	v := r.text(key)
	if v == "" && !slices.ContainsFunc(r.faults, func(f record.RowError) bool { return f.Column == key }) {
		r.fault(key, "%s is missing", key)
	}
	return v
}

// or takes a field that has a default.
func (r *importRow) or(key, absent string) string {
	if v := r.text(key); v != "" {
		return v
	}
	return absent
}

// day takes a date that may be missing.
func (r *importRow) day(key string) string { return r.get(key, written, day) }

// listSeparator stands between the entries of a list in a cell.
const listSeparator = ";"

// list takes a field with several entries.
func (r *importRow) list(key string) (out []string) {
	var list []string
	if f := r.fields[key]; f.kind == several {
		r.taken[key], list = true, f.list
	} else {
		list = strings.Split(r.text(key), listSeparator)
	}
	for _, p := range list {
		if p = strings.Trim(p, " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// wholeNumber has no sign, point or exponent; zeros may stand in front.
var wholeNumber = regexp.MustCompile(`^[0-9]{1,18}$`)

// number takes a whole number; a missing one is absent.
func (r *importRow) number(key string, absent int) int {
	v := r.get(key, written, digits, integer)
	if v == "" {
		return absent
	}
	n, err := strconv.Atoi(v)
	if err != nil || !wholeNumber.MatchString(v) {
		r.fault(key, "%s is not a whole number: %q", key, station.Shown(v))
	}
	return n
}

// end adds the fields that nobody knows to what is wrong with the row. Fields that
// nobody knows are mostly known ones that were misspelt: to pass over them would
// leave out what somebody has entered.
func (r *importRow) end() {
	for _, key := range slices.Sorted(maps.Keys(r.fields)) {
		if !r.taken[key] {
			r.fault(station.Shown(key), "%s is not a known field", station.Shown(key))
		}
	}
}

// ofTable is what is wrong with a table, with its column in the words of the
// message.
func ofTable(e *table.ReadError) record.RowError {
	out := record.RowError{Row: e.Row, Column: station.Shown(e.Column), Message: e.Message}
	switch {
	case e.Column == "":
	case e.HasSubject():
		out.Message = out.Column + ": " + e.Message
	default:
		out.Message = out.Column + " " + e.Message
	}
	return out
}
