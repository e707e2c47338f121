// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"fmt"
	"strings"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/query"
)

// byParts asks the index of parts; its first argument is what for.
const byParts = "parts(?)"

// partsOf is the rows of a source that the index of parts leads to, for a join: more
// conditions may follow. Where the table has no number of its own, it is a list's.
func partsOf(s store.PartSource, table, number string) string {
	if number == "" {
		list, row := s.InList("p.rowid")
		alias := table[strings.LastIndex(table, " ")+1:]
		return fmt.Sprintf("%s p CROSS JOIN %s ON p.rowid >= %d AND %s.file = %s AND %[4]s.n = %[6]s", byParts, table, s.First, alias, list, row)
	}
	return fmt.Sprintf("%s p CROSS JOIN %s ON p.rowid BETWEEN %d AND %d AND %s = p.rowid - %[3]d", byParts, table, s.First, s.Last(), number)
}

// reached is up to which row a source is in the index of parts.
func reached(source string) string {
	return `coalesce((SELECT upto FROM parts_reach WHERE source = '` + source + `'), 0)`
}

// partsOfSerials are the places of a serial in the index of parts.
var partsOfSerials = []searchColumn{
	{`SELECT u.serial FROM ` + partsOf(store.PartsOfBindings, "bindings b", "b.id") + ` CROSS JOIN units u ON u.serial = b.serial AND {}`, store.FoldedSerial},
	{`SELECT u.serial FROM bindings b CROSS JOIN units u ON u.serial = b.serial WHERE b.id > ` + reached("bindings") + ` AND {}`, store.FoldedSerial},
	{`SELECT u.serial FROM ` + partsOf(store.PartsOfImported, "accepted_units u", "") + ` AND {}`, "u.folded"},
}

var partTags = map[query.TermField]store.PartTag{
	query.SerialField: store.SerialPart, query.IMEIField: store.IMEIPart, query.ICCIDField: store.ICCIDPart, query.IMSIField: store.IMSIPart,
	query.EIDField: store.EIDPart,
}

// partsMatch is what to ask the index of parts for, where it helps: not for what
// has no index of parts, nor where only its beginning is in one piece.
func partsMatch(t query.Term) (match string, ok bool) {
	tag, ok := partTags[t.Field]
	if !ok {
		return "", false
	}
	pattern := t.Value
	if t.Field == query.SerialField {
		pattern = station.Fold(pattern)
	}
	switch t.How {
	case query.Containing:
		pattern = "*" + pattern + "*"
	case query.Ending:
		pattern = "*" + pattern
	case query.Exactly, query.Folded, query.Beginning, query.Pattern: // as it is
		t.Value = pattern
		if _, behind := store.PartsQuery(tag, "*"+strings.TrimPrefix(pattern, beginningOf(t))); !behind && len(beginningOf(t)) >= longestScan {
			return "", false
		}
	}
	return store.PartsQuery(tag, pattern)
}

// possible reports whether a value of a field may be like a term: a text is in no
// number.
func possible(t query.Term) bool {
	return !ofIdentity(t.Field) || strings.Trim(t.Value, "0123456789abcdefABCDEF?*") == ""
}

// searchColumn is where values of a field stand: a query for serials with {} for the
// condition, and what that is about.
type searchColumn struct {
	serials string
	value   string
}

// beginningOf is what a pattern begins with.
func beginningOf(t query.Term) string {
	head, _, _ := strings.Cut(strings.ReplaceAll(t.Value, "*", "?"), "?")
	return head
}

// longestScan is from how many known characters on a pattern is read from the
// index of whole values.
const longestScan = 4

// ofIdentity reports a field of what a unit is bound to.
func ofIdentity(f query.TermField) bool {
	return f == query.IMEIField || f == query.ICCIDField || f == query.IMSIField || f == query.EIDField
}
