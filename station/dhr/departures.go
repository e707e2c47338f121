// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"strings"
)

// Departure is one thing by which a unit did not go straight from its first
// attempt to a pass: an attempt with another end, an alarm, or a change of
// disposition that a person made one unit at a time.
type Departure struct {
	Serial string
	At     string // as in the record: UTC, RFC 3339 with milliseconds
	Kind   string // "attempt", "alarm" or "move"
	What   string // how the attempt ended and why; the code of the alarm; from → to
	By     string // person ID: of the attempt, who closed the alarm ("" while it is open), who made the move
	Second string // person ID of who agreed to the move
	Reason string // as it was given
}

const departures = `SELECT serial, at, kind, what, by, second, reason FROM (
	SELECT t.serial, t.started AS at, 'attempt' AS kind, coalesce(t.outcome, 'open') || iif(t.code = '', '', ', ' || t.code) AS what,
		t.person AS by, '' AS second, '' AS reason FROM attempts t WHERE t.outcome IS NOT 'pass' AND t.serial IN ({})
	UNION ALL SELECT a.serial, a.at, 'alarm', a.code, a.closed_by, '', a.reason FROM alarms a WHERE a.serial IN ({})
	UNION ALL SELECT m.serial, m.at, 'move', m.was || ' → ' || m.became, m.person, m.approver, m.reason FROM moves m
		WHERE m.signature IS NULL AND m.serial IN ({})
) ORDER BY serial, at, kind`

// Departures calls do for each of the units in a scope, by serial and time.
func (s *Snapshot) Departures(ctx context.Context, scope Scope, do func(Departure) error) error {
	return fault(s.view.reads.each(ctx, strings.ReplaceAll(departures, "{}", serialsOf(scope)), scope.args(), func(scan func(...any) error) error {
		var d Departure
		if err := scan(&d.Serial, &d.At, &d.Kind, &d.What, &d.By, &d.Second, &d.Reason); err != nil {
			return err
		}
		return do(d)
	}))
}
