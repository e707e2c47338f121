// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"fmt"
	"maps"
	"slices"

	"bindery/station"
)

// The tables whose rows stand under a unit, and under the rules. Bundles of the
// first days had a table of identities.
var (
	tablesOfUnit = []string{
		"units", "bindings", "attempts", "evidence", "verdicts", "prints", "moves", "alarms", "identities",
		"flags", "subscriptions", "imported_units", "imported_bindings",
	}
	tablesOfRules = []string{"orders", "products", "layouts", "dialects", "allocations", "clearances", "explanations", "signatures"}
)

// rules are those that the units of a bundle were made by: the rows that these
// name must be there, and what the leaves at hand wrote about them.
type rules struct {
	there map[string]bool // rows, as table and key
	named map[string]bool // the same, of those that another row names
	about map[string]bool // what rows of the leaves must be there, as [ruleOf] has it
}

func newRules() rules { return rules{map[string]bool{}, map[string]bool{}, map[string]bool{}} }

// rowKeys are the columns that name a row of these tables.
var rowKeys = map[string][]string{
	"orders": {"id"}, "products": {"ref", "version"}, "layouts": {"hash"}, "dialects": {"hash"}, "allocations": {"id"}, "signatures": {"id"},
}

// rowNames are the columns by which a row names another one, of a table.
var rowNames = map[string][]struct {
	table   string
	columns []string
}{
	"units":    {{"orders", []string{"work_order"}}, {"products", []string{"ref", "version"}}},
	"products": {{"layouts", []string{"layout_hash"}}, {"dialects", []string{"dialect_hash"}}},
	"prints":   {{"layouts", []string{"layout_hash"}}},
	"bindings": {{"allocations", []string{"allocation"}}},
	"moves":    {{"signatures", []string{"signature"}}},
}

// rowName is a row by its table and the values of some columns; "" where one of
// them is left out or NULL.
func rowName(table string, row map[string]any, columns []string) string {
	for _, c := range columns {
		if row[c] == nil {
			return ""
		}
		table += fmt.Sprintf(" %v", row[c])
	}
	return table
}

// ruleOf is what a row of a leaf is a rule of, by its table: a signature of its
// subject, a clearance or an explanation of its order, a dialect of its hash. It
// is "" for any other.
func ruleOf(table string, row map[string]any) string {
	columns := map[string]string{"signatures": "subject", "clearances": "order_after", "explanations": "work_order", "dialects": "hash"}
	if c, ok := columns[table]; ok {
		return rowName(table, row, []string{c})
	}
	return ""
}

// add takes note of a row of the records.
func (l rules) add(r sectionRow) {
	if columns, ok := rowKeys[r.Table]; ok {
		l.there[rowName(r.Table, r.Row, columns)] = true
	}
	for _, n := range rowNames[r.Table] {
		if row := rowName(n.table, r.Row, n.columns); row != "" {
			l.named[row] = true
		}
	}
	switch r.Table {
	case "orders":
		for _, about := range []string{"clearances %v", "explanations %v"} {
			l.about[fmt.Sprintf(about, r.Row["id"])] = true
		}
		l.about[fmt.Sprintf("signatures lot:%v", r.Row["lot"])] = true
	case "products":
		l.about[fmt.Sprintf("signatures product:%v/%v", r.Row["ref"], r.Row["version"])] = true
	case "dialects":
		if list, err := station.ParseDialectList([]byte(r.Blobs["text"])); err == nil && r.Row["name"] == station.AutoDialect {
			for _, one := range list {
				l.about["dialects "+one.Hash] = true
			}
		}
	}
}

// missing is a row that another one names and that is not there; "" for none.
func (l rules) missing() string {
	for _, row := range slices.Sorted(maps.Keys(l.named)) {
		if !l.there[row] {
			return row
		}
	}
	return ""
}

// partsOfUnit are the rows that are about a unit by way of another row of it,
// which a column of theirs names.
var partsOfUnit = []struct{ column, table string }{{"attempt", "attempts"}, {"binding", "bindings"}}
