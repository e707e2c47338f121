// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"cmp"
	"context"
	"slices"
	"time"

	"bindery/station/dhr/store"
	"bindery/station/query"
	"bindery/station/record"
)

// Find looks for the units that a text leads to, whatever it may be: see
// [query.Parse]. The likeliest interpretation that finds something is taken. A
// number that no binding has is looked for in what refused devices said too.
func (d *DHR) Find(ctx context.Context, text string) (record.Matches, error) {
	return d.FindMore(ctx, text, 0)
}

// FindMore is [DHR.Find] without the first skip units.
func (d *DHR) FindMore(ctx context.Context, text string, skip int) (record.Matches, error) {
	return d.search(ctx, text, searchOptions{skip: skip})
}

// FindAt is [DHR.Find] of a moment: the units that were bound to it then, with what
// they were bound to.
func (d *DHR) FindAt(ctx context.Context, text string, at time.Time) (record.Matches, error) {
	return d.search(ctx, text, searchOptions{at: at})
}

// Matches are the units of these serials as a search shows them, with what they
// are bound to now.
func (d *DHR) Matches(ctx context.Context, serials []string) ([]record.Match, error) {
	hits := make([]hit, len(serials))
	for i, s := range serials {
		hits[i].serial = s
	}
	units, err := d.unitsOf(ctx, hits)
	list := make([]record.Match, len(units))
	for i, u := range units {
		list[i] = u.Match
	}
	return list, store.AsFault(err)
}

// searchOptions is how one looks.
type searchOptions struct {
	skip int
	at   time.Time // zero for now
}

func (d *DHR) search(ctx context.Context, text string, s searchOptions) (record.Matches, error) {
	known, err := d.knownSerials(ctx)
	if err != nil {
		return record.Matches{}, store.AsFault(err)
	}
	items := query.Parse(store.Text(text), known)
	if len(items) == 1 {
		m, _, err := d.searchItem(ctx, items[0], s)
		return m, d.reads.SearchFault(ctx, err)
	}
	m, err := d.searchItems(ctx, items, s)
	return m, d.reads.SearchFault(ctx, err)
}

// knownSerials is what the record knows of the forms of serials.
func (d *DHR) knownSerials(ctx context.Context) (query.Known, error) {
	var patterns []string
	err := d.reads.Each(ctx, "SELECT DISTINCT serial_pattern FROM products", nil, func(scan func(...any) error) error {
		var p string
		err := scan(&p)
		patterns = append(patterns, p)
		return err
	})
	return query.KnownSerials(patterns...), err
}

// searchItem looks for one text, by its interpretations in their order.
func (d *DHR) searchItem(ctx context.Context, item query.Item, s searchOptions) (record.Matches, query.Interpretation, error) {
	var more bool
	for i, r := range item.Interpretations {
		terms, err := d.aliased(ctx, r.Any)
		if err != nil {
			return record.Matches{}, r, err
		}
		item.Interpretations[i].Any = terms
	}
	r, hits, err := query.Resolve(item, func(r query.Interpretation) (hits []hit, err error) {
		hits, more, err = d.hits(ctx, r, s.skip)
		return hits, err
	})
	// What was found is shown without the terms that it was looked for by.
	m := record.Matches{Interpreted: record.Interpreted{Took: r.Kind, Value: r.Value, Why: r.Why(), Reasons: r.Reasons, Refused: r.Refused}, Units: []record.Match{}}
	if err != nil || len(hits) == 0 {
		return m, r, err
	}
	units, err := d.unitsOf(ctx, hits)
	if err != nil {
		return m, r, err
	}
	for _, u := range units {
		if match, ok := u.match(r, s.at); ok {
			m.Units = append(m.Units, match)
		}
	}
	m.More, m.Count = more, s.skip+len(m.Units)
	if r.Kind != query.Part && r.Kind != query.UDI && r.Kind != query.Alias { // an alias is answered without its number
		m.Value = cmp.Or(units[0].valueOf(r), r.Value)
	}
	if more && s.at.IsZero() {
		m.Count, err = d.count(ctx, r)
	}
	return m, r, err
}

// searchItems looks for several texts at once.
func (d *DHR) searchItems(ctx context.Context, items []query.Item, s searchOptions) (record.Matches, error) {
	all := record.Matches{Units: []record.Match{}}
	var held []query.Interpretation
	for _, item := range items {
		m, r, err := d.searchItem(ctx, item, searchOptions{at: s.at})
		if err != nil {
			return all, err
		}
		held = append(held, r)
		all.Texts = append(all.Texts, m.Interpreted)
		all.Refused = cmp.Or(all.Refused, m.Refused)
		all.More = all.More || m.More
		for _, u := range m.Units {
			if !slices.ContainsFunc(all.Units, func(o record.Match) bool { return o.Serial == u.Serial && o.Binding == u.Binding }) {
				all.Units = append(all.Units, u)
			}
		}
	}
	all.Took, all.Why, all.Reasons = query.KindOf(held), query.Several.Sentence(), []query.Reason{query.Several}
	all.Count = len(all.Units)
	all.Units = all.Units[min(s.skip, len(all.Units)):]
	if len(all.Units) > record.MostFound {
		all.Units, all.More = all.Units[:record.MostFound], true
	}
	return all, nil
}
