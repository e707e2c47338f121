// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/query"
	"bindery/station/record"
)

// searchColumns are those of a field, by how a value is held against them. Whole values
// and beginnings go by an index of theirs; what is folded is few, or has one. Parts go
// by the index of parts, and a pattern that has too little in one piece reads all.
type searchColumns struct{ exact, folded, parts, scanned []searchColumn }

// What may be "" has only the others in its index: to be led there, a query must
// leave "" out too.
const (
	ofUnits    = `SELECT serial FROM units WHERE {}`
	ofFolded   = `SELECT serial FROM units WHERE folded <> '' AND {}`
	ofUnfolded = `SELECT serial FROM units WHERE folded = '' AND {}`
	ofTried    = `SELECT serial FROM attempts WHERE {}`
	ofImported = `SELECT serial FROM accepted_units WHERE {}`
	ofOrders   = `SELECT u.serial FROM orders o CROSS JOIN units u ON u.work_order = o.id WHERE {}`
	ofProducts = `SELECT u.serial FROM products p CROSS JOIN orders o ON o.ref = p.ref AND o.version = p.version
		CROSS JOIN units u ON u.work_order = o.id WHERE {}`
)

var placesOf = map[query.TermField]searchColumns{
	query.SerialField:  {exact: []searchColumn{{ofUnits, "serial"}, {ofTried, "serial"}, {ofImported, "serial"}}, folded: serials, parts: partsOfSerials, scanned: serials},
	query.IMEIField:    ofIdentities(bindings("imei"), bindings("imei2")),
	query.ICCIDField:   ofIdentities(bindings("iccid"), swaps("iccid")),
	query.IMSIField:    ofIdentities(bindings("imsi"), swaps("imsi")),
	query.EIDField:     ofIdentities(bindings("eid"), swaps("eid")),
	query.OrderField:   {exact: []searchColumn{{ofUnits, "work_order"}, importedBy("work_order")}, folded: []searchColumn{{ofOrders, foldOf("o.id")}}, scanned: []searchColumn{{ofOrders, foldOf("o.id")}}},
	query.LotField:     {exact: []searchColumn{{ofOrders, "o.lot"}, importedBy("lot")}, folded: []searchColumn{{ofOrders, foldOf("o.lot")}}, scanned: []searchColumn{{ofOrders, foldOf("o.lot")}}},
	query.REFField:     {exact: []searchColumn{{ofProducts, "p.ref"}}, folded: []searchColumn{{ofProducts, foldOf("p.ref")}}},
	query.GTINField:    {exact: []searchColumn{{ofProducts, "p.gtin"}}},
	query.AttemptField: {exact: []searchColumn{{ofTried, "id"}}},
}

var serials = []searchColumn{{ofFolded, "folded"}, {ofUnfolded, "lower(serial)"}, {ofImported, "folded"}}

// importedBy is a text of units from before the record, as their list has it; of
// those that a station has bound since, their order says.
func importedBy(column string) searchColumn {
	return searchColumn{ofImported + ` AND ` + column + ` <> '' AND NOT EXISTS (SELECT 1 FROM units x WHERE x.serial = accepted_units.serial)`, column}
}

// inAll are the places of an identity in one origin: by its index, by the index of
// parts, and by reading all.
type inAll struct{ exact, parts, scanned []searchColumn }

// bindings are the places of an identity in bindings: by its index, by that of
// units from before the record, and by reading all of the first, a tenth of the
// table, and all of the second.
func bindings(column string) inAll {
	imported := searchColumn{`SELECT serial FROM accepted_bindings WHERE {} AND ` + column + ` <> ''`, column}
	return inAll{
		exact: []searchColumn{{`SELECT serial FROM bindings WHERE {} AND ` + column + ` <> ''`, column}, imported},
		parts: []searchColumn{
			{`SELECT b.serial FROM ` + partsOf(store.PartsOfBindings, "bindings b", "b.id") + ` AND {}`, "b." + column},
			{`SELECT serial FROM bindings WHERE id > ` + reached("bindings") + ` AND {}`, column},
			{`SELECT b.serial FROM ` + partsOf(store.PartsOfImported, "accepted_bindings b", "") + ` AND {}`, "b." + column},
		},
		scanned: []searchColumn{{`SELECT b.serial FROM bindings i CROSS JOIN bindings b ON b.id = i.id WHERE {} AND i.` + column + ` <> ''`, "i." + column}, imported},
	}
}

// swaps are the places of what a SIM has that was put into a unit in the field.
func swaps(column string) inAll {
	all := []searchColumn{{`SELECT serial FROM subscriptions WHERE {} AND ` + column + ` <> ''`, column}}
	return inAll{exact: all, parts: []searchColumn{
		{`SELECT x.serial FROM ` + partsOf(store.PartsOfSubscriptions, "subscriptions x", "x.id") + ` AND {}`, "x." + column},
		{`SELECT serial FROM subscriptions WHERE id > ` + reached("subscriptions") + ` AND {}`, column},
	}, scanned: all}
}

func ofIdentities(columns ...inAll) (p searchColumns) {
	for _, c := range columns {
		p.exact, p.parts, p.scanned = append(p.exact, c.exact...), append(p.parts, c.parts...), append(p.scanned, c.scanned...)
	}
	p.folded = p.exact
	return p
}

// foldOf folds a column of a table that has few rows.
func foldOf(column string) string {
	return strings.ReplaceAll(`iif({} GLOB '*[^ -~]*', `+store.FoldFunction+`({}), lower({}))`, "{}", column)
}

// meets is where all that a label says of a unit must stand: in its order and
// product, or in its row of a list from before the record.
var meets = []struct {
	rows    string
	columns map[query.TermField]string
}{
	{`SELECT 1 FROM units u JOIN orders o ON o.id = u.work_order JOIN products p ON p.ref = u.ref AND p.version = u.version WHERE u.serial = s.serial`,
		map[query.TermField]string{query.LotField: "o.lot", query.GTINField: "p.gtin", query.REFField: "p.ref"}},
	{`SELECT 1 FROM accepted_units u JOIN products p ON p.ref = u.ref WHERE u.serial = s.serial`,
		map[query.TermField]string{query.LotField: "u.lot", query.GTINField: "p.gtin", query.REFField: "p.ref"}},
}

// serialQuery is a query for serials with its arguments.
type serialQuery struct {
	text string
	args []any
}

// serialsOf is the query for the serials of all units that an interpretation is
// of; false where it can be of none.
func serialsOf(r query.Interpretation) (s serialQuery, ok bool) {
	var parts []string
	for _, t := range r.Any {
		one := statementsOf(t)
		for _, p := range one {
			parts, s.args = append(parts, p.text), append(s.args, p.args...)
		}
	}
	s.text = "SELECT serial FROM (" + strings.Join(parts, " UNION ALL ") + ") s"
	if len(r.All) == 0 {
		return s, len(parts) > 0
	}
	var also []string
	for _, from := range meets {
		text := from.rows
		for _, t := range r.All {
			c := condition(from.columns[t.Field], t)
			text, s.args = text+" AND "+c.text, append(s.args, c.args...)
		}
		also = append(also, "EXISTS ("+text+")")
	}
	s.text += " WHERE " + strings.Join(also, " OR ")
	return s, len(parts) > 0
}

// statementsOf are the queries of a term.
func statementsOf(t query.Term) (list []serialQuery) {
	if t.Field == query.LabelField || t.Field == query.LeafField {
		return ofNumbered(t)
	}
	p, of := placesOf[t.Field], []searchColumn(nil)
	match, ok := "", false
	switch t.How {
	case query.Exactly:
		of = p.exact
	case query.Folded, query.Beginning:
		of = p.folded
	case query.Ending, query.Containing, query.Pattern:
		of = p.scanned
		if match, ok = partsMatch(t); ok {
			of = p.parts
		} else if !possible(t) {
			return nil
		} else if head := beginningOf(t); len(head) >= longestScan && p.exact != nil && t.How == query.Pattern {
			of = p.folded
		}
	}
	for _, one := range of {
		c := condition(one.value, t)
		if strings.Contains(one.serials, byParts) {
			c.args = append([]any{match}, c.args...)
		}
		list = append(list, serialQuery{strings.Replace(one.serials, "{}", c.text, 1), c.args})
	}
	return list
}

// ofNumbered are the queries of what is known by its number, or by its hash.
func ofNumbered(t query.Term) []serialQuery {
	const labels, leaves = `SELECT serial FROM prints WHERE `, `SELECT substr(subject, 6) AS serial FROM leaves WHERE subject GLOB 'unit:*' AND `
	switch whole := len(t.Value) == 64; {
	case t.Field == query.LabelField && !whole:
		return []serialQuery{{labels + `id = ?`, []any{t.Value}}}
	case t.Field == query.LabelField:
		return []serialQuery{
			{`SELECT l.serial FROM ` + partsOf(store.PartsOfPrints, "prints l", "l.id") + ` AND l.hash = ?`, []any{store.HashEntry(t.Value), t.Value}},
			{labels + `id > ` + reached("prints") + ` AND hash = ?`, []any{t.Value}},
		}
	case !whole:
		return []serialQuery{{leaves + `number = ?`, []any{t.Value}}}
	default:
		hash, _ := hex.DecodeString(t.Value) // its form was checked
		return []serialQuery{
			{`SELECT substr(l.subject, 6) AS serial FROM ` + partsOf(store.PartsOfLeaves, "leaves l", "l.number") + ` AND l.subject GLOB 'unit:*' AND l.hash = ?`, []any{store.HashEntry(t.Value), hash}},
			{leaves + `number > ` + reached("leaves") + ` AND hash = ?`, []any{hash}},
		}
	}
}

// condition holds a value in SQL against a term, as [query.Term.Matches] does.
func condition(value string, t query.Term) serialQuery {
	want := station.Fold(t.Value)
	switch t.Field {
	case query.IMEIField, query.ICCIDField, query.IMSIField, query.EIDField, query.GTINField:
		want = strings.ToUpper(t.Value) // digits, and the letters of an ICCID
	case query.SerialField, query.OrderField, query.LotField, query.REFField, query.LabelField, query.LeafField, query.AttemptField, query.AliasField: // texts
	}
	const last = "\U0010FFFF" // of all characters
	switch t.How {
	case query.Folded:
		return serialQuery{value + " = ?", []any{want}}
	case query.Beginning:
		return serialQuery{value + " >= ? AND " + value + " < ?", []any{want, want + last}}
	case query.Ending:
		return serialQuery{"substr(" + value + ", ?) = ?", []any{-utf8.RuneCountInString(want), want}}
	case query.Containing:
		return serialQuery{"instr(" + value + ", ?) > 0", []any{want}}
	case query.Pattern:
		t.Value = want
		head := beginningOf(t)
		return serialQuery{value + " >= ? AND " + value + " < ? AND " + value + " GLOB ?", []any{head, head + last, want}}
	case query.Exactly:
	}
	return serialQuery{value + " = ?", []any{t.Value}}
}

// hit is a serial that a text led to, and the refused attempt by which it did,
// where no binding did.
type hit struct {
	serial  string
	attempt int64
	code    station.Code
}

// hits looks for an interpretation: a page of serials, and whether there are more.
func (d *DHR) hits(ctx context.Context, r query.Interpretation, skip int) (hits []hit, more bool, err error) {
	s, ok := serialsOf(r)
	if !ok {
		return nil, false, nil
	}
	list, err := d.pageOf(ctx, s, record.MostFound+1, skip)
	if err != nil {
		return nil, false, err
	}
	if len(list) == 0 && skip == 0 {
		hits, err = d.refusedWith(ctx, r)
		return hits, false, err
	}
	if len(list) > record.MostFound {
		list, more = list[:record.MostFound], true
	}
	for _, serial := range list {
		hits = append(hits, hit{serial: serial})
	}
	return hits, more, nil
}

// pageOf reads some of the serials of a query.
func (d *DHR) pageOf(ctx context.Context, s serialQuery, most, skip int) (list []string, err error) {
	err = d.reads.Each(ctx, "SELECT DISTINCT serial FROM ("+s.text+") LIMIT ? OFFSET ?", append(s.args[:len(s.args):len(s.args)], most, skip), func(scan func(...any) error) error {
		var serial string
		err := scan(&serial)
		list = append(list, serial)
		return err
	})
	return list, err
}

// count counts the units of an interpretation, as far as one does.
func (d *DHR) count(ctx context.Context, r query.Interpretation) (n int, err error) {
	s, _ := serialsOf(r)
	distinct := "DISTINCT "
	if len(r.Any) == 1 && r.Any[0].How == query.Exactly && (r.Any[0].Field == query.LotField || r.Any[0].Field == query.OrderField) {
		distinct = "" // a unit has one of each, and to sort thousands takes longer than to read them
	}
	err = d.reads.Row(ctx, "SELECT count(*) FROM (SELECT "+distinct+"serial FROM ("+s.text+") LIMIT ?)", append(s.args, record.MostCounted), []any{&n})
	return n, err
}

// refusedWith are the serials under which a refused device gave a number, each
// with the newest attempt. It is asked only for what no binding has.
func (d *DHR) refusedWith(ctx context.Context, r query.Interpretation) (hits []hit, err error) {
	var given, matches []string
	var args []any
	for _, t := range r.Any {
		if !ofIdentity(t.Field) || t.How != query.Exactly {
			continue
		}
		entry, ok := store.WholeEntry(partTags[t.Field], t.Value)
		if !ok {
			continue
		}
		matches = append(matches, entry)
		given, args = append(given, "e.reading ->> '$."+string(t.Field)+"' = ?"), append(args, t.Value)
		if t.Field == query.IMEIField {
			given, args = append(given, "e.reading ->> '$.imei2' = ?"), append(args, t.Value)
		}
	}
	if len(given) == 0 || len(r.All) > 0 {
		return nil, nil
	}
	args = append([]any{strings.Join(matches, " OR ")}, append(args, record.MostFound)...)
	err = d.reads.Each(ctx, `SELECT a.serial, max(a.id), a.code FROM `+partsOf(store.PartsOfRefused, "attempts a", "a.id")+` CROSS JOIN evidence e ON e.attempt = a.id
		WHERE `+store.AttemptRefused+` AND (`+strings.Join(given, " OR ")+`) GROUP BY a.serial LIMIT ?`, args, func(scan func(...any) error) error {
		var h hit
		err := scan(&h.serial, &h.attempt, &h.code)
		hits = append(hits, h)
		return err
	})
	return hits, err
}
