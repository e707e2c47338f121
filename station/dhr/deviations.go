// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"strings"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// kind is a kind of deviation in SQL.
func kind(k record.DeviationKind) string { return "'" + string(k) + "'" }

// firstOfBinding is a condition on a print p.
const firstOfBinding = `p.n = (SELECT min(n) FROM prints WHERE serial = p.serial AND binding = p.binding)`

// deviations have the serials of a scope in place of {}. What is one, station says.
var deviations = `(
	SELECT t.serial, t.started AS at, ` + kind(record.AttemptEnded) + ` AS kind, coalesce(t.outcome, 'open') || iif(t.code = '', '', ', ' || t.code) AS what,
		t.person AS by, '' AS second, '' AS reason FROM attempts t WHERE ` + store.AttemptDeviates + ` AND t.serial IN ({})
	UNION ALL SELECT t.serial, t.started, ` + kind(record.PassedWarned) + `, (SELECT group_concat(code || iif(n > 1, ' × ' || n, ''), ', ') FROM
			(SELECT f.value ->> 'code' AS code, count(*) AS n FROM json_each(CAST(v.findings AS TEXT)) f WHERE f.value ->> 'level' = '` + string(station.LevelWarn) + `'
			GROUP BY 1 ORDER BY min(f.key))), t.person, '', ''
		FROM attempts t JOIN verdicts v ON v.attempt = t.id WHERE ` + store.PassedWarned + ` AND t.serial IN ({})
	UNION ALL SELECT p.serial, p.at, ` + kind(record.LabelAgain) + `, p.n || ' ' || p.state, p.person, p.approver, p.reason FROM prints p WHERE p.serial IN ({})
		AND ` + store.PrintDeviates(firstOfBinding) + `
	UNION ALL SELECT b.serial, l.body ->> 'at', ` + kind(record.BindingGivenUp) + `, b.id || ' superseded', l.body ->> 'who',
		coalesce((SELECT approver FROM moves WHERE serial = b.serial AND leaf = b.leaf), ''), l.body ->> 'why'
		FROM bindings b JOIN leaves l ON l.number = b.leaf WHERE b.superseded > 0 AND b.serial IN ({})
	UNION ALL SELECT a.serial, a.at, ` + kind(record.AlarmRaised) + `, a.code, a.closed_by, '', a.reason FROM alarms a WHERE a.serial IN ({})
	UNION ALL SELECT m.serial, m.at, ` + kind(record.MovedAlone) + `, m.was || ' → ' || m.became, m.person, m.approver, m.reason FROM moves m
		WHERE ` + store.MoveDeviates + ` AND m.serial IN ({})
)`

// Deviations calls do for each of the units in a scope, by serial and time.
func (s *Snapshot) Deviations(ctx context.Context, scope record.ExportSubject, do func(record.Deviation) error) error {
	return s.deviations(ctx, `SELECT serial, at, kind, what, by, second, reason FROM `+deviations+` ORDER BY serial, at, kind`, scope,
		func(scan func(...any) error) error {
			var d record.Deviation
			if err := scan(&d.Serial, &d.At, &d.Kind, &d.What, &d.By, &d.Second, &d.Reason); err != nil {
				return err
			}
			return do(d)
		})
}

// CountDeviations counts the deviations of a scope by their kinds, and on how
// many serials there was any.
func (s *Snapshot) CountDeviations(ctx context.Context, scope record.ExportSubject) (list []record.DeviationCount, serials int64, err error) {
	err = s.deviations(ctx, `SELECT kind, count(*), count(DISTINCT serial) FROM `+deviations+` GROUP BY kind ORDER BY kind`, scope,
		func(scan func(...any) error) error {
			var c record.DeviationCount
			err := scan(&c.Kind, &c.N, &c.Serials)
			list = append(list, c)
			return err
		})
	if err != nil {
		return nil, 0, err
	}
	err = s.deviations(ctx, `SELECT count(DISTINCT serial) FROM `+deviations, scope, func(scan func(...any) error) error { return scan(&serials) })
	return list, serials, err
}

func (s *Snapshot) deviations(ctx context.Context, query string, scope record.ExportSubject, do func(scan func(...any) error) error) error {
	return store.AsFault(s.view.reads.Each(ctx, strings.ReplaceAll(query, "{}", SerialsOf(scope)), SubjectArgs(scope), do))
}
