// SPDX-License-Identifier: Apache-2.0

package station

import "time"

// Day is a day of the calendar on the wall of a station, YYYY-MM-DD. Days
// compare as their texts do. Whoever makes a day of a time does it here: by the
// time's own zone, or by the one that the record has for it.
type Day string

// DayOf is the day that a time falls on in its own zone, which for a time of
// [Clock] is that of the station.
func DayOf(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// DayIn is the day that a time fell on at a station whose offset from UTC was
// zone then: see [InZone].
func DayIn(t time.Time, zone string) Day { return DayOf(InZone(t, zone)) }

// ParseDay reads a day that somebody gave. Its error is that of [time.Parse].
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	return DayOf(t), err
}

// Date is the day as a time at which it can be formatted: its midnight in UTC.
func (d Day) Date() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}

// Next is the day after.
func (d Day) Next() Day { return DayOf(d.Date().AddDate(0, 0, 1)) }

// Begins is the first moment of the day in a zone. Where summer time begins or
// ends at midnight, there is no 00:00 or there are two of them.
func (d Day) Begins(zone *time.Location) time.Time {
	year, month, day := d.Date().Date()
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	since, until := t.ZoneBounds()
	if DayOf(t) < d {
		return until
	}
	if before := since.Add(-time.Nanosecond); !since.IsZero() && DayOf(before) == d {
		_, seconds := before.Zone()
		return d.Date().Add(-time.Duration(seconds) * time.Second).In(zone)
	}
	return t
}

// Ends is the first moment that is no longer of the day.
func (d Day) Ends(zone *time.Location) time.Time { return d.Next().Begins(zone) }

// ZoneOf is the offset from UTC that a time stands in, such as "+08:00": how
// the record keeps the zone of a station at a moment. A name (IANA) would leave
// the day of making to what later rules say of that place.
func ZoneOf(t time.Time) string { return t.Format(zoneForm) }

const zoneForm = "-07:00"

// InZone is a time by the clock on the wall of a station whose offset from UTC
// was zone then. Of what was recorded without one, "", it is UTC: labels were
// dated by that.
func InZone(t time.Time, zone string) time.Time {
	if z, err := time.Parse(zoneForm, zone); err == nil {
		return t.In(z.Location())
	}
	return t.UTC()
}

// LocalTime writes a time as people read it, by the clock on the wall then,
// with its zone: never a time of which somebody must ask whose it is.
func LocalTime(t time.Time, zone string) string { return Timestamp(InZone(t, zone)) }

// Timestamp writes a time in the zone that it stands in, with it.
func Timestamp(t time.Time) string { return t.Format(time.DateTime + " " + zoneForm) }
