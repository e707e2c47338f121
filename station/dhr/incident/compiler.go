// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/scope"
)

// compiler makes conditions in SQL of the nodes of a scope; scopetest.Match is what
// each must say of a unit.
type compiler struct {
	unitSource
	aliases func(identity.Alias) (identity.Kind, string, error) // the number that one stands for, or ""
	had     func(query.Term) (bool, error)                      // whether a unit has, or had, exactly that
	zone    *time.Location
	product bool // the query needs the product of the unit
	attempt bool // or the attempt that bound it
}

// sql is a piece of a query with its arguments.
type sql struct {
	text string
	args []any
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
