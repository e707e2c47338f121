// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"time"
)

// AttemptEnd is how one attempt at a unit ended, as yield and pace are counted from it.
type AttemptEnd struct {
	Serial  string
	Outcome Outcome
	Started time.Time
	Ended   time.Time
}

// Performance is what a line has done: in a shift, or under an order.
type Performance struct {
	Passed    int           // units that passed
	Judged    int           // units that were judged: a fault of the bench and what was given up judge none
	FirstPass int           // of them, those that passed the first time that they were judged
	Median    time.Duration // that a unit took, from its scan to PASS; 0 before the first
	Hour      [HourParts]int
	Span      time.Duration // of the last hour, since the first of the attempts
}

// HourParts is into how many parts the last hour is counted.
const HourParts = 12

// hourPart is how long each of them is.
const hourPart = time.Hour / HourParts

// ShiftBreak is the pause, without an attempt at the station, after which another
// shift has begun: longer than a break, shorter than a night.
const ShiftBreak = 4 * time.Hour

// longestShift is what a shift is counted for at most, where a line never stands still.
const longestShift = 12 * time.Hour

// LastShift are those of the attempts, which stand in their order, that are of the
// shift that goes on now; none after a pause as long as [ShiftBreak].
func LastShift(attempts []AttemptEnd, now time.Time) []AttemptEnd {
	next := now
	for i, a := range slices.Backward(attempts) {
		if next.Sub(a.Ended) >= ShiftBreak || now.Sub(a.Started) >= longestShift {
			return attempts[i+1:]
		}
		next = a.Started
	}
	return attempts
}

// PerformanceOf counts attempts, which stand in the order in which they ended; now is
// the end of the last hour.
func PerformanceOf(attempts []AttemptEnd, now time.Time) Performance {
	var p Performance
	if len(attempts) > 0 {
		p.Span = min(time.Hour, max(0, now.Sub(attempts[0].Started)))
	}
	var took []time.Duration
	first, passed := map[string]Outcome{}, map[string]bool{}
	for _, a := range attempts {
		if a.Outcome != Pass && a.Outcome != Fail {
			continue
		}
		if _, judged := first[a.Serial]; !judged {
			first[a.Serial] = a.Outcome
			if p.Judged++; a.Outcome == Pass {
				p.FirstPass++
			}
		}
		if a.Outcome != Pass || passed[a.Serial] {
			continue
		}
		passed[a.Serial] = true
		p.Passed++
		took = append(took, a.Ended.Sub(a.Started))
		if ago := now.Sub(a.Ended); ago >= 0 && ago < time.Hour {
			p.Hour[HourParts-1-int(ago/hourPart)]++
		}
	}
	if len(took) > 0 {
		slices.Sort(took)
		p.Median = took[len(took)/2]
	}
	return p
}

// FirstPassYield is the share of judged units that passed the first time, in percent;
// false where none was judged.
func (p Performance) FirstPassYield() (percent float64, known bool) {
	if p.Judged == 0 {
		return 0, false
	}
	return 100 * float64(p.FirstPass) / float64(p.Judged), true
}

// NotPassed is how many units were judged and have not passed: they are on the red
// shelf.
func (p Performance) NotPassed() int { return p.Judged - p.Passed }

// PerHour is how many units passed in the last hour.
func (p Performance) PerHour() int {
	n := 0
	for _, part := range p.Hour {
		n += part
	}
	return n
}

// leastPace is how many units must have passed in the last hour for a pace.
const leastPace = 5

// TimeLeft is how long n units take at the pace of the last hour, or of what there was
// of it; false where too few passed in it to tell.
func (p Performance) TimeLeft(n int) (left time.Duration, known bool) {
	pace := p.PerHour()
	if pace < leastPace {
		return 0, false
	}
	return time.Duration(n) * p.Span / time.Duration(pace), true
}
