// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station/dhr/store"
	"bindery/station/record"
)

// SerialsOf is the query for the serials of a scope that a station of this record
// observed, which takes [SubjectArgs]: units of ours, and what was tried and never
// became one.
func SerialsOf(scope record.ExportSubject) string {
	c := scopes[scope.By]
	return `SELECT u.serial FROM units u WHERE ` + c.units + ` UNION ALL
		SELECT DISTINCT t.serial FROM attempts t WHERE ` + c.attempts + ` AND NOT EXISTS (SELECT 1 FROM units WHERE serial = t.serial)`
}

// importedOnly is the query for the units of a scope that are of a list of another
// system and not of ours.
func importedOnly(scope record.ExportSubject) string {
	c := scopes[scope.By]
	return `SELECT DISTINCT u.serial FROM accepted_units u WHERE ` + c.imported + ` AND NOT EXISTS (SELECT 1 FROM units WHERE serial = u.serial)`
}

// exportedSerials is the query for all that the record knows of a scope, each serial
// once, with whether it is there by a list of another system alone.
func exportedSerials(scope record.ExportSubject) string {
	return `SELECT serial, 0 AS listed FROM (` + SerialsOf(scope) + `) UNION ALL SELECT listed.serial, 1 FROM (` + importedOnly(scope) + `) listed
		WHERE NOT EXISTS (SELECT 1 FROM attempts t WHERE t.serial = listed.serial AND ` + scopes[scope.By].attempts + `)`
}

// Serials calls do for each serial in a scope, in order: the units, those that
// only lists of other systems have, and serials that were tried and never became one.
func (s *Snapshot) Serials(ctx context.Context, scope record.ExportSubject, do func(serial string) error) error {
	return s.eachSerial(ctx, `SELECT serial FROM (`+exportedSerials(scope)+`) ORDER BY serial`, scope, do)
}

// Count is how many serials a scope has.
func (s *Snapshot) Count(ctx context.Context, scope record.ExportSubject) (n int64, err error) {
	err = s.view.reads.Row(ctx, `SELECT count(*) FROM (`+exportedSerials(scope)+`)`, SubjectArgs(scope), []any{&n})
	return n, store.AsFault(err)
}

// CountObserved is how many of them a station of this record observed.
func (s *Snapshot) CountObserved(ctx context.Context, scope record.ExportSubject) (n int64, err error) {
	err = s.view.reads.Row(ctx, `SELECT count(*) FROM (`+SerialsOf(scope)+`)`, SubjectArgs(scope), []any{&n})
	return n, store.AsFault(err)
}

// ImportedLines calls do for each binding that lists of other systems have of the
// serials in a scope, by serial, the live one first; units that became ours have such
// lines too. [record.UnitLine.Origin] tells them from what was observed here.
func (s *Snapshot) ImportedLines(ctx context.Context, scope record.ExportSubject, do func(*record.UnitLine) error) error {
	var l record.UnitLine
	o := &l.Origin
	into := []any{
		&l.Serial, &l.Disposition, &l.Order, &l.Lot, &l.REF, &l.State, &l.IMEI, &l.IMEI2, &l.ICCID, &l.IMSI, &l.EID, &l.Maker, &l.Model, &l.Firmware,
		&l.BoundAt, &l.ByName, &l.Station, &l.GivenUpAt, &l.GivenUpName, &l.GivenUpWhy, &l.Leaf, &o.Source, &o.File, &o.Hash, &o.Row, &o.Dated, &o.Undated, &o.Only,
		&l.Tries, &l.Alarms,
	}
	return store.AsFault(s.view.reads.Each(ctx, importedLines(scope), SubjectArgs(scope), func(scan func(...any) error) error {
		if err := scan(into...); err != nil {
			return err
		}
		return do(&l)
	}))
}

// importedLines reads of each serial the unit that [DHR.Show] shows, and all bindings.
func importedLines(scope record.ExportSubject) string {
	return `SELECT u.serial, u.disposition, u.work_order, u.lot, u.ref, iif(b.state IN ` + store.LiveBindings + `, '` + record.BindingLive + `', '` + record.BindingSuperseded + `'),
		b.imei, b.imei2, b.iccid, b.imsi, b.eid, b.maker, b.model, b.firmware, b.since, u.operator, u.station, b.ended, b.person, b.reason, b.leaf,
		b.source, b.file_name, b.file_hash, b.n, b.dated, b.undated, k.listed,
		(SELECT count(*) FROM attempts WHERE serial = u.serial), (SELECT count(*) FROM alarms WHERE serial = u.serial)
		FROM (SELECT serial, listed FROM (` + exportedSerials(scope) + `) ORDER BY serial LIMIT -1) k
		CROSS JOIN accepted_units u ON u.serial = k.serial
			AND (u.file, u.n) = (SELECT file, n FROM accepted_units WHERE serial = k.serial ORDER BY file DESC, n DESC LIMIT 1)
		CROSS JOIN accepted_bindings b ON b.serial = k.serial
		ORDER BY k.serial, b.state NOT IN ` + store.LiveBindings + `, b.since, b.file, b.n`
}

// countColumns are what units are counted by.
var countColumns = map[string]string{
	"disposition": `u.disposition`,
	"module":      `b.maker || ' ' || b.model || ', firmware ' || b.firmware`,
	"attempts":    `coalesce(t.outcome, 'open')`,
}

// CountBy counts the units of a scope by "disposition" or "module" (of live
// bindings), or its attempts by outcome ("attempts"). Those that no station of ours
// observed are counted apart.
func (s *Snapshot) CountBy(ctx context.Context, scope record.ExportSubject, by string) ([]record.GroupCount, error) {
	from := `SELECT ` + countColumns[by] + ` AS name FROM `
	switch by {
	case "disposition":
		from += `units u WHERE ` + scopes[scope.By].units + ` UNION ALL SELECT u.disposition || '` + notObserved + `' FROM accepted_units u
			WHERE u.serial IN (` + importedOnly(scope) + `) AND NOT EXISTS (SELECT 1 FROM accepted_units x WHERE x.serial = u.serial AND (x.file, x.n) > (u.file, u.n))`
	case "attempts":
		from += `attempts t WHERE t.serial IN (` + SerialsOf(scope) + `)`
	default:
		from += `units u JOIN bindings b ON b.serial = u.serial AND b.superseded = 0 WHERE ` + scopes[scope.By].units + `
			UNION ALL SELECT ` + countColumns[by] + ` || '` + notObserved + `' FROM accepted_bindings b
			WHERE b.state IN ` + store.LiveBindings + ` AND b.serial IN (` + importedOnly(scope) + `)`
	}
	var list []record.GroupCount
	err := s.view.reads.Each(ctx, `SELECT name, count(*) FROM (`+from+`) GROUP BY 1 ORDER BY 1`, SubjectArgs(scope),
		func(scan func(...any) error) error {
			var t record.GroupCount
			err := scan(&t.Name, &t.N)
			list = append(list, t)
			return err
		})
	return list, store.AsFault(err)
}

// notObserved marks what is of another origin where it is counted.
const notObserved = ", " + record.NotObserved

// NeverMade calls do for each serial of a scope that was tried and never became
// a unit, in order, with the order and the time of its last attempt. Of the line
// these, and the counts, are all that there is.
func (s *Snapshot) NeverMade(ctx context.Context, scope record.ExportSubject, do func(*record.UnitLine) error) error {
	return store.AsFault(s.view.reads.Each(ctx, `SELECT t.serial, max(t.started), t.work_order, coalesce(o.lot, ''), count(*), count(*) FILTER (WHERE `+store.AttemptDeviates+`),
		(SELECT count(*) FROM alarms WHERE serial = t.serial), (SELECT max(leaf) FROM attempts WHERE serial = t.serial)
		FROM attempts t LEFT JOIN orders o ON o.id = t.work_order
		WHERE NOT EXISTS (SELECT 1 FROM units WHERE serial = t.serial) AND t.serial IN (`+SerialsOf(scope)+`)
		GROUP BY t.serial ORDER BY t.serial`, SubjectArgs(scope), func(scan func(...any) error) error {
		l, at := record.UnitLine{}, ""
		if err := scan(&l.Serial, &at, &l.Order, &l.Lot, &l.Tries, &l.Failed, &l.Alarms, &l.Leaf); err != nil {
			return err
		}
		return do(&l)
	}))
}
