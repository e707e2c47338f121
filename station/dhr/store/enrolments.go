// SPDX-License-Identifier: Apache-2.0

package store

import "bindery/station"

// SelectEnrolments are the enrolments of a record. One of version 1 has none: there the keys that
// signed its checkpoints count as enrolled, as do those that signed before the
// first enrolment.
const SelectEnrolments = `SELECT key, station, person, reason, at, leaf FROM (
	SELECT key, station, person, reason, at, leaf, id AS n FROM enrolments
	UNION ALL SELECT k.key, k.station, json_extract(l.body, '$.who'), '', substr(l.body, 8, 24), k.leaf, 0
	FROM station_keys k JOIN leaves l ON l.number = k.leaf
	WHERE NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.leaf <= k.leaf))
	ORDER BY leaf, n, key`

// EnrolmentList is what [SelectEnrolments] gives.
type EnrolmentList station.Enrolments

// Add scans a row of it.
func (l *EnrolmentList) Add(scan func(...any) error) error {
	var e station.Enrolment
	err := scan(&e.Key, &e.Station, &e.By, &e.Reason, (*Instant)(&e.At), &e.Leaf)
	*l = append(*l, e)
	return err
}
