// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"math"
	"testing"

	"bindery/station"
)

func TestADiskKeepsItsFloorOfFreeSpace(t *testing.T) {
	for name, c := range map[string]struct {
		floor      station.SpaceFloor
		size, free int64
		want       bool
	}{
		"the record, nothing free":               {station.RecordSpace, 0, 0, false},
		"the record, room for a backup alone":    {station.RecordSpace, 0, 256 << 20, false},
		"the record, a byte below a gibibyte":    {station.RecordSpace, 0, 1<<30 - 1, false},
		"the record, a gibibyte":                 {station.RecordSpace, 0, 1 << 30, true},
		"the record, a large disk":               {station.RecordSpace, 0, 1 << 40, true},
		"a backup that leaves 256 MiB":           {station.BackupSpace, 1 << 30, 1<<30 + 256<<20, true},
		"a backup that leaves a byte less":       {station.BackupSpace, 1 << 30, 1<<30 + 256<<20 - 1, false},
		"a backup that is larger than the space": {station.BackupSpace, 1 << 40, 1 << 30, false},
		"a backup of a size that nothing holds":  {station.BackupSpace, math.MaxInt64, 1 << 40, false},
		"labels, 64 MiB":                         {station.LabelSpace, 0, 64 << 20, true},
		"labels, a byte less":                    {station.LabelSpace, 0, 64<<20 - 1, false},
	} {
		if got := c.floor.LeftBy(c.size, c.free); got != c.want {
			t.Errorf("%s: left is %v", name, got)
		}
	}
}
