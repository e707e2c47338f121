// SPDX-License-Identifier: Apache-2.0

package station

import (
	"errors"
	"time"
)

// ClockState says how far the clock of the system can be believed.
type ClockState string

// The states of a clock.
const (
	ClockSynchronised    ClockState = "synchronised"     // something keeps it to the time, such as NTP
	ClockNotSynchronised ClockState = "not-synchronised" // it runs by itself
	ClockUnknown         ClockState = "unknown"          // the system does not say
)

// MostAhead is how far the clock may be ahead of the last entry of the record:
// a bench may stand still over the holidays. What is further is either a bench
// that stood still for longer, or a clock that is wrong; a person must say
// which, for an entry in the future would keep all later ones out.
const MostAhead = 31 * 24 * time.Hour

// CheckClock says whether an entry may be written at now after the last one,
// which is zero in a new record. slack is how far the clock may go back. The
// fault is nil, clock-back or clock-ahead.
func CheckClock(last, now time.Time, slack time.Duration) *Fault {
	ahead := now.Sub(last)
	switch {
	case last.IsZero():
		return nil
	case -ahead > slack:
		return NewFault(ClockBack, "by "+(-ahead).Round(time.Second).String()+", "+clockReads(last, now), nil)
	case ahead > MostAhead:
		return NewFault(ClockAhead, Counted(int(ahead/(24*time.Hour)), "day", "days")+", "+clockReads(last, now), nil)
	}
	return nil
}

// ClockDoubt is what an error says against the clock, which a person must accept first;
// nil where it says nothing of it.
func ClockDoubt(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) && (f.Code == ClockBack || f.Code == ClockAhead) {
		return f
	}
	return nil
}

// clockReads is what somebody needs to see who is to say whether a clock is
// right, by the station's own time.
func clockReads(last, now time.Time) string {
	const form = "2006-01-02 15:04:05 -07:00"
	return "from " + last.In(now.Location()).Format(form) + " to " + now.Format(form)
}
