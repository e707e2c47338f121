// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"cmp"
	"strings"
	"time"

	"bindery/station"
)

// CompareVersions compares two versions by their parts: digits as numbers, so
// that 02.9 comes before 02.10, all else as text in any capitals; what stands
// between them does not count. It is -1, 0 or 1. The version that goes on where
// the other ends comes after it.
func CompareVersions(a, b string) int {
	x, y := versionParts(a), versionParts(b)
	for i := range min(len(x), len(y)) {
		if c := comparePart(x[i], y[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(x), len(y))
}

// comparePart compares two parts; a number comes before a word.
func comparePart(a, b string) int {
	aNumber, bNumber := digit(a[0]), digit(b[0])
	switch {
	case aNumber && bNumber:
		a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
		return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	case aNumber:
		return -1
	case bNumber:
		return 1
	}
	return strings.Compare(station.Fold(a), station.Fold(b))
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// versionParts are the runs of digits and the runs of anything else, without
// the signs between parts.
func versionParts(v string) []string {
	var parts []string
	for _, field := range strings.FieldsFunc(v, func(r rune) bool { return strings.ContainsRune(" .,_-/:;+()", r) }) {
		from := 0
		for i := 1; i < len(field); i++ {
			if digit(field[i]) != digit(field[i-1]) {
				parts = append(parts, field[from:i])
				from = i
			}
		}
		parts = append(parts, field[from:])
	}
	return parts
}

// HasVersion reports whether a version lies in the range. Of a version only as
// many parts count as the bound has: 02.10 ends a range behind all builds of
// 02.10. A unit of which no version is known lies in none.
func (r Range) HasVersion(v string) bool {
	if v == "" {
		return false
	}
	if r.From != "" {
		if c := compareAsFar(v, r.From); c < 0 || c == 0 && r.OpenFrom {
			return false
		}
	}
	if r.To != "" {
		if c := compareAsFar(v, r.To); c > 0 || c == 0 && r.OpenTo {
			return false
		}
	}
	return true
}

func compareAsFar(v, bound string) int {
	x, y := versionParts(v), versionParts(bound)
	for i := range y {
		if i == len(x) {
			return -1
		}
		if c := comparePart(x[i], y[i]); c != 0 {
			return c
		}
	}
	return 0
}

// Times are the bounds of a range of times: from the first to before the second;
// the zero time sets no bound. A day is that of the zone, from its beginning to
// its end; a time is exact to the millisecond, as in the record.
func (r Range) Times(zone *time.Location) (from, before time.Time) {
	if first, next, ok := moment(r.From, zone); ok {
		from = first
		if r.OpenFrom {
			from = next
		}
	}
	if first, next, ok := moment(r.To, zone); ok {
		before = next
		if r.OpenTo {
			before = first
		}
	}
	return from, before
}

// moment is the time that a text names, and the next one after it.
func moment(s string, zone *time.Location) (first, next time.Time, ok bool) {
	if d, err := station.ParseDay(s); err == nil {
		return d.Begins(zone), d.Ends(zone), true
	}
	t, err := time.Parse(time.RFC3339, s)
	return t, t.Add(time.Millisecond), err == nil
}
