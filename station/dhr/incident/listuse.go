// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"bindery/station/dhr/store"
	"bindery/station/query"
	"bindery/station/scope"
)

// ListUse is how many items of a list lead to a unit.
type ListUse struct {
	File   string `json:"file"`    // without its folder; "" for a list that stands in the expression
	Items  int    `json:"items"`   // that were understood: all, for else the scope is refused
	NoUnit []int  `json:"no_unit"` // lines of the file, or numbers of the items, that lead to no unit now
}

// Lists tells of each list in a scope which of its items lead to no unit: a number
// that is nobody's, or that was given up. Its errors are those of [Count].
func Lists(ctx context.Context, from *store.Reader, e scope.Expr) ([]ListUse, error) {
	uses := []ListUse{}
	for _, l := range scope.Lists(e) {
		c := compiler{aliases: aliasesOf(ctx, from), had: hadIn(ctx, from)}
		items, err := c.read(l)
		if err != nil {
			return nil, err
		}
		has, err := found(ctx, from, items)
		if err != nil {
			return nil, err
		}
		use := ListUse{File: l.File, Items: len(items), NoUnit: []int{}}
		for i, item := range items {
			leads, err := leadsToUnit(ctx, from, item, l.Items[i], has)
			if err != nil {
				return nil, err
			} else if !leads {
				use.NoUnit = append(use.NoUnit, l.Number(i))
			}
		}
		uses = append(uses, use)
	}
	return uses, nil
}

// found are the values of all items that units have, by the query that found them.
func found(ctx context.Context, from *store.Reader, items []scope.ListItem) (map[string]map[string]bool, error) {
	values := map[string]map[string]bool{} // whether it was found
	for _, item := range items {
		for _, r := range item.Interpretations {
			for _, t := range r.Any {
				text, value := asks(t)
				if values[text] == nil {
					values[text] = map[string]bool{}
				}
				values[text][value] = false
			}
		}
	}
	for text, of := range values {
		array, err := json.Marshal(slices.Sorted(maps.Keys(of)))
		if err != nil {
			return nil, err
		}
		args := make([]any, strings.Count(text, "{}"))
		for i := range args {
			args[i] = string(array)
		}
		err = from.Each(ctx, asked.ReplaceAllString(strings.ReplaceAll(text, "{}", "?"), "$1"), args, func(scan func(...any) error) error {
			var value string
			err := scan(&value)
			of[value] = true
			return err
		})
		if err != nil {
			return nil, store.AsFault(err)
		}
	}
	return values, nil
}

// leadsToUnit reports whether one of the interpretations of an item does. What a
// label says of a unit beside its serial is asked of the record.
func leadsToUnit(ctx context.Context, from *store.Reader, item scope.ListItem, text string, has map[string]map[string]bool) (bool, error) {
	for _, r := range item.Interpretations {
		some := slices.ContainsFunc(r.Any, func(t query.Term) bool { text, value := asks(t); return has[text][value] })
		if !some || len(r.All) == 0 {
			if some {
				return true, nil
			}
			continue
		}
		if n, err := Count(ctx, from, scope.ListExpr{Items: []string{text}}, time.UTC); err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}
