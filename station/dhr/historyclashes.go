// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// clashQuery finds rows of the list ?1 that are at odds with something. It gives
// the list, the row, its serial and what it is at odds with.
type clashQuery struct {
	code station.Code
	text string
}

// clashQueries are all that there are. Of two rows of a list the later one is
// named: whichever is left out, the other stays. A clash within a list names the
// row, one with another the list as well.
var clashQueries = allClashQueries()

func allClashQueries() []clashQuery {
	list := []clashQuery{
		{station.SerialInUse, `SELECT a.file, a.n, a.serial, iif(b.file = a.file, 'row ' || b.n, 'list ' || b.file || ', row ' || b.n)
			FROM imported_units a CROSS JOIN imported_units b ON b.folded = a.folded AND (b.file <> a.file OR b.n < a.n)
			JOIN history_files f ON f.id = b.file
			WHERE a.file = ?1 AND a.disposition NOT IN ` + store.GivenUp + ` AND b.disposition NOT IN ` + store.GivenUp + ` AND (b.file = a.file OR f.state IN ` + store.CountingLists + `)`},
		{station.SerialInUse, `SELECT a.file, a.n, a.serial, 'unit ' || b.serial FROM imported_units a CROSS JOIN units b
			ON b.folded = a.folded AND b.folded <> '' WHERE a.file = ?1 AND a.disposition NOT IN ` + store.GivenUp},
		{station.SerialInUse, `SELECT a.file, a.n, a.serial, 'unit ' || b.serial FROM imported_units a CROSS JOIN units b
			ON lower(b.serial) = +a.folded AND b.folded = '' WHERE a.file = ?1 AND a.disposition NOT IN ` + store.GivenUp},
		{station.NotRecorded, `SELECT a.file, a.n, a.serial, 'no unit of this serial' FROM history_files f CROSS JOIN imported_bindings a ON a.file = f.id
			WHERE f.goes_with = ?1 AND f.state IN ` + store.OpenLists + ` AND a.state = '` + string(station.BindingEnded) + `'
			AND NOT EXISTS (SELECT 1 FROM imported_units u WHERE u.serial = a.serial AND u.file = ?1 AND u.disposition NOT IN ` + store.GivenUp + `)
			AND NOT EXISTS (SELECT 1 FROM accepted_units u WHERE u.serial = a.serial) AND NOT EXISTS (SELECT 1 FROM units u WHERE u.serial = a.serial)`},
	}
	for _, e := range station.Exclusions {
		list = append(list, clashQuery{e.Code, fillIn(e, `SELECT a.file, a.n, a.serial, iif(b.file = a.file, 'row ' || b.n, 'list ' || b.file || ', row ' || b.n)
			FROM imported_bindings a CROSS JOIN imported_bindings b ON b.{others} IN {forms} AND b.{others} <> '' AND (b.file <> a.file OR b.n < a.n)
			JOIN history_files f ON f.id = b.file
			WHERE a.file = ?1 AND a.state IN `+store.LiveBindings+` AND a.{own} <> '' AND b.state IN `+store.LiveBindings+` AND (b.file = a.file OR f.state IN `+store.CountingLists+`)`)},
			ourBindings.clashQuery(e, ""))
		if swappedSIMs.has(e.Others) { // the unit itself may have the SIM that its row has
			list = append(list, swappedSIMs.clashQuery(e, ` AND b.serial <> a.serial`))
		}
	}
	return list
}

// clashQuery finds rows of a list of which h holds a number.
func (h holder) clashQuery(e station.Exclusion, of string) clashQuery {
	return clashQuery{e.Code, fillIn(e, `SELECT a.file, a.n, a.serial, 'unit ' || b.serial
		FROM imported_bindings a CROSS JOIN `+h.table+` b ON b.{others} IN {forms} AND b.{others} <> '' AND `+h.live+of+`
		WHERE a.file = ?1 AND a.state IN `+store.LiveBindings+` AND a.{own} <> ''`)}
}

// clashing is the condition that a row of the list ?1 has a number which a row b of h
// holds.
func (h holder) clashing(of string) string {
	var terms []string
	for _, e := range station.Exclusions {
		if h.has(e.Others) {
			terms = append(terms, fillIn(e, `EXISTS (SELECT 1 FROM imported_bindings a
				WHERE a.file = ?1 AND a.state IN `+store.LiveBindings+` AND a.{own} <> '' AND b.{others} <> '' AND a.{own} IN {theirs}`+of+`)`))
		}
	}
	return strings.Join(terms, ` OR `)
}

// MostClashes is how many clashes are listed; more help nobody.
const MostClashes = 1000

// Clashes lists the rows of a list, and of what goes with it, that are at odds
// with others or with the record, and how many there are. Somebody with the
// quality role leaves one of each pair out, or the list is withdrawn.
func (d *DHR) Clashes(ctx context.Context, id int64) (list []record.Clash, n int, err error) {
	q := readTx{ctx, d}
	if _, err = withHistory(q, id); err == nil {
		list, n, err = clashesOf(q, id)
	}
	return list, n, store.AsFault(err)
}

func clashesOf(q store.Queryer, id int64) (list []record.Clash, n int, err error) {
	list = []record.Clash{}
	add := func(c record.Clash) {
		if n++; n <= MostClashes {
			list = append(list, c)
		}
	}
	for _, c := range clashQueries {
		err := q.Each(c.text, []any{id}, func(scan func(...any) error) error {
			clash := record.Clash{Code: c.code}
			err := scan(&clash.File, &clash.Row, &clash.Serial, &clash.With)
			add(clash)
			return err
		})
		if err != nil {
			return nil, 0, err
		}
	}
	if err := eachLookAlike(q, id, add); err != nil {
		return nil, 0, err
	}
	if err := eachOverlap(q, id, add); err != nil {
		return nil, 0, err
	}
	slices.SortStableFunc(list, func(a, b record.Clash) int { return int(a.File-b.File)<<32 + int(a.Row-b.Row) })
	return list, n, nil
}

// AcceptHistory signs a list, as an approval, and all that goes with it: from
// then on it counts. Who brought some of it in may not, and it must be as it was shown
// to who signs: see [DHR.HistoryReview].
func (d *DHR) AcceptHistory(ctx context.Context, s record.Signing, id int64) (leaf int64, err error) {
	p, err := d.signs(ctx, s)
	if err != nil {
		return 0, err
	}
	if err := station.AllowApproval(s.Meaning); err != nil {
		return 0, err
	}
	// A million rows are looked at before the lock is taken, for no unit could be
	// bound meanwhile; under it, only what came since.
	before, err := d.readListState(ctx, id)
	if err != nil {
		return 0, store.AsFault(err)
	}
	return d.write(ctx, auditEntry{what: "accept-history", subject: historySubject(id), who: p.ID}, func(t *tx) error {
		files, err := withHistory(t, id)
		if err != nil {
			return err
		}
		since, err := t.clashesSince(id, before)
		if err != nil {
			return err
		}
		if p, err = t.person(p.ID); err != nil { // they signed in before this transaction
			return err
		}
		if err := station.AllowHistory(p, before.clashes+since, files[0], files[1:]...); err != nil {
			return err
		}
		review, statement, err := reviewOf(t, files)
		if err != nil {
			return err
		}
		if err := s.Saw(review.Shown); err != nil {
			return err
		}
		signature, err := t.sign(p, s.Meaning, historySubject(id), statement)
		if err != nil {
			return err
		}
		return t.eachOfHistory(id, store.Values{"state": string(station.HistoryAccepted), "signature": signature})
	})
}

// listState is what was known of a list at a moment.
type listState struct {
	clashes                         int
	binding, subscription, accepted int64 // the last of each then
}

var selectListState = `SELECT (SELECT coalesce(max(id), 0) FROM bindings), (SELECT coalesce(max(id), 0) FROM subscriptions),
	(SELECT count(*) FROM history_files WHERE state IN ` + store.CountingLists + `)`

// readListState asks at one moment of the record.
func (d *DHR) readListState(ctx context.Context, id int64) (l listState, err error) {
	snap, err := d.Snapshot(ctx)
	if err != nil {
		return l, err
	}
	q := readTx{ctx, snap.view}
	err = q.Get(selectListState, nil, &l.binding, &l.subscription, &l.accepted)
	if err == nil {
		_, l.clashes, err = clashesOf(q, id)
	}
	return l, errors.Join(err, snap.Close())
}

// clashesSince counts the clashes with what came into the record after a moment.
func (t *tx) clashesSince(id int64, l listState) (n int, err error) {
	var now listState
	if err := t.Get(selectListState, nil, &now.binding, &now.subscription, &now.accepted); err != nil {
		return 0, err
	}
	if now.accepted != l.accepted { // another list, in these seconds
		_, n, err := clashesOf(t, id)
		return n, err
	}
	err = t.Get(`SELECT count(*) FROM bindings b WHERE b.id > ?2 AND `+ourBindings.live+` AND (`+ourBindings.clashing("")+`
		OR EXISTS (SELECT 1 FROM imported_units a JOIN units u ON u.folded = a.folded WHERE u.serial = b.serial AND a.file = ?1 AND a.disposition NOT IN `+store.GivenUp+`))`,
		[]any{id, l.binding}, &n)
	if err != nil || now.subscription == l.subscription {
		return n, err
	}
	var more int
	err = t.Get(`SELECT count(*) FROM subscriptions b WHERE b.id > ?2 AND `+swappedSIMs.live+` AND (`+swappedSIMs.clashing(` AND a.serial <> b.serial`)+`)`,
		[]any{id, l.subscription}, &more)
	return n + more, err
}
