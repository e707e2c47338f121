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
	err = from.Each(ctx, s[0].text+" UNION ALL "+s[1].text+" ORDER BY 1 LIMIT ? OFFSET ?", append(append(s[0].args, s[1].args...), most, skip),
		func(scan func(...any) error) error {
			var serial string
			err := scan(&serial)
			do(serial)
			return err
		})
	return store.AsFault(err)
}

// compile makes the two queries of a scope: for units of ours, and for those from
// before the record. What a unit is bound to now stands beside it; a unit without
// a live binding has none of that.
func compile(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location, what string) (list [2]sql, err error) {
	for i, of := range []unitSource{ours, before} {
		c := compiler{unitSource: of, zone: zone, aliases: aliasesOf(ctx, from), had: hadIn(ctx, from)}
		if list[i], err = c.query(e, what); err != nil {
			return list, err
		}
	}
	return list, nil
}

// query asks for something of the units in a scope.
func (c *compiler) query(e scope.Expr, what string) (sql, error) {
	s, err := c.expr(e)
	if err != nil {
		return sql{}, err
	}
	text := "SELECT " + what + " FROM " + c.rows
	if c.product {
		text += c.products
	}
	if c.attempt {
		text += c.attempts
	}
	return sql{text + " WHERE " + c.where + s.text, s.args}, nil
}
