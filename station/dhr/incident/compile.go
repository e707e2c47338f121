// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/query"
	"bindery/station/scope"
)

// compiler makes conditions in SQL of the nodes of a scope; [scope.Match] is what
// each must say of a unit.
type compiler struct {
	origin
	zone    *time.Location
	product bool // the query needs the product of the unit
	attempt bool // or the attempt that bound it
}

func (c *compiler) expr(e scope.Expr) (sql, error) {
	switch e := e.(type) {
	case scope.And:
		return c.joined(e, " AND ")
	case scope.Or:
		return c.joined(e, " OR ")
	case scope.Not: // what is not known is NULL, and no condition holds for it
		of, err := c.expr(e.Of)
		return sql{"NOT ifnull(" + of.text + ", 0)", of.args}, err
	case scope.Is:
		return c.is(e)
	case scope.Range:
		return c.within(e), nil
	case scope.SNRs:
		const end = ":" // comes after all digits
		return ofIMEI(fmt.Sprintf("%s%06d", e.TAC, e.From), fmt.Sprintf("%s%06d", e.TAC, e.To)+end), nil
	case scope.ListExpr:
		return c.list(e)
	}
	return sql{}, &scope.Error{Message: "The list of the scope was not read.", Cure: "Name a file that can be read."}
}

// It stands in brackets, since what binds closer in SQL is not what the expression
// says.
func (c *compiler) joined(parts []scope.Expr, by string) (all sql, err error) {
	texts := make([]string, len(parts))
	for i, p := range parts {
		s, err := c.expr(p)
		if err != nil {
			return sql{}, err
		}
		texts[i] = s.text
		all.args = append(all.args, s.args...)
	}
	all.text = "(" + strings.Join(texts, by) + ")"
	return all, nil
}

// needs notes what the query needs beside units and bindings.
func (c *compiler) needs(f scope.Field) {
	switch f {
	case scope.Layout:
		c.product = true
	case scope.Station, scope.Dialect, scope.Program:
		c.attempt = true
	default: // stands in units or bindings
	}
}

func (c *compiler) is(e scope.Is) (sql, error) {
	switch e.Field {
	case scope.TAC:
		return ofIMEI(e.Value, e.Value+":"), nil
	case scope.Issuer:
		const before = "G" // no sign of an ICCID comes after F
		return sql{
			"(b.iccid >= ? AND b.iccid < ? AND b.iccid <> '' AND NOT " + c.swapped + `
				OR u.serial IN (SELECT serial FROM subscriptions s WHERE s.iccid >= ? AND s.iccid < ? AND ` + store.SwapHolds + "))",
			[]any{e.Value, e.Value + before, e.Value, e.Value + before},
		}, nil
	case scope.Flag:
		return sql{"u.serial IN (SELECT serial FROM flags WHERE flag = ? AND ended IS NULL)", []any{e.Value}}, nil
	default: // has one value
	}
	c.needs(e.Field)
	return sql{c.columns[e.Field] + " = ?", []any{e.Value}}, nil
}

func (c *compiler) within(e scope.Range) sql {
	if e.Field == scope.Made {
		s := sql{text: "(1"}
		from, before := e.Times(c.zone)
		if !from.IsZero() {
			s.text, s.args = s.text+" AND "+c.made+" >= ?", append(s.args, store.Stamp(from))
		}
		if !before.IsZero() {
			s.text, s.args = s.text+" AND "+c.made+" < ?", append(s.args, store.Stamp(before))
		}
		return sql{s.text + ")", s.args}
	}
	c.needs(e.Field)
	return sql{store.RangeFunction + "(" + c.columns[e.Field] + ", ?, ?, ?, ?)", []any{e.From, e.To, e.OpenFrom, e.OpenTo}}
}

// ofIMEI is that either IMEI lies from one text to before another.
func ofIMEI(from, before string) sql {
	return sql{"(b.imei >= ? AND b.imei < ? OR b.imei2 >= ? AND b.imei2 < ? AND b.imei2 <> '')", []any{from, before, from, before}}
}

// listed are queries for the serials that have one of the values of a JSON array,
// by its index: units of ours, those from before the record, and for what a SIM has
// those in which it is now.
var listed = map[query.TermField]string{
	query.SerialField: `SELECT serial FROM units WHERE serial IN (SELECT value FROM json_each({}))
		UNION ALL SELECT serial FROM accepted_units WHERE serial IN (SELECT value FROM json_each({}))`,
	query.IMEIField:  ofDevice("imei", "") + " UNION ALL " + ofDevice("imei2", " AND imei2 <> ''"),
	query.ICCIDField: ofSIM("iccid"),
	query.IMSIField:  ofSIM("imsi"),
	query.EIDField:   ofSIM("eid"),
}

func ofDevice(column, only string) string {
	return strings.ReplaceAll(`SELECT serial FROM bindings WHERE superseded = 0`+only+` AND [] IN (SELECT value FROM json_each({}))
		UNION ALL SELECT serial FROM imported_bindings b WHERE b.state = 'live' AND [] <> '' AND [] IN (SELECT value FROM json_each({})) AND `+store.ListCounts, "[]", column)
}

func ofSIM(column string) string {
	return strings.ReplaceAll(`SELECT serial FROM bindings b WHERE superseded = 0 AND [] <> '' AND [] IN (SELECT value FROM json_each({})) AND NOT `+store.Swapped+`
		UNION ALL SELECT serial FROM imported_bindings b WHERE b.state = 'live' AND [] <> '' AND [] IN (SELECT value FROM json_each({})) AND `+store.ListCounts+` AND NOT `+store.SwappedOld+`
		UNION ALL SELECT serial FROM subscriptions s WHERE [] <> '' AND [] IN (SELECT value FROM json_each({})) AND `+store.SwapHolds, "[]", column)
}

// byFold is the query for the serials that fold to one of the values.
const byFold = `SELECT serial FROM units WHERE folded <> '' AND folded IN (SELECT value FROM json_each({}))
	UNION ALL SELECT serial FROM units WHERE folded = '' AND lower(serial) IN (SELECT value FROM json_each({}))
	UNION ALL SELECT serial FROM accepted_units WHERE folded IN (SELECT value FROM json_each({}))`

// list is that a unit is one of those that the items lead to: all items with terms
// of their own at once, those that ask for more than one thing each by itself.
func (c *compiler) list(l scope.ListExpr) (sql, error) {
	all, err := l.Interpretations()
	if err != nil {
		return sql{}, err
	}
	var simple []query.Term
	parts := []sql{}
	for _, r := range all {
		if len(r.All) == 0 {
			simple = append(simple, r.Any...)
			continue
		}
		s := among(r.Any)
		for _, t := range r.All {
			condition := c.lot
			if t.Field == query.GTINField {
				condition, c.product = c.gtin, true
			}
			s.text, s.args = s.text+" AND "+condition, append(s.args, t.Value)
		}
		parts = append(parts, sql{"(" + s.text + ")", s.args})
	}
	parts = append(parts, among(simple))
	texts := make([]string, len(parts))
	s := sql{}
	for i, p := range parts {
		texts[i], s.args = p.text, append(s.args, p.args...)
	}
	s.text = "(" + strings.Join(texts, " OR ") + ")"
	return s, nil
}

// among is that the serial of a unit is one that meets one of the terms.
func among(terms []query.Term) (s sql) {
	values := map[string][]string{} // by the query that asks for them
	var order []string
	for _, t := range terms {
		text, value := listed[t.Field], t.Value
		if t.How == query.Folded {
			text, value = byFold, station.Fold(t.Value)
		}
		if values[text] == nil {
			order = append(order, text)
		}
		values[text] = append(values[text], value)
	}
	var queries []string
	for _, text := range order {
		if text == "" {
			continue // an alias, which needs a key
		}
		array, _ := json.Marshal(values[text]) // texts have a JSON form
		queries = append(queries, strings.ReplaceAll(text, "{}", "?"))
		for range strings.Count(text, "{}") {
			s.args = append(s.args, string(array))
		}
	}
	if len(queries) == 0 {
		return sql{"0", nil}
	}
	s.text = "u.serial IN (" + strings.Join(queries, " UNION ALL ") + ")"
	return s
}
