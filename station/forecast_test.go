// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"slices"
	"testing"
	"time"

	"bindery/station"
)

func TestARangeIsForecastFromItsUse(t *testing.T) {
	now := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	const day = 24 * time.Hour
	tests := map[string]struct {
		free, used int
		since      time.Time
		perDay     float64
		runsOut    time.Time
	}{
		"ten a day last a hundred days for a thousand": {1000, 300, now.Add(-30 * day), 10, now.Add(100 * day)},
		"the first hour counts as a whole day":         {90, 10, now.Add(-time.Hour), 10, now.Add(9 * day)},
		"what is not used never runs out":              {1000, 0, now.Add(-30 * day), 0, time.Time{}},
		"what is used up runs out now":                 {0, 30, now.Add(-30 * day), 1, now},
		"more than a century is never":                 {999999, 1, now.Add(-30 * day), 1.0 / 30, time.Time{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			perDay, runsOut := station.Forecast(tt.free, tt.used, tt.since, now)
			if perDay != tt.perDay || !runsOut.Equal(tt.runsOut) {
				t.Errorf("got %v a day until %v, want %v until %v", perDay, runsOut, tt.perDay, tt.runsOut)
			}
		})
	}
}

func TestARangeIsJudgedByItsUse(t *testing.T) {
	for name, tt := range map[string]struct {
		use        station.AllocationUsage
		left, warn int
		want       []station.Code
	}{
		"used in order":            {station.AllocationUsage{Used: 10}, 90, 10, nil},
		"never used":               {station.AllocationUsage{}, 100, 0, nil},
		"numbers left out":         {station.AllocationUsage{Used: 10, Gaps: 1}, 90, 10, []station.Code{station.SNRGap}},
		"a number bound elsewhere": {station.AllocationUsage{Used: 10, Twice: 2}, 90, 10, []station.Code{station.SNRUsedTwice}},
		"few left":                 {station.AllocationUsage{Used: 91}, 9, 10, []station.Code{station.RangeLow}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []station.Code
			for _, f := range tt.use.Judge(tt.left, tt.warn) {
				got = append(got, f.Code)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

func TestAProductRunsLowBelowWhatItWarnsOf(t *testing.T) {
	for _, c := range []struct {
		left, warn int
		want       bool
	}{
		{99, 100, true},
		{100, 100, false},
		{101, 100, false},
		{0, 1, true},
		{0, 0, false}, // 0 never warns
	} {
		if got := station.RunsLow(c.left, c.warn); got != c.want {
			t.Errorf("%d left, warned below %d: %v", c.left, c.warn, got)
		}
	}
}
