// SPDX-License-Identifier: Apache-2.0

// Package incident answers what a record says of an incident: which units it is
// about.
package incident

import (
	"context"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/scope"
)

// Count counts the units in a scope. Days are those of the zone. A condition that
// the record cannot answer is a [scope.ExprError].
func Count(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location) (n int, err error) {
	s, err := compile(ctx, from, e, zone, "count(*)")
	if err != nil {
		return 0, err
	}
	err = from.QueryRowContext(ctx, "SELECT ("+s[0].text+") + ("+s[1].text+")", append(s[0].args, s[1].args...)...).Scan(&n)
	return n, store.AsFault(err)
}

// Units calls do for the serial of each unit in a scope, in their order.
func Units(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location, do func(serial string)) error {
	return list(ctx, from, e, zone, 0, -1, do)
}

// Page lists the serials of up to most units in a scope, in their order, without
// the first skip.
func Page(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location, skip, most int) (page []string, err error) {
	err = list(ctx, from, e, zone, skip, most, func(serial string) { page = append(page, serial) })
	return page, err
}

// list calls do for some of the units; most is -1 for all of them.
func list(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location, skip, most int, do func(serial string)) error {
	s, err := compile(ctx, from, e, zone, "u.serial")
	if err != nil {
		return err
	}
	rows, err := from.QueryContext(ctx, s[0].text+" UNION ALL "+s[1].text+" ORDER BY 1 LIMIT ? OFFSET ?", append(append(s[0].args, s[1].args...), most, skip)...)
	if err != nil {
		return store.AsFault(err)
	}
	defer rows.Close()
	for rows.Next() {
		var serial string
		if err := rows.Scan(&serial); err != nil {
			return store.AsFault(err)
		}
		do(serial)
	}
	return store.AsFault(rows.Err())
}

// sql is a piece of a query with its arguments.
type sql struct {
	text string
	args []any
}

// compile makes the two queries of a scope: for units of ours, and for those from
// before the record. What a unit is bound to now stands beside it; a unit without
// a live binding has none of that.
func compile(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location, what string) (list [2]sql, err error) {
	for i, of := range []unitSource{ours, before} {
		c := compiler{unitSource: of, zone: zone, aliases: aliasesOf(ctx, from)}
		s, err := c.expr(e)
		if err != nil {
			return list, err
		}
		text := "SELECT " + what + " FROM " + of.rows
		if c.product {
			text += of.products
		}
		if c.attempt {
			text += of.attempts
		}
		list[i] = sql{text + " WHERE " + of.where + s.text, s.args}
	}
	return list, nil
}

// unitSource is where units stand: u, with their live binding b.
type unitSource struct {
	rows, where        string
	products, attempts string // joins that some fields need
	columns            map[scope.Field]string
	made               string // "" or NULL where it is not known
	gtin, lot          string // conditions of a label, with ? for the value
	swapped            string // that the SIM of b was swapped in the field
}

var ours = unitSource{
	rows:     `units u JOIN orders o ON o.id = u.work_order LEFT JOIN bindings b ON b.serial = u.serial AND b.superseded = 0`,
	products: ` JOIN products p ON p.ref = u.ref AND p.version = u.version`,
	// The newest attempt that began before the unit was bound is the one that bound it.
	attempts: ` LEFT JOIN attempts a ON a.id = (SELECT max(x.id) FROM attempts x WHERE x.serial = u.serial AND x.started <= b.at)
		LEFT JOIN evidence e ON e.attempt = a.id`,
	columns: map[scope.Field]string{
		scope.Maker: "b.maker", scope.Module: "b.model", scope.Firmware: "b.firmware", scope.REF: "u.ref", scope.Lot: "o.lot", scope.Order: "u.work_order",
		scope.Station: "a.station", scope.Operator: "b.person", scope.Layout: "p.layout", scope.Dialect: "e.reading ->> '$.dialect'",
		scope.Program: store.VersionFunction + "(a.program)", scope.Disposition: "u.disposition",
	},
	made: "u.made", gtin: "p.gtin = ?", lot: "o.lot = ?", swapped: store.Swapped,
}

// before are units from before the record. What their lists do not tell is not
// known. One that a station has bound since is one of ours, and of several rows of
// a serial the one counts that was not given up, else the newest.
var before = unitSource{
	rows: `imported_units u JOIN history_files h ON h.id = u.file AND h.state IN ` + store.CountingLists + `
		LEFT JOIN imported_bindings b ON b.file = u.file AND b.n = u.n AND b.state IN ` + store.LiveBindings,
	where: `u.disposition <> '` + string(station.LeftOut) + `' AND NOT EXISTS (SELECT 1 FROM units x WHERE x.serial = u.serial)
		AND NOT (u.disposition IN ` + store.GivenUp + ` AND EXISTS (SELECT 1 FROM accepted_units x WHERE x.folded = u.folded AND (x.disposition NOT IN ` + store.GivenUp + ` OR x.file > u.file))) AND `,
	columns: map[scope.Field]string{
		scope.Maker: "b.maker", scope.Module: "b.model", scope.Firmware: "b.firmware", scope.REF: "u.ref", scope.Lot: "u.lot", scope.Order: "u.work_order",
		scope.Station: "u.station", scope.Operator: "u.operator", scope.Layout: "NULL", scope.Dialect: "NULL", scope.Program: "NULL",
		scope.Disposition: "u.disposition",
	},
	made: "nullif(u.made, '')", gtin: "u.ref IN (SELECT ref FROM products WHERE gtin = ?)", lot: "u.lot = ?", swapped: store.SwappedOld,
}
