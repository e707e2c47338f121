// SPDX-License-Identifier: Apache-2.0

package station

import "time"

const (
	// backupEvery is how old the last backup may be while a station runs.
	backupEvery = 24 * time.Hour
	// backupAtEnd is how old it may be when the station is closed: a bench that is
	// switched off in the evening leaves the day's work in a backup.
	backupAtEnd = 8 * time.Hour

	// CheckpointEvery is how long what the record holds may go unsigned.
	CheckpointEvery = time.Hour
)

// BackupDue reports whether a record is to be backed up that was last backed up
// at last, the zero time for never. ends says that the station is being closed.
func BackupDue(last, now time.Time, ends bool) bool {
	oldest := backupEvery
	if ends {
		oldest = backupAtEnd
	}
	return now.Sub(last) >= oldest
}
