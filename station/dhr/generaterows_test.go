// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/stationtest"
)

// rowsOf are the tables that get rows of a unit, and the columns that are filled.
var rowsOf = []struct{ table, columns string }{
	{"units", "serial, work_order, ref, version, disposition, made, leaf, folded, made_zone"},
	{"bindings", "id, serial, superseded, imei, imei2, iccid, imsi, eid, allocation, maker, model, firmware, at, person, leaf"},
	{"attempts", "id, serial, work_order, person, station, started, ended, outcome, code, leaf, program"},
	{"evidence", "attempt, reading, exchanges, leaf"},
}

// rowsAtOnce is how many rows one statement inserts.
const rowsAtOnce = 50

// insertRows makes units without the leaves that a bind writes, some ten times as
// fast: neither a search nor a bind reads the leaves of other units. Triggers and
// indexes are made again at the end, in the words that they had.
func insertRows(b testing.TB, path string, from, to int) {
	b.Helper()
	settings := slices.DeleteFunc(slices.Clone(store.Writing), func(s string) bool { return strings.HasPrefix(s, "foreign_keys") })
	db, err := store.Connect(path, "_txlock=immediate", append(settings, "synchronous(OFF)", "cache_size(-400000)"))
	check(b, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	aside := takeAside(b, db)
	inserts := make([]string, len(rowsOf))
	for i, r := range rowsOf {
		one := "(?" + strings.Repeat(", ?", strings.Count(r.columns, ",")) + ")"
		inserts[i] = "INSERT INTO " + r.table + " (" + r.columns + ") VALUES " + one + strings.Repeat(", "+one, rowsAtOnce-1)
	}
	const commit = 100_000
	for ; from < to; from += commit {
		check(b, insertSome(b.Context(), db, inserts, from, min(from+commit, to)))
	}
	for _, text := range aside {
		_, err := db.ExecContext(b.Context(), text)
		check(b, err)
	}
}

func insertSome(ctx context.Context, db *sql.DB, inserts []string, from, to int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after the commit there is nothing to roll back
	for i, text := range inserts {
		s, err := tx.PrepareContext(ctx, text)
		if err != nil {
			return err
		}
		defer s.Close()
		var args []any
		for n := from; n < to; n++ {
			args = append(args, rowOf(n, i)...)
			if (n-from+1)%rowsAtOnce > 0 {
				continue
			}
			if _, err := s.ExecContext(ctx, args...); err != nil {
				return fmt.Errorf("%s: %w", text[:60], err)
			}
			args = args[:0]
		}
	}
	return tx.Commit()
}

// takeAside drops triggers and indexes of the tables, and gives what makes them.
func takeAside(b testing.TB, db *sql.DB) (made []string) {
	b.Helper()
	for _, r := range rowsOf {
		rows, err := db.QueryContext(b.Context(), `SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ? AND type IN ('index', 'trigger') AND sql <> ''`, r.table)
		check(b, err)
		defer rows.Close()
		var drops []string
		for rows.Next() {
			var kind, name, text string
			check(b, rows.Scan(&kind, &name, &text))
			drops, made = append(drops, "DROP "+kind+" "+name), append(made, text)
		}
		check(b, rows.Err())
		for _, text := range drops {
			_, err := db.ExecContext(b.Context(), text)
			check(b, err)
		}
	}
	return made
}

// rowOf is the row of the n-th unit in a table of rowsOf. It differs from those of
// its neighbours in all that a scope may ask for.
func rowOf(n, table int) []any {
	const leaf = 1
	id, at := n+1, store.Stamp(stationtest.Start.Add(time.Duration(n)*time.Second))
	pick := func(salt, of int) int { return int(uint32(n*7+salt)*2654435761>>8) % of } // scattered, yet the same each time
	person, program := fmt.Sprintf("op-%02d", pick(1, 40)), fmt.Sprintf("bindery v1.%d.0 (commit 0123456789ab)", pick(2, 6))
	switch a, binding := bindOf(n); rowsOf[table].table {
	case "units":
		state := station.Released
		if pick(3, 100) < 3 {
			state = station.Quarantined
		}
		return []any{a.Serial, a.Order, "CL-100", 1, string(state), at, leaf, station.Fold(a.Serial), "+01:00"}
	case "bindings":
		return []any{
			id, a.Serial, 0, binding.IMEI.Full(), "", binding.ICCID.Full(), binding.IMSI.Full(), "", binding.Allocation,
			[]string{"Quectel", "Telit", "u-blox"}[pick(4, 3)], fmt.Sprintf("EG9%d", pick(5, 5)), fmt.Sprintf("EG91EFBR06A%02dM4G", pick(6, 30)), at, person, leaf,
		}
	case "attempts":
		return []any{id, a.Serial, a.Order, person, fmt.Sprintf("bench-%d", pick(7, 12)), at, at, "pass", "", leaf, program}
	}
	return []any{id, readingOf(n, pick(8, 4)), exchangesText(stationtest.Reading(n).Evidence[:1]), leaf}
}

// readingOf is what the n-th device said.
func readingOf(n, dialect int) []byte {
	r := stationtest.Reading(n)
	r.Dialect, r.DialectHash = fmt.Sprintf("dialect-%d", dialect), ""
	text, err := json.Marshal(r)
	if err != nil {
		panic(err)
	}
	return bytes.Clone(text)
}

// benchLot is the lot of the n-th unit: all that have leaves are of one, of the others
// each ten orders.
func benchLot(n int) string {
	if n < withLeaves {
		return "L2603"
	}
	return fmt.Sprintf("L%d", 3000+n/(10*unitsPerOrder))
}
