// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"strings"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// unitLines puts the serials in order first, which is quick, and then walks
// them: to sort whole lines takes longer than all the rest. LIMIT keeps SQLite
// from turning that round; that it does not is seen while the lines are read.
var unitLines = `SELECT u.serial, u.disposition, u.work_order, o.lot, u.ref, u.version, p.name, p.gtin, u.made,
	coalesce(b.id, 0), CASE WHEN b.id IS NULL THEN '' WHEN b.superseded = 0 THEN '` + record.BindingLive + `' ELSE '` + record.BindingSuperseded + `' END,
	coalesce(b.imei, ''), coalesce(b.imei2, ''), coalesce(b.iccid, ''), coalesce(b.imsi, ''), coalesce(b.eid, ''),
	coalesce(b.maker, ''), coalesce(b.model, ''), coalesce(b.firmware, ''), coalesce(b.at, ''), coalesce(b.person, ''),
	coalesce((SELECT name FROM people WHERE id = b.person), ''),
	coalesce((SELECT station FROM attempts WHERE serial = u.serial AND started = b.at LIMIT 1), ''),
	coalesce(a.tac, ''), coalesce(a.snr_from, 0), coalesce(a.snr_to, 0), coalesce(a.cert, ''),
	coalesce(l.n, 0), coalesce(l.state, ''), coalesce(l.layout_hash, ''), coalesce(l.hash, ''), coalesce(b.leaf, u.leaf), u.made_zone,
	coalesce(l.proof, ''),
	coalesce(e.body ->> 'at', ''), coalesce(e.body ->> 'who', ''), coalesce((SELECT name FROM people WHERE id = e.body ->> 'who'), ''),
	coalesce(e.body ->> 'why', ''),
	(SELECT count(*) FROM attempts WHERE serial = u.serial),
	(SELECT count(*) FROM attempts WHERE serial = u.serial AND ` + store.AttemptDeviates + `),
	(SELECT count(*) FROM attempts t JOIN verdicts v ON v.attempt = t.id WHERE t.serial = u.serial AND ` + store.PassedWarned + `),
	(SELECT count(*) FROM prints WHERE serial = u.serial), coalesce(w.n, 0),
	(SELECT count(*) FROM moves WHERE serial = u.serial AND ` + store.MoveDeviates + `)
	FROM (SELECT u.serial FROM units u WHERE {} ORDER BY u.serial LIMIT -1) k
	CROSS JOIN units u ON u.serial = k.serial
	JOIN orders o ON o.id = u.work_order
	JOIN products p ON p.ref = u.ref AND p.version = u.version
	LEFT JOIN bindings b ON b.serial = u.serial
	LEFT JOIN allocations a ON a.id = b.allocation
	LEFT JOIN leaves e ON e.number = b.leaf AND b.superseded <> 0
	LEFT JOIN (SELECT serial, count(*) AS n FROM alarms GROUP BY serial) w ON w.serial = u.serial
	LEFT JOIN prints l ON l.id = (SELECT id FROM prints WHERE serial = u.serial AND binding = b.id ORDER BY n DESC LIMIT 1)`

// UnitLines calls do for each line of the units in a scope, by serial, the live
// binding first. The line is only good until do returns.
func (s *Snapshot) UnitLines(ctx context.Context, scope record.ExportSubject, do func(*record.UnitLine) error) error {
	var l record.UnitLine
	into := []any{
		&l.Serial, &l.Disposition, &l.Order, &l.Lot, &l.REF, &l.Version, &l.Product, &l.GTIN, &l.Made,
		&l.Binding, &l.State, &l.IMEI, &l.IMEI2, &l.ICCID, &l.IMSI, &l.EID,
		&l.Maker, &l.Model, &l.Firmware, &l.BoundAt, &l.BoundBy, &l.ByName, &l.Station,
		&l.TAC, &l.SNRFrom, &l.SNRTo, &l.Cert, &l.Label, &l.LabelWas, &l.Layout, &l.Dots, &l.Leaf, &l.MadeZone, &l.Proof,
		&l.GivenUpAt, &l.GivenUpBy, &l.GivenUpName, &l.GivenUpWhy, &l.Tries, &l.Failed, &l.Warned, &l.Labels, &l.Alarms, &l.Changes,
	}
	query, last := strings.Replace(unitLines, "{}", scopes[scope.By].units, 1), ""
	return store.AsFault(s.view.reads.Each(ctx, query, SubjectArgs(scope), func(scan func(...any) error) error {
		if err := scan(into...); err != nil {
			return err
		}
		if l.Serial < last {
			return errors.New("the units came out of order")
		}
		last = l.Serial
		printed := station.Print{State: station.PrintState(l.LabelWas), Proof: station.ScanProof{Method: station.ScanMethod(l.Proof)}}
		l.Proof = printed.ProvenBy()
		return do(&l)
	}))
}

func (s *Snapshot) eachSerial(ctx context.Context, query string, scope record.ExportSubject, do func(string) error) error {
	return store.AsFault(s.view.reads.Each(ctx, query, SubjectArgs(scope), func(scan func(...any) error) error {
		var serial string
		if err := scan(&serial); err != nil {
			return err
		}
		return do(serial)
	}))
}
