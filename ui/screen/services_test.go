// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"testing"
	"time"
)

func TestTimesAndDaysOnScreensAreThoseOfTheStation(t *testing.T) {
	at := time.Date(2026, 7, 1, 16, 30, 0, 0, time.UTC)
	s := Services{Zone: time.FixedZone("CST", 8*60*60)}
	if s.When(at) != "2026-07-02 00:30:00" || s.Day(at) != "2026-07-02" || BothTimes(s.Local(at)) != "2026-07-02 00:30:00 +08:00  (16:30:00 UTC)" {
		t.Error(s.When(at), s.Day(at), BothTimes(s.Local(at)))
	}
	if s := (&Services{}); s.When(at) != "2026-07-01 16:30:00" {
		t.Error(s.When(at))
	}
}
