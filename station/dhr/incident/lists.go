// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/scope"
)

// listed are queries for what has one of the values of a JSON array, by its index:
// units of ours, those from before the record, and for what a SIM has those in
// which it is now. Each says what of a row is asked: its serial, or between the
// angles the value that was looked for.
var listed = map[query.TermField]string{
	query.SerialField: `SELECT <serial> FROM units WHERE serial IN (SELECT value FROM json_each({}))
		UNION ALL SELECT <serial> FROM accepted_units WHERE serial IN (SELECT value FROM json_each({}))`,
	query.IMEIField:  ofDevice("imei", "") + " UNION ALL " + ofDevice("imei2", " AND imei2 <> ''"),
	query.ICCIDField: ofSIM("iccid"),
	query.IMSIField:  ofSIM("imsi"),
	query.EIDField:   ofSIM("eid"),
}

func ofDevice(column, only string) string {
	return strings.ReplaceAll(`SELECT <[]> FROM bindings WHERE superseded = 0`+only+` AND [] IN (SELECT value FROM json_each({}))
		UNION ALL SELECT <[]> FROM imported_bindings b WHERE b.state IN `+store.LiveBindings+` AND [] <> '' AND [] IN (SELECT value FROM json_each({})) AND `+store.ListCounts, "[]", column)
}

func ofSIM(column string) string {
	return strings.ReplaceAll(`SELECT <[]> FROM bindings b WHERE superseded = 0 AND [] <> '' AND [] IN (SELECT value FROM json_each({})) AND NOT `+store.Swapped+`
		UNION ALL SELECT <[]> FROM imported_bindings b WHERE b.state IN `+store.LiveBindings+` AND [] <> '' AND [] IN (SELECT value FROM json_each({})) AND `+store.ListCounts+` AND NOT `+store.SwappedOld+`
		UNION ALL SELECT <[]> FROM subscriptions s WHERE [] <> '' AND [] IN (SELECT value FROM json_each({})) AND `+store.SwapHolds, "[]", column)
}

// byFold is the query for what folds to one of the values.
const byFold = `SELECT <folded> FROM units WHERE folded <> '' AND folded IN (SELECT value FROM json_each({}))
	UNION ALL SELECT <lower(serial)> FROM units WHERE folded = '' AND lower(serial) IN (SELECT value FROM json_each({}))
	UNION ALL SELECT <folded> FROM accepted_units WHERE folded IN (SELECT value FROM json_each({}))`

var asked = regexp.MustCompile(`<([a-z][a-z0-9()]*)>`)

// list is that a unit is one of those that the items lead to: all items with terms
// of their own at once, those that ask for more than one thing each by itself.
func (c *compiler) list(l scope.ListExpr) (sql, error) {
	items, err := c.read(l)
	if err != nil {
		return sql{}, err
	}
	var simple []query.Term
	parts := []sql{}
	for _, item := range items {
		for _, r := range item.Interpretations {
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

// read tells what the items of a list are, with the identities in the place of
// their aliases. An alias that was not given out is a [scope.ExprError]: it is not
// nobody's, but cannot be told.
func (c *compiler) read(l scope.ListExpr) ([]scope.ListItem, error) {
	items, err := l.Read()
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		if item.Doubt != "" {
			if err := c.settle(item); err != nil {
				return nil, err
			}
		}
		for _, r := range item.Interpretations {
			if err := c.unalias(item, r.Any); err != nil {
				return nil, err
			}
		}
	}
	return items, nil
}

// settle refuses an item that is doubtful, where no unit has or had it exactly so.
func (c *compiler) settle(item scope.ListItem) error {
	for _, r := range item.Interpretations {
		for _, t := range r.Any {
			if had, err := c.had(t); had || err != nil {
				return err
			}
		}
	}
	return item.Doubted()
}

// unalias puts the identities in the place of aliases among the terms of an item.
func (c *compiler) unalias(item scope.ListItem, terms []query.Term) error {
	for i, t := range terms {
		if t.Field != query.AliasField {
			continue
		}
		kind, value, err := c.aliases(identity.Alias(t.Value))
		if err != nil {
			return err
		} else if value == "" {
			return item.UnknownAlias()
		}
		terms[i] = query.Term{Field: query.TermField(kind), How: query.Exactly, Value: value}
	}
	return nil
}

// among is that the serial of a unit is one that meets one of the terms.
func among(terms []query.Term) (s sql) {
	var queries []string
	for _, q := range valuesOf(terms) {
		queries = append(queries, asked.ReplaceAllString(q.text, "serial"))
		s.args = append(s.args, q.args...)
	}
	if len(queries) == 0 {
		return sql{"0", nil}
	}
	s.text = "u.serial IN (" + strings.Join(queries, " UNION ALL ") + ")"
	return s
}

// valuesOf are the queries that the terms ask, each once with all its values.
func valuesOf(terms []query.Term) (list []sql) {
	values := map[string][]string{} // by the query that asks for them
	var order []string
	for _, t := range terms {
		text, value := asks(t)
		if values[text] == nil {
			order = append(order, text)
		}
		values[text] = append(values[text], value)
	}
	for _, text := range order {
		array, _ := json.Marshal(values[text]) // texts have a JSON form
		s := sql{text: strings.ReplaceAll(text, "{}", "?")}
		for range strings.Count(text, "{}") {
			s.args = append(s.args, string(array))
		}
		list = append(list, s)
	}
	return list
}

// asks is the query of a term, and the value that it looks for.
func asks(t query.Term) (text, value string) {
	if t.How == query.Folded {
		return byFold, station.Fold(t.Value)
	}
	return listed[t.Field], t.Value
}

// aliasesOf is what the aliases of a record stand for.
func aliasesOf(ctx context.Context, from *store.Reader) func(identity.Alias) (identity.Kind, string, error) {
	return func(a identity.Alias) (identity.Kind, string, error) {
		kind, value, err := dhr.IdentityOf(ctx, from, a)
		return kind, value, store.AsFault(err)
	}
}

// hadIn is whether a unit of a record has, or had, exactly what a term says of its SIM
// or chip, as a search finds it.
func hadIn(ctx context.Context, from *store.Reader) func(query.Term) (bool, error) {
	return func(t query.Term) (had bool, err error) {
		column := map[query.TermField]string{query.ICCIDField: "iccid", query.EIDField: "eid"}[t.Field]
		if column == "" {
			return false, nil
		}
		err = from.Row(ctx, strings.ReplaceAll(`SELECT EXISTS (SELECT 1 FROM bindings WHERE [] = ?1 AND [] <> '')
			OR EXISTS (SELECT 1 FROM imported_bindings b WHERE [] = ?1 AND [] <> '' AND `+store.ListCounts+`)
			OR EXISTS (SELECT 1 FROM subscriptions WHERE [] = ?1 AND [] <> '')`, "[]", column), []any{t.Value}, []any{&had})
		return had, store.AsFault(err)
	}
}
