// SPDX-License-Identifier: Apache-2.0

// Package incident answers what a record says of an incident: which units it is
// about.
package incident

import (
	"context"
	"time"

	"bindery/station/dhr/store"
	"bindery/station/scope"
)

// Count counts the units in a scope. Days are those of the zone. A condition that
// the record cannot answer is a [scope.Error].
func Count(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location) (n int, err error) {
	s, err := compile(e, zone)
	if err != nil {
		return 0, err
	}
	err = from.QueryRowContext(ctx, "SELECT count(*) FROM "+s.text, s.args...).Scan(&n)
	return n, store.AsFault(err)
}

// Units calls do for the serial of each unit in a scope, in their order.
func Units(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location, do func(serial string)) error {
	s, err := compile(e, zone)
	if err != nil {
		return err
	}
	rows, err := from.QueryContext(ctx, "SELECT u.serial FROM "+s.text+" ORDER BY u.serial", s.args...)
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

// Page lists the serials of up to most units in a scope, in their order, without
// the first skip.
func Page(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location, skip, most int) ([]string, error) {
	s, err := compile(e, zone)
	if err != nil {
		return nil, err
	}
	var list []string
	rows, err := from.QueryContext(ctx, "SELECT u.serial FROM "+s.text+" ORDER BY u.serial LIMIT ? OFFSET ?", append(s.args, most, skip)...)
	if err != nil {
		return nil, store.AsFault(err)
	}
	defer rows.Close()
	for rows.Next() {
		var serial string
		if err := rows.Scan(&serial); err != nil {
			return nil, store.AsFault(err)
		}
		list = append(list, serial)
	}
	return list, store.AsFault(rows.Err())
}

// sql is a piece of a query with its arguments.
type sql struct {
	text string
	args []any
}

// compile makes the query of a scope: all behind FROM. What a unit is bound to now
// stands beside it; a unit without a live binding has none of that.
func compile(e scope.Expr, zone *time.Location) (sql, error) {
	c := compiler{zone: zone}
	s, err := c.expr(e)
	if err != nil {
		return sql{}, err
	}
	text := `units u JOIN orders o ON o.id = u.work_order LEFT JOIN bindings b ON b.serial = u.serial AND b.superseded = 0`
	if c.product {
		text += ` JOIN products p ON p.ref = u.ref AND p.version = u.version`
	}
	if c.attempt { // the newest that began before the unit was bound: the one that bound it
		text += ` LEFT JOIN attempts a ON a.id = (SELECT max(x.id) FROM attempts x WHERE x.serial = u.serial AND x.started <= b.at)
			LEFT JOIN evidence e ON e.attempt = a.id`
	}
	return sql{text + " WHERE " + s.text, s.args}, nil
}
