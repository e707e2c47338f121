// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bindery/station"
)

// The zones that a line may stand in, the far ones too: what is compared are
// moments, and what is shown is the station's own time.
var zones = []string{"Pacific/Kiritimati", "Asia/Shanghai", "UTC", "America/Los_Angeles"}

func TestAClockIsBelievedWithinAMonthOfTheLastEntry(t *testing.T) {
	const slack = 2 * time.Second
	day := 24 * time.Hour
	for _, name := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		last := time.Date(2026, 3, 28, 23, 30, 0, 0, zone) // summer time begins in some of them within the month
		for what, c := range map[string]struct {
			last, now time.Time
			want      station.Code
		}{
			"a new record":             {time.Time{}, last, ""},
			"the same moment":          {last, last, ""},
			"within the slack":         {last, last.Add(-slack), ""},
			"back by more":             {last, last.Add(-slack - time.Millisecond), station.ClockBack},
			"back by years":            {last, last.AddDate(-3, 0, 0), station.ClockBack},
			"over a shutdown":          {last, last.Add(21 * day), ""},
			"a month to the moment":    {last, last.Add(station.MostAhead), ""},
			"a moment more":            {last, last.Add(station.MostAhead + time.Millisecond), station.ClockAhead},
			"a bench that stood still": {last.UTC(), last.Add(62 * day), station.ClockAhead},
		} {
			f := station.CheckClock(c.last, c.now, slack)
			switch {
			case c.want == "" && f != nil, c.want != "" && (f == nil || f.Code != c.want):
				t.Errorf("%s, %s: %v, want %q", name, what, f, c.want)
			case c.want == station.ClockAhead && what == "a bench that stood still" && !strings.Contains(f.Message, "62 days, from 2026-03-28 23:30:00"):
				t.Errorf("%s: it says %q, which is not the station's own time", name, f.Message)
			}
		}
	}
}

func TestAClockIsDoubtedThatWentBackOrFarAhead(t *testing.T) {
	for _, code := range station.Codes() {
		err := errors.Join(errors.New("while closing"), station.NewFault(code, "x", nil))
		f := station.ClockDoubt(err)
		if want := code == station.ClockBack || code == station.ClockAhead; (f != nil) != want || f != nil && f.Code != code {
			t.Errorf("%s: %v", code, f)
		}
	}
	if station.ClockDoubt(nil) != nil || station.ClockDoubt(errors.New("another")) != nil {
		t.Error("the clock is doubted where nothing was said of it")
	}
}
