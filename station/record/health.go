// SPDX-License-Identifier: Apache-2.0

package record

import "bindery/station"

// Health is what a check of the file finds.
type Health struct {
	OK          bool   `json:"ok"`
	Integrity   string `json:"integrity"`    // "ok", or the first thing that SQLite found in the pages
	Parts       string `json:"parts"`        // the same of the index of parts, which can be rebuilt
	ForeignKeys int    `json:"foreign_keys"` // rows that point at nothing
	Leaves      int64  `json:"leaves"`
	Bytes       int64  `json:"bytes"`      // of the file
	FreeBytes   int64  `json:"free_bytes"` // on its disk

	Backup  *Backup              `json:"backup"`  // the newest good one; null when there was none
	Checked []station.DeviceKind `json:"checked"` // kinds of devices that are held against a list
	Clock   station.ClockState   `json:"clock"`   // of the system; no reason not to be OK
}
