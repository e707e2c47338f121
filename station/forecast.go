// SPDX-License-Identifier: Apache-2.0

package station

import "time"

// ForecastOver is the time whose use of a range tells how fast it is used up:
// long enough for a week without work, short enough to follow a ramp-up.
const ForecastOver = 30 * 24 * time.Hour

// Forecast says how many numbers of a range are used a day, and when it runs
// out at that rate: the zero time when it is not used, or would last for more
// than a hundred years. used numbers were taken since then; a range that was
// begun today counts a whole day.
func Forecast(free, used int, since, now time.Time) (perDay float64, runsOut time.Time) {
	const day = 24 * time.Hour
	days := max(1, now.Sub(since).Hours()/24)
	perDay = float64(used) / days
	left := float64(free) / perDay // +Inf when nothing is used
	if used == 0 || left > 36500 {
		return perDay, time.Time{}
	}
	return perDay, now.Add(time.Duration(left * float64(day)))
}

// AllocationUsage is what the numbers of an allocation have come to.
type AllocationUsage struct {
	Used  int `json:"used"` // numbers that were ever bound
	Gaps  int `json:"-"`    // numbers between the first and the last of them that never were
	Twice int `json:"-"`    // numbers that were bound under more than one serial in their time
}

// Judge says what somebody who answers for the range should look into. left is
// how many numbers the product has in all, warn how few it wants to be told of.
func (u AllocationUsage) Judge(left, warn int) []Finding {
	var found []Finding
	for _, f := range []struct {
		code Code
		n    int
	}{{SNRGap, u.Gaps}, {SNRUsedTwice, u.Twice}} {
		if f.n > 0 {
			found = append(found, NewFinding(f.code, numbers(f.n)))
		}
	}
	if RunsLow(left, warn) {
		found = append(found, NewFinding(RangeLow, numbers(left)))
	}
	return found
}

// RunsLow reports whether a product has fewer free numbers than it wants to be
// warned of; warn 0 never warns.
func RunsLow(left, warn int) bool { return left < warn }

func numbers(n int) string { return Counted(n, "number", "numbers") }
