// SPDX-License-Identifier: Apache-2.0

// Package storetest holds what the tests of the rooms of a record ask of the
// database to its plans.
package storetest

import (
	"database/sql"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"

	"bindery/station/dhr/store"
)

// statements are all that any test of a package prepared.
var statements sync.Map

// Run runs the tests of a package, and fails where a statement that they
// prepared would read a growing table whole.
func Run(m interface{ Run() int }) (code int) {
	store.WhenPrepared = func(text string) { statements.Store(text, nil) }
	code = m.Run()
	reads, err := wholeReadsOf()
	if err != nil {
		reads = []string{err.Error()}
	}
	for _, r := range reads {
		fmt.Fprintln(os.Stderr, "FAIL: a table that grows would be read whole:", r)
		code = 1
	}
	return code
}

// growing are the tables that have a row or more for each unit, with the names
// that a statement gives them.
var growing = regexp.MustCompile(`\b(leaves|nodes|units|bindings|attempts|evidence|verdicts|prints|imported_units|imported_bindings|subscriptions)\b(?: (\w)\b)?`)

var scan = regexp.MustCompile(`^SCAN (\w+)`)

// wholeReads may read such a table from end to end, for a reason.
var wholeReads = []struct{ part, why string }{
	{"FROM bindings i CROSS JOIN bindings b", "fewer than four signs of a number in one piece are in no index"},
	{"folded <> '' AND instr(", "nor are so few of a serial"},
	{"folded <> '' AND substr(", "nor are they of its end"},
	{" GLOB ?", "a pattern of which fewer than four signs stand together is in no index"},
	{"folded = '' AND serial GLOB", "it reads an index that has only serials from before, and of those the few beyond ASCII"},
	{"u.made >= ?1", "an export of some days reads the dates of all units, a sequential read"},
	{"DESC LIMIT", "it stops at the limit"},
	{"WHERE number <= ?", "an export of the audit trail has every leaf"},
	{"FROM leaves ORDER BY number DESC)", "the walk shows a page of the trail, and counts it"},
	{"FROM units u JOIN orders o ON o.id = u.work_order LEFT JOIN bindings b", "the units of a scope are listed by their rows, and counted so until its columns are filled"},
	{"FROM imported_units u JOIN history_files h ON h.id = u.file AND h.state", "units from before the record are in no columns"},
	{"FROM attempts WHERE person = ?1", "whose attempts they are is in no index: every unit would pay for it with a page"},
}

// wholeReadsOf tells which statements would read a growing table whole.
func wholeReadsOf() (list []string, err error) {
	db, err := store.Fresh()
	if err != nil {
		return nil, err
	}
	defer db.Close()
	statements.Range(func(text, _ any) bool {
		var plan string
		plan, err = planOf(db, text.(string)) // only texts are stored
		if plan != "" {
			list = append(list, plan)
		}
		return err == nil
	})
	return list, err
}

func planOf(db *sql.DB, text string) (string, error) {
	for _, w := range wholeReads {
		if strings.Contains(text, w.part) {
			return "", nil
		}
	}
	rows, err := db.Query("EXPLAIN QUERY PLAN "+text, make([]any, 80)...) // more than any takes
	if err != nil {
		return "", fmt.Errorf("%s: %w", text, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			return "", err
		}
		if s := scan.FindStringSubmatch(step); s != nil && grows(text, s[1]) {
			return step + ": " + text, nil
		}
	}
	return "", rows.Err()
}

// grows reports whether a name in a statement is that of a growing table.
func grows(text, name string) bool {
	for _, m := range growing.FindAllStringSubmatch(text, -1) {
		if name == m[1] || name == m[2] {
			return true
		}
	}
	return false
}
