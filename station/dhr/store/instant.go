// SPDX-License-Identifier: Apache-2.0

package store

import (
	"time"

	"bindery/station"
	"bindery/station/ledger"
)

// Instant scans a time of the record.
type Instant time.Time

// Scan implements [sql.Scanner].
func (i *Instant) Scan(v any) error {
	s, _ := v.(string) // NULL is the zero time
	if s != "" {
		*i = Instant(ParseStamp(s))
	}
	return nil
}

// Text is s as the record can hold it.
func Text(s string) string { return station.Storable(s) }

// Stamp is a time as the record keeps it.
func Stamp(t time.Time) string { return t.UTC().Format(ledger.Stamp) }

// ParseStamp is the time that [Stamp] wrote.
func ParseStamp(s string) time.Time {
	t, err := time.Parse(ledger.Stamp, s)
	if err != nil {
		return time.Time{} // a CHECK of the table keeps this from happening
	}
	return t
}
