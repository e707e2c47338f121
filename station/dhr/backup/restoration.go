// SPDX-License-Identifier: Apache-2.0

package backup

import "bindery/station/dhr"

// Restoration is a backup to be put in the place of a record: by whom, and why.
type Restoration struct {
	Backup string // only read
	Path   string // of the record
	Reason string
	Badge  string  // of an admin; "" where none is asked for
	Ask    dhr.Ask // for their PIN or password
	By     string  // who does it without a badge: an account of the computer

	// Foreign allows a backup that is not one of this record: see
	// [station.MayRestore].
	Foreign bool

	named string // the record as the stations name it; Path is where it lies
}
