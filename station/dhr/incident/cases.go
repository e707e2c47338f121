// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"context"
	"encoding/json"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/record"
	"bindery/station/scope"
)

// OpenCase lists the units of c.Expr as they are now and keeps them as a case;
// days are those of the zone. Units and the last leaf of c are filled in here.
// Errors are those of [Units] and [dhr.DHR.OpenCase].
func OpenCase(ctx context.Context, d *dhr.DHR, by string, c record.NewCaseList, zone *time.Location) (leaf int64, err error) {
	c.Expr = scope.Fix(c.Expr, zone)
	if err := listUnits(ctx, d, &c); err != nil {
		return 0, err
	}
	return d.OpenCase(ctx, by, c)
}

// UpdateCase lists the units of a case anew, by its last scope where c.Expr is
// nil.
func UpdateCase(ctx context.Context, d *dhr.DHR, by string, c record.NewCaseList, zone *time.Location) (leaf int64, err error) {
	was, err := d.Case(ctx, c.Name)
	if err != nil {
		return 0, err
	}
	if c.Expr == nil {
		c.Expr = was.Saved[0].Expr
	}
	c.Name, c.Expr = was.Name, scope.Fix(c.Expr, zone)
	if err := listUnits(ctx, d, &c); err != nil {
		return 0, err
	}
	return d.UpdateCase(ctx, by, c)
}

// listUnits lists the units of a scope at one moment, while benches go on writing.
func listUnits(ctx context.Context, d *dhr.DHR, c *record.NewCaseList) error {
	s, err := d.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer s.Close() //nolint:errcheck // it was only read
	head, err := s.Head(ctx)
	if err != nil {
		return err
	}
	c.AsOf, c.Units = head.Number, []string{}
	return Units(ctx, &s.Reader, c.Expr, time.UTC, func(serial string) { c.Units = append(c.Units, serial) })
}

// Changes tells which units came into the scope of a case since it was saved last
// and which left it, with the newest entry about each: mostly why.
func Changes(ctx context.Context, d *dhr.DHR, c record.Case) (record.CaseChanges, error) {
	var changes record.CaseChanges
	last := c.Saved[0]
	then, err := d.CaseUnits(ctx, c.ID, last.N)
	if err != nil {
		return changes, err
	}
	s, err := d.Snapshot(ctx)
	if err != nil {
		return changes, err
	}
	defer s.Close() //nolint:errcheck // it was only read
	var now []string
	if err := Units(ctx, &s.Reader, last.Expr, time.UTC, func(serial string) { now = append(now, serial) }); err != nil {
		return changes, err
	}
	added, gone := station.CompareLists(then, now)
	changes.Then, changes.Now = len(then), len(now)
	if changes.Added, err = explained(ctx, &s.Reader, added, last.AsOf); err != nil {
		return changes, err
	}
	changes.Gone, err = explained(ctx, &s.Reader, gone, last.AsOf)
	return changes, err
}

// selectNewest finds the newest leaf that wrote of a unit; what a list of another
// system says counts from the leaf that accepted the list.
const selectNewest = `SELECT s.serial, l.number, l.body ->> 'what', l.body ->> 'why', l.body ->> 'who', l.body ->> 'at' FROM (
		SELECT j.key, j.value AS serial, (SELECT max(leaf) FROM (
			SELECT leaf FROM units WHERE serial = j.value
			UNION ALL SELECT leaf FROM bindings WHERE serial = j.value
			UNION ALL SELECT leaf FROM flags WHERE serial = j.value
			UNION ALL SELECT leaf FROM subscriptions WHERE serial = j.value
			UNION ALL SELECT leaf FROM imported_units WHERE serial = j.value
			UNION ALL SELECT leaf FROM imported_bindings WHERE serial = j.value
			UNION ALL SELECT f.leaf FROM imported_units i JOIN history_files f ON f.id = i.file WHERE i.serial = j.value)) AS leaf
		FROM json_each(?1) j) s
	LEFT JOIN leaves l ON l.number = s.leaf AND l.number > ?2 ORDER BY s.key`

func explained(ctx context.Context, from *store.Reader, serials []string, since int64) ([]record.UnitChange, error) {
	list := []record.UnitChange{}
	text, err := json.Marshal(serials)
	if err != nil || len(serials) == 0 {
		return list, err
	}
	err = from.Each(ctx, selectNewest, []any{string(text), since}, func(scan func(...any) error) error {
		var c record.UnitChange
		var leaf *int64
		var what, why, by *string
		var at time.Time
		if err := scan(&c.Serial, &leaf, &what, &why, &by, (*store.Instant)(&at)); err != nil {
			return err
		}
		if leaf != nil {
			c.Leaf, c.What, c.Why, c.By, c.At = *leaf, *what, *why, *by, &at
		}
		list = append(list, c)
		return nil
	})
	return list, store.AsFault(err)
}
