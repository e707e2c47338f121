// SPDX-License-Identifier: Apache-2.0

package station

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestADayIsThatOfTheCalendarOnTheWallWhereverItIsReadAgain(t *testing.T) {
	for _, c := range []struct{ zone, at, offset, want string }{
		{"Pacific/Kiritimati", "2026-07-01T09:59:59Z", "+14:00", "2026-07-01"},
		{"Pacific/Kiritimati", "2026-07-01T10:00:00Z", "+14:00", "2026-07-02"},
		{"Asia/Shanghai", "2026-07-01T15:59:59Z", "+08:00", "2026-07-01"},
		{"Asia/Shanghai", "2026-07-01T16:00:00Z", "+08:00", "2026-07-02"},
		{"Asia/Kathmandu", "2026-12-31T18:15:00Z", "+05:45", "2027-01-01"},
		{"UTC", "2026-07-01T23:59:59Z", "+00:00", "2026-07-01"},
		{"America/Los_Angeles", "2026-07-01T06:59:59Z", "-07:00", "2026-06-30"},
		{"America/Los_Angeles", "2026-07-01T07:00:00Z", "-07:00", "2026-07-01"},
		{"Europe/Berlin", "2026-03-28T22:59:59Z", "+01:00", "2026-03-28"}, // summer time begins in the night after next
		{"Europe/Berlin", "2026-03-29T21:59:59Z", "+02:00", "2026-03-29"},
		{"Europe/Berlin", "2026-03-29T22:00:00Z", "+02:00", "2026-03-30"},
		{"Europe/Berlin", "2026-10-25T22:59:59Z", "+01:00", "2026-10-25"}, // and has ended this night
	} {
		at := moment(t, c.at).In(zone(t, c.zone))
		if got := DayOf(at); string(got) != c.want {
			t.Errorf("%s in %s is on %s, want %s", c.at, c.zone, got, c.want)
		}
		if got := ZoneOf(at); got != c.offset {
			t.Errorf("%s in %s is at %s, want %s", c.at, c.zone, got, c.offset)
		}
		for _, reader := range []string{"Pacific/Kiritimati", "America/Los_Angeles", "UTC"} {
			if got := DayIn(at.In(zone(t, reader)), ZoneOf(at)); string(got) != c.want {
				t.Errorf("%s in %s is on %s when it is read in %s, want %s", c.at, c.zone, got, reader, c.want)
			}
		}
		u := Unit{Made: at, Zone: ZoneOf(at), Binding: &Binding{}}
		if got := u.LabelValues(Product{}).Made.Format("2006-01-02 -0700"); got != c.want+" +0000" {
			t.Errorf("the label of a unit made %s in %s says %s, want %s", c.at, c.zone, got, c.want)
		}
	}
}

func TestADayOfAUnitFromBeforeZonesWereRecordedIsThatOfUTCAsItsLabelSays(t *testing.T) {
	at := moment(t, "2026-07-01T23:30:00Z").In(zone(t, "Asia/Shanghai"))
	u := Unit{Made: at, Binding: &Binding{}}
	if got := u.LabelValues(Product{}).Made.Format(time.DateOnly); u.MadeOn() != "2026-07-01" || got != "2026-07-01" {
		t.Errorf("%s, on its label %s", u.MadeOn(), got)
	}
	if v := (Unit{Binding: &Binding{}}).LabelValues(Product{}); !v.Made.IsZero() {
		t.Errorf("a unit with no date has %s on its label", v.Made)
	}
}

func TestTheDaysOfAZoneFollowEachOtherWithoutGapOrOverlap(t *testing.T) {
	for _, c := range []struct {
		zone, day, begins string
		hours             float64
	}{
		{"Europe/Berlin", "2026-07-01", "2026-06-30T22:00:00Z", 24},
		{"Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", 23},
		{"Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", 25},
		{"America/Los_Angeles", "2026-03-08", "2026-03-08T08:00:00Z", 23},
		{"Pacific/Kiritimati", "2026-07-01", "2026-06-30T10:00:00Z", 24},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 23}, // 00:00 to 01:00 was left out
		{"America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", 25},    // 00:00 to 01:00 comes twice
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", 0},       // the day was left out
	} {
		d, in := Day(c.day), zone(t, c.zone)
		if got := d.Begins(in); !got.Equal(moment(t, c.begins)) {
			t.Errorf("%s in %s begins %s, want %s", d, c.zone, got.UTC(), c.begins)
		}
		if got := d.Ends(in).Sub(d.Begins(in)).Hours(); got != c.hours {
			t.Errorf("%s in %s has %v hours, want %v", d, c.zone, got, c.hours)
		}
		if got := d.Begins(in); c.hours > 0 && (DayOf(got) != d || DayOf(got.Add(-time.Nanosecond)) >= d) {
			t.Errorf("%s in %s does not begin at %s", d, c.zone, got)
		}
	}
}

func TestATimeForPeopleHasItsZone(t *testing.T) {
	at := moment(t, "2026-07-01T16:30:05Z")
	for zone, want := range map[string]string{
		"+08:00": "2026-07-02 00:30:05 +08:00", "-07:00": "2026-07-01 09:30:05 -07:00", "": "2026-07-01 16:30:05 +00:00",
	} {
		if got := LocalTime(at, zone); got != want {
			t.Errorf("%q: %s, want %s", zone, got, want)
		}
	}
}

func TestOnlyADayIsADay(t *testing.T) {
	for _, s := range []string{"", "2026-7-1", "2026-02-30", "01.07.2026", "2026-07-01T00:00"} {
		if d, err := ParseDay(s); err == nil {
			t.Errorf("%q is %s", s, d)
		}
	}
	if d, err := ParseDay("2026-12-31"); err != nil || d.Next() != "2027-01-01" {
		t.Errorf("%s, %v", d, err)
	}
}
