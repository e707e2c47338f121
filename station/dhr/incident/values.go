// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"context"
	"slices"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/scope"
)

// mostValues is how many values of a field are listed; more help nobody choose.
const mostValues = 200

// valuesSeen is how many of the newest bindings or attempts are looked at for values
// that stand in no definition.
const valuesSeen = 100_000

// existing are queries for the values of a field, ?1 of them at most. Those that
// stand in no definition are of the newest ?2 bindings or attempts.
var existing = map[scope.Field]string{
	scope.TAC:      `SELECT DISTINCT tac FROM allocations ORDER BY tac LIMIT ?1`,
	scope.SNR:      `SELECT DISTINCT tac FROM allocations ORDER BY tac LIMIT ?1`,
	scope.Maker:    seen("maker"),
	scope.Module:   seen("model"),
	scope.Firmware: seen("firmware"),
	scope.REF:      `SELECT DISTINCT ref FROM products ORDER BY ref LIMIT ?1`,
	scope.Lot:      `SELECT lot FROM orders GROUP BY lot ORDER BY max(leaf) DESC LIMIT ?1`,
	scope.Order:    `SELECT id FROM orders ORDER BY leaf DESC LIMIT ?1`,
	scope.Station:  `SELECT DISTINCT station FROM (SELECT station FROM attempts ORDER BY id DESC LIMIT ?2) ORDER BY station LIMIT ?1`,
	scope.Operator: `SELECT id FROM people ORDER BY active DESC, id LIMIT ?1`,
	scope.Issuer:   `SELECT DISTINCT substr(iccid, 1, 7) FROM (SELECT iccid FROM bindings ORDER BY id DESC LIMIT ?2) WHERE iccid <> '' ORDER BY 1 LIMIT ?1`,
	scope.Layout:   `SELECT DISTINCT layout FROM products ORDER BY layout LIMIT ?1`,
	scope.Dialect:  `SELECT DISTINCT name FROM dialects WHERE name <> '` + station.AutoDialect + `' ORDER BY name LIMIT ?1`,
	scope.Program:  `SELECT DISTINCT ltrim(version, 'v') FROM programs WHERE version <> '' ORDER BY 1 LIMIT ?1`,
}

func seen(column string) string {
	return `SELECT DISTINCT ` + column + ` FROM (SELECT ` + column + ` FROM bindings ORDER BY id DESC LIMIT ?2) WHERE ` + column + ` <> '' ORDER BY 1 LIMIT ?1`
}

// Values lists values that a field has in the record, to choose from: not all
// where there are many, and none of a date, a list or a file.
func Values(ctx context.Context, from *store.Reader, f scope.Field) ([]string, error) {
	var list []string
	switch f {
	case scope.Disposition:
		for _, m := range slices.Concat(station.Transitions, station.ImportedTransitions) {
			list = append(list, string(m.From), string(m.To))
		}
		slices.Sort(list)
		return slices.Compact(list), nil
	case scope.Flag:
		for _, flag := range station.Flags {
			list = append(list, string(flag))
		}
		return list, nil
	case scope.TAC, scope.SNR, scope.Maker, scope.Module, scope.Firmware, scope.REF, scope.Lot, scope.Order, scope.Made, scope.Station, scope.Operator,
		scope.Issuer, scope.Layout, scope.Dialect, scope.Program, scope.ListField, scope.FileField: // stand in a table, or are no value to choose
	}
	text := existing[f]
	if text == "" {
		return nil, nil
	}
	rows, err := from.QueryContext(ctx, text, mostValues, valuesSeen)
	if err != nil {
		return nil, store.AsFault(err)
	}
	defer rows.Close()
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			return nil, store.AsFault(err)
		}
		list = append(list, value)
	}
	return list, store.AsFault(rows.Err())
}
