// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"bindery/station/dhr"
	"bindery/station/record"
)

// importFlags holds the flags of the verb.
type importFlags struct {
	kind, file, sheet, badge string
}

// dialects is the one kind whose file is not made of entries.
const dialects = "dialects"

// importer brings rows of one kind in. A kind is added here, with the function in entries.go that names its columns, and in
// docs/import.md.
type importer struct {
	entry  string          // what one is called in a TOML file
	unique []string        // fields whose value stands once in a file
	fields map[string]bool // all that there are
	bring  func(ctx context.Context, d *dhr.DHR, by, dir string, rows []*importRow) (record.Import, error)
}

// entries turns rows into what they mean. A row with a fault becomes an empty
// entry, which the record never takes: so it looks at the good rows too, and
// writes none.
func entries[T any](rows []*importRow, one func(*importRow) T) []T {
	var list []T
	for _, r := range rows {
		var v T
		if len(r.fields) > 0 { // else all that it holds was refused
			v = one(r)
			r.end()
		}
		if len(r.faults) > 0 {
			v = *new(T)
		}
		list = append(list, v)
	}
	return list
}

// merged takes the faults of the rows themselves, and what the record said of the
// others. A row that is wrong by itself was never shown to the record, whose
// complaint about the empty entry in its place would only mislead.
func merged(rows []*importRow, done record.Import) (all []record.RowError) {
	for _, r := range rows {
		all = append(all, r.faults...)
	}
	for _, e := range done.Errors {
		if r := rows[e.Row-1]; len(r.faults) == 0 {
			all = append(all, record.RowError{Row: r.n, Column: e.Column, Message: e.Message})
		}
	}
	return all
}

// nameTwins finds entries that stand twice in one file: one of them is a
// mistake.
func nameTwins(rows []*importRow, unique []string) {
	first := map[string]int{}
	twin := func(r *importRow, column, value, what string) bool {
		n, twice := first[column+"\x00"+value]
		if twice {
			r.fault(column, what, n)
		} else {
			first[column+"\x00"+value] = r.n
		}
		return twice
	}
	for _, r := range rows {
		if len(r.fields) == 0 {
			continue
		}
		// A row that appears twice as a whole is told once, and not for each of its
		// fields.
		if twin(r, "", fmt.Sprint(r.fields), "this repeats row %d") { // in the order of the keys
			continue
		}
		for _, key := range unique {
			if v := r.fields[key].text; v != "" {
				twin(r, key, v, key+" is the same as in row %d")
			}
		}
	}
}

// mostErrors is how many are listed; more help nobody.
const mostErrors = 100

// imported is what became of a file.
type imported struct {
	Added  int               `json:"added"`
	Errors []record.RowError `json:"errors"`
}

// listed puts errors into the order of their rows. The last of a long list says
// how many there are besides.
func listed(all []record.RowError) []record.RowError {
	slices.SortStableFunc(all, func(a, b record.RowError) int { return a.Row - b.Row })
	if more := len(all) - mostErrors; more > 0 {
		all = append(all[:mostErrors:mostErrors], record.RowError{Message: fmt.Sprintf("and %d more", more)})
	}
	return append([]record.RowError{}, all...)
}

// "Nothing was added" stands at the end, where whoever reads a hundred lines looks
// last.
func (m *imported) text(w io.Writer) {
	for _, e := range m.Errors {
		if e.Row > 0 { // else it is about the whole file
			fmt.Fprintf(w, "row %d: ", e.Row)
		}
		if e.Column != "" && !strings.HasPrefix(e.Message, e.Column+" ") {
			fmt.Fprintf(w, "%s: ", e.Column)
		}
		fmt.Fprintln(w, e.Message)
	}
	if len(m.Errors) > 0 {
		fmt.Fprintln(w, "Nothing was added.")
		return
	}
	fmt.Fprintf(w, "%d added\n", m.Added)
}
