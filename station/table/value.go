// SPDX-License-Identifier: Apache-2.0

package table

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"time"
)

func isoDate(value string) (Cell, string) {
	for _, form := range []string{time.DateOnly, "2006-01-02T15:04:05", "2006-01-02T15:04:05.000", time.RFC3339} {
		if t, err := time.Parse(form, value); err == nil {
			return dateCell(t), ""
		}
	}
	return Cell{}, notDate
}

const notDate = "is shown as a date or time, and is not a day from 1900-03-01 to 9999-12-31"

func dateCell(t time.Time) Cell {
	form := time.DateOnly
	if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
		form = time.DateTime
	}
	return Cell{Text: t.Format(form), Kind: Date}
}

var numberForm = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

// precise is how many digits of a number a spreadsheet keeps.
const precise = 15

// number is a number as its digits are shown. One that is too large for a
// spreadsheet to keep all its digits is wrong, as an identity that was typed
// into a cell for numbers is; the digits are those that are left.
func number(value string, st numberStyle, from04 bool) (Cell, string) {
	f, err := strconv.ParseFloat(value, 64)
	switch {
	case err != nil, !numberForm.MatchString(value):
		return Cell{}, "is not a number that can be read"
	case st.date:
		return dateOf(f, from04)
	case math.Abs(f) >= math.Pow10(precise):
		return Cell{Text: strconv.FormatFloat(f, 'f', 0, 64), Kind: Number}, fmt.Sprintf("is a number of more than %d digits (%.1E), of which a spreadsheet keeps only the first %d; make it a text cell and enter it again", precise, f, precise)
	case st.other:
		return Cell{Text: strconv.FormatFloat(f, 'f', -1, 64), Kind: Number}, "is a number that is shown as something else than its digits; make it a text cell and enter what is to be read"
	case f != math.Trunc(f):
		return Cell{Text: value, Kind: Number}, ""
	}
	return Cell{Text: fmt.Sprintf("%0*.0f", st.zeros, f), Kind: Number}, ""
}

// dateOf is the day that a spreadsheet counts as f. Before March 1900 its count
// is a day off, because it has a 29 February 1900.
func dateOf(f float64, from04 bool) (Cell, string) {
	const first, end = 61, 2958466 // 1900-03-01, 10000-01-01
	const day1904 = 1462
	zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from04 {
		f += day1904
	}
	if f < first || f >= end {
		return Cell{}, notDate
	}
	seconds := math.Round(f * 86400)
	days := math.Floor(seconds / 86400)
	return dateCell(zero.AddDate(0, 0, int(days)).Add(time.Duration(seconds-days*86400) * time.Second)), ""
}
