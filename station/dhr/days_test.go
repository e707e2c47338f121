// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"testing"
	_ "time/tzdata"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/stationtest"
)

// A person works to the end of their last day, by the calendar on the wall.
func TestATrainingEndsWithItsDayAtTheStation(t *testing.T) {
	for _, c := range []struct {
		at, zone string
		expired  bool
	}{
		{"2026-07-01T09:59:59Z", "Pacific/Kiritimati", false}, {"2026-07-01T10:00:00Z", "Pacific/Kiritimati", true},
		{"2026-07-01T15:59:59Z", "Asia/Shanghai", false}, {"2026-07-01T16:00:00Z", "Asia/Shanghai", true},
		{"2026-07-01T23:59:59Z", "UTC", false}, {"2026-07-02T00:00:00Z", "UTC", true},
		{"2026-07-02T06:59:59Z", "America/Los_Angeles", false}, {"2026-07-02T07:00:00Z", "America/Los_Angeles", true},
	} {
		err := station.CheckTraining(station.Person{TrainedUntil: "2026-07-01"}, stationtest.InZone(t, c.at, c.zone))
		if (err != nil) != c.expired {
			t.Errorf("%s in %s: %v", c.at, c.zone, err)
		}
	}
}

// SQL asks the rule of the domain, so that no query has days of its own.
func TestSQLMakesADayOfATimeAsTheDomainDoes(t *testing.T) {
	d := openReleased(t, "version-1")
	for _, c := range []struct{ at, zone string }{
		{"2026-07-01T10:00:00.000Z", "+14:00"}, {"2026-07-01T23:59:59.999Z", "+00:00"}, {"2026-07-02T06:59:59.999Z", "-07:00"}, {"2026-07-01T16:00:00.000Z", ""},
	} {
		var got string
		if err := d.reads.Row(t.Context(), `SELECT station_day(?, ?)`, []any{c.at, c.zone}, []any{&got}); err != nil {
			t.Fatal(err)
		}
		if want := station.DayIn(store.ParseStamp(c.at), c.zone); got != string(want) {
			t.Errorf("%+v: %s, want %s", c, got, want)
		}
	}
}
