// SPDX-License-Identifier: Apache-2.0

package station

import (
	"testing"
	"time"
)

func TestABackupIsDueADayAfterTheLastAndAtTheEndOfAShift(t *testing.T) {
	now := time.Date(2026, 7, 14, 18, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		ago  time.Duration
		ends bool
		want bool
	}{
		"just made":                          {0, false, false},
		"just made, and closed":              {0, true, false},
		"almost a day":                       {24*time.Hour - 1, false, false},
		"a day":                              {24 * time.Hour, false, true},
		"almost a shift, and closed":         {8*time.Hour - 1, true, false},
		"a shift, and closed":                {8 * time.Hour, true, true},
		"a shift, while the station runs on": {8 * time.Hour, false, false},
		"in the future: the clock went back": {-time.Hour, false, false},
	} {
		if got := BackupDue(now.Add(-c.ago), now, c.ends); got != c.want {
			t.Errorf("%s: due is %v", name, got)
		}
	}
	if !BackupDue(time.Time{}, now, false) {
		t.Error("a record that was never backed up is not due")
	}
}
