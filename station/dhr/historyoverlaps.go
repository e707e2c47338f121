// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"fmt"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// overlapQuery finds what a given-up row of the lists that go with ?1 may contradict:
// by its serial, or by a number that another has.
var overlapQuery = func() string {
	const given = `SELECT a.file, a.n, a.serial, a.imei, a.imei2, a.iccid, a.eid, a.since, a.ended, a.dated, a.undated`
	listed := func(on string) string {
		return given + `, iif(b.file = a.file, 'row ' || b.n, 'list ' || b.file || ', row ' || b.n),
			b.serial, b.imei, b.imei2, b.iccid, b.eid, b.since, b.ended, b.dated, b.undated, b.state IN ` + store.LiveBindings + `
			FROM history_files f CROSS JOIN imported_bindings a ON a.file = f.id CROSS JOIN imported_bindings b ON ` + on + ` JOIN history_files g ON g.id = b.file
			WHERE f.goes_with = ?1 AND f.state IN ` + store.OpenLists + ` AND a.state = '` + string(station.BindingEnded) + `' AND b.state IN ` + store.CountingBindings + `
			AND (g.id = ?1 OR g.state IN ` + store.CountingLists + ` OR g.goes_with = ?1 AND g.state IN ` + store.OpenLists + `) AND (b.file <> a.file OR b.n < a.n)`
	}
	ours := func(on string) string {
		return given + `, 'unit ' || b.serial, b.serial, b.imei, b.imei2, b.iccid, b.eid, b.at, b.ended, '', '', b.superseded = 0
			FROM history_files f CROSS JOIN imported_bindings a ON a.file = f.id CROSS JOIN bindings b ON ` + on + `
			WHERE f.goes_with = ?1 AND f.state IN ` + store.OpenLists + ` AND a.state = '` + string(station.BindingEnded) + `'`
	}
	on := []string{`b.serial = a.serial`}
	for _, e := range station.Exclusions {
		on = append(on, fillIn(e, `b.{others} IN {forms} AND b.{others} <> '' AND a.{own} <> ''`))
	}
	var all []string
	for _, by := range on {
		all = append(all, listed(by), ours(by))
	}
	return strings.Join(all, ` UNION `)
}()

// eachOverlap calls do for each given-up row that cannot have been beside another, by
// [station.BindingPeriod.Contradicts], and for each row that is dated after it was brought in.
func eachOverlap(q store.Queryer, id int64, do func(record.Clash)) error {
	err := q.Each(overlapQuery, []any{id}, func(scan func(...any) error) error {
		c, a, b := record.Clash{Code: station.BindingsOverlap}, station.BindingPeriod{}, station.BindingPeriod{}
		into := append([]any{&c.File, &c.Row}, intoPeriod(&a)...)
		into = append(append(into, &c.With), intoPeriod(&b)...)
		if err := scan(append(into, &b.Live)...); err != nil {
			return err
		}
		if c.Serial = a.Serial; a.Contradicts(b) {
			do(c)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("given-up bindings that overlap: %w", err)
	}
	return eachAhead(q, id, do)
}

// eachAhead calls do for each row of a list, and of what goes with it, that is dated
// after it was brought in ([station.DatedAhead]).
func eachAhead(q store.Queryer, id int64, do func(record.Clash)) error {
	return q.Each(`SELECT a.file, a.n, a.serial, 'the time of its import', a.since, a.ended, f.at FROM history_files f CROSS JOIN imported_bindings a ON a.file = f.id
		WHERE (f.id = ?1 OR f.goes_with = ?1 AND f.state IN `+store.OpenLists+`) AND a.state IN `+store.CountingBindings+` AND (a.since > f.at OR a.ended > f.at)`,
		[]any{id}, func(scan func(...any) error) error {
			c := record.Clash{Code: station.BindingsOverlap}
			var since, ended, imported time.Time
			err := scan(&c.File, &c.Row, &c.Serial, &c.With, (*store.Instant)(&since), (*store.Instant)(&ended), (*store.Instant)(&imported))
			if station.DatedAhead(since, ended, imported) {
				do(c)
			}
			return err
		})
}

func intoPeriod(p *station.BindingPeriod) []any {
	return []any{&p.Serial, &p.IMEI, &p.IMEI2, &p.ICCID, &p.EID, (*store.Instant)(&p.From), (*store.Instant)(&p.To), &p.Dated, &p.Undated}
}

func fillIn(e station.Exclusion, query string) string {
	return strings.NewReplacer("{own}", string(e.Own), "{others}", string(e.Others),
		"{forms}", formsInSQL("a."+string(e.Own), e.Own), "{theirs}", formsInSQL("b."+string(e.Others), e.Others)).Replace(query)
}

// formsInSQL are the forms of a number in a column, as [station.Binding.Forms] has
// them.
func formsInSQL(column string, n station.Number) string {
	list := []string{column}
	for i := 1; i < formsOf(n); i++ {
		list = append(list, fmt.Sprintf("%s(%s, %d)", store.FormFunction, column, i))
	}
	return "(" + strings.Join(list, ", ") + ")"
}
