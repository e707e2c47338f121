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
