// SPDX-License-Identifier: Apache-2.0

package browse

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/query"
	"bindery/station/record"
)

// search leads to all that a text can mean: people, lots, orders, products,
// units by any number that they ever held, the leaf of a number, the units of
// some days. Nothing that fits is no error.
func (w *snapshotBrowser) search(text string) ([]record.Link, error) {
	text = strings.TrimSpace(text)
	if p, ok := byForm(text); ok {
		return w.ifPresent(p)
	}
	var list []record.Link
	for _, set := range searches {
		var err error
		if list, err = w.appendLinks(list, set, []any{text, ""}, record.MostFound, 0); err != nil {
			return nil, store.AsFault(err)
		}
	}
	found, err := w.Find(w.ctx, text)
	if err != nil || found.Took == query.Order || found.Took == query.Lot {
		return list, err
	}
	for _, u := range found.Units {
		one := record.Link{To: record.Node{Kind: record.KindUnit, Name: u.Serial}, Text: u.Serial, State: cmp.Or(string(u.Disposition), neverUnit), By: w.masked(u.IMEI)}
		if u.BoundAt != nil {
			one.At = *u.BoundAt
		}
		list = append(list, one)
	}
	return list, nil
}

// interpreted is what a text was taken for. Of one that led to something else than
// units, such as a person, there is nothing to say.
func (w *snapshotBrowser) interpreted(text string) (*record.Matches, error) {
	text = strings.TrimSpace(text)
	if _, ok := byForm(text); ok {
		return nil, nil
	}
	found, err := w.Find(w.ctx, text)
	if err != nil {
		return nil, err
	}
	if found.Count == 0 && found.Took != query.Refused {
		if list, err := w.search(text); err != nil || len(list) > 0 {
			return nil, err
		}
	}
	found.Units = nil
	return &found, nil
}

// ifPresent leads to a place, but not to a leaf that there is not.
func (w *snapshotBrowser) ifPresent(p record.Node) ([]record.Link, error) {
	if p.Kind == record.KindLeaf {
		if _, err := w.leafNumbered(p.Name); errors.Is(err, store.ErrNotFound) {
			return nil, nil
		} else if err != nil {
			return nil, err
		}
	}
	return []record.Link{{To: p, Text: p.Name}}, nil
}

// searches are by what a text is looked for, beside units. No order and no lot
// is left out because it has no unit yet.
var searches = []relation{
	{record.KindPerson, `SELECT id, name, iif(active, role, 'retired'), '', id FROM people
		WHERE instr(lower(name), lower(?1)) OR id = ?1 OR badge = ?1 ORDER BY name`},
	{record.KindLot, `SELECT lot, lot, '', '', '' FROM orders WHERE instr(lot, ?1) GROUP BY lot ORDER BY lot`},
	{record.KindOrder, toOrder + `WHERE instr(id, ?1)` + newestLast},
	{record.KindProduct, toProduct + `WHERE instr(p.ref, ?1) ORDER BY p.ref, p.version DESC`},
}

// neverUnit is the state of a serial that never became a unit.
const neverUnit = string(station.Fail)

// byForm is a place that a text names by its form: a leaf as #14, days as
// 2026-07-01 or 2026-07-01..2026-07-14.
func byForm(text string) (record.Node, bool) {
	if number, ok := strings.CutPrefix(text, "#"); ok {
		n, err := strconv.ParseInt(number, 10, 64)
		return record.Node{Kind: record.KindLeaf, Name: decimal(n)}, err == nil
	}
	first, last, ok := strings.Cut(text, "..")
	if !ok {
		last = first
	}
	for _, day := range []string{first, last} {
		if _, err := station.ParseDay(day); err != nil {
			return record.Node{}, false
		}
	}
	return record.Node{Kind: record.KindDates, Name: first + "/" + last}, true
}
