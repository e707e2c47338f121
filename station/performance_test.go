// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
)

// ended is an attempt that took some seconds and ended some minutes before noon.
func ended(serial string, o station.Outcome, minutes, seconds int) station.AttemptEnd {
	end := noon.Add(-time.Duration(minutes) * time.Minute)
	return station.AttemptEnd{Serial: serial, Outcome: o, Started: end.Add(-time.Duration(seconds) * time.Second), Ended: end}
}

var noon = time.Date(2026, 7, 14, 12, 0, 0, 0, time.UTC)

func TestAUnitCountsOnceInTheYield(t *testing.T) {
	for name, c := range map[string]struct {
		attempts []station.AttemptEnd
		want     station.Performance
	}{
		"nothing": {nil, station.Performance{}},
		"a unit that passed the second time": {
			[]station.AttemptEnd{ended("A", station.Fail, 20, 3), ended("A", station.Pass, 10, 6), ended("B", station.Pass, 1, 8)},
			station.Performance{Passed: 2, Judged: 2, FirstPass: 1, Median: 8 * time.Second, Hour: [station.HourParts]int{9: 1, 11: 1}, Span: 20*time.Minute + 3*time.Second},
		},
		"faults and what was given up judge no unit": {
			[]station.AttemptEnd{ended("A", station.Errored, 90, 3), ended("A", station.Aborted, 80, 3), ended("A", station.Pass, 70, 6), ended("B", station.Errored, 1, 2)},
			station.Performance{Passed: 1, Judged: 1, FirstPass: 1, Median: 6 * time.Second, Span: time.Hour},
		},
		"a unit that passed and was scanned again": {
			[]station.AttemptEnd{ended("A", station.Pass, 4, 6), ended("A", station.Pass, 1, 1)},
			station.Performance{Passed: 1, Judged: 1, FirstPass: 1, Median: 6 * time.Second, Hour: [station.HourParts]int{11: 1}, Span: 4*time.Minute + 6*time.Second},
		},
	} {
		if diff := cmp.Diff(c.want, station.PerformanceOf(c.attempts, noon)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestNothingIsSaidOfALineThatHasDoneNothing(t *testing.T) {
	var none station.Performance
	if _, known := none.FirstPassYield(); known {
		t.Error("a line that judged nothing has a yield")
	}
	if _, known := none.TimeLeft(10); known {
		t.Error("a line that stands still has a pace")
	}
	p := station.Performance{Judged: 8, FirstPass: 6, Hour: [station.HourParts]int{0: 20, 11: 20}, Span: time.Hour}
	if y, _ := p.FirstPassYield(); y != 75 {
		t.Error(y)
	}
	begun := station.Performance{Hour: [station.HourParts]int{11: 10}, Span: 5 * time.Minute}
	if left, _ := begun.TimeLeft(60); left != 30*time.Minute {
		t.Error("ten units in the first five minutes:", left)
	}
	if left, _ := p.TimeLeft(60); left != 90*time.Minute {
		t.Error(left)
	}
}

func TestAShiftEndsWithALongPause(t *testing.T) {
	evening, night := ended("A", station.Pass, 13*60, 6), ended("B", station.Pass, 11*60, 6)
	early, late := ended("C", station.Pass, 6*60, 6), ended("D", station.Pass, 3*60, 6)
	for name, c := range map[string]struct {
		attempts []station.AttemptEnd
		want     int
	}{
		"nothing yet":                            {nil, 0},
		"since the night's pause":                {[]station.AttemptEnd{night, early, late}, 2},
		"a pause that lasts to now":              {[]station.AttemptEnd{night, early}, 0},
		"a line that never stands still so long": {[]station.AttemptEnd{evening, ended("X", station.Pass, 10*60, 6), ended("Y", station.Pass, 7*60, 6), early, late}, 4},
	} {
		if got := station.LastShift(c.attempts, noon); len(got) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
