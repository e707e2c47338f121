// SPDX-License-Identifier: Apache-2.0

package stationtest

import (
	"sync"
	"testing"
	"time"
)

// Start is where a new [SteppingClock] stands.
var Start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("CET", 3600))

// SteppingClock goes one millisecond on each time that it is read, and else only by
// hand.
type SteppingClock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock makes a clock that stands at [Start].
func NewClock() *SteppingClock { return &SteppingClock{now: Start} }

// NewClockAt makes a clock that stands elsewhere.
func NewClockAt(t time.Time) *SteppingClock { return &SteppingClock{now: t} }

// Now implements station.Clock.
func (c *SteppingClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Millisecond)
	return c.now
}

// Add moves the clock, backwards too.
func (c *SteppingClock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// SetClock stands where a test sets it.
type SetClock struct{ At time.Time }

// Now implements station.Clock.
func (c *SetClock) Now() time.Time { return c.At }

// WallClock is the clock of the computer, for what several processes share.
type WallClock struct{}

// Now implements station.Clock.
func (WallClock) Now() time.Time { return time.Now() } //nolint:forbidigo // it is the computer's own

// InZone is a time, RFC 3339, in a zone of the IANA.
func InZone(t testing.TB, at, zone string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, at)
	NoError(t, err)
	loc, err := time.LoadLocation(zone)
	NoError(t, err)
	return moment.In(loc)
}
