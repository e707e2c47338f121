// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"time"

	"bindery/station/dhr"
)

// What the tests look at from inside.
const Stamp = backupStamp

var (
	Alone    = alone
	CopyFile = copyFile
	SumFile  = sumFile
	There    = there
)

func In(d *dhr.DHR, folder string) []string { return backupsIn(d, folder, backupEnd) }

func (r RetentionPolicy) Keeps(times []time.Time) []bool { return r.keeps(times) }
