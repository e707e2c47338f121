// SPDX-License-Identifier: Apache-2.0

package report

import (
	"strings"
	"time"

	"bindery/station"
	"bindery/station/ledger"
)

func clock(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") }

// localStamp is the time of a leaf by the clock on the wall of its station.
func localStamp(l ledger.Leaf) string {
	at, err := time.Parse(ledger.Stamp, l.At)
	if err != nil {
		return ""
	}
	return station.LocalTime(at, l.Zone)
}

// shortStamp is a time of the record to the second.
func shortStamp(at string) string {
	at, _, _ = strings.Cut(stampShown(at), ".")
	return at
}

// stampShown is a time of a leaf as papers show it.
func stampShown(at string) string {
	return strings.TrimSuffix(strings.Replace(at, "T", " ", 1), "Z")
}
