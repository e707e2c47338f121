// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"testing"
	"time"
)

func TestTimesAndDaysOnScreensAreThoseOfTheStation(t *testing.T) {
	at := time.Date(2026, 7, 1, 16, 30, 0, 0, time.UTC)
	s := Services{Zone: time.FixedZone("CST", 8*60*60)}
	if s.when(at) != "2026-07-02 00:30:00" || s.day(at) != "2026-07-02" || bothTimes(s.local(at)) != "2026-07-02 00:30:00 +08:00  (16:30:00 UTC)" {
		t.Error(s.when(at), s.day(at), bothTimes(s.local(at)))
	}
	if s := (&Services{}); s.when(at) != "2026-07-01 16:30:00" {
		t.Error(s.when(at))
	}
}
