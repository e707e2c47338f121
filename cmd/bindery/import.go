// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/safefile"
)

// importFlags holds the flags of the verb.
type importFlags struct {
	kind, file, sheet, badge string
}

// imports brings files in. A file goes in whole or not at all, and each wrong row is
// told at once, by row and column.
//
// Its user has a spreadsheet. So what a spreadsheet does to numbers is what it
// defends against, and all that is wrong is told at once: who gets one fault a
// time gives up at the third. What a definition must be is station's (CheckOrder,
// CheckProduct and so on), which the record asks; here only the form of a file is
// read.
func (c *cli) imports() *cobra.Command {
	i, kinds := &importFlags{}, append(slices.Sorted(maps.Keys(importers)), dialects)
	cmd := &cobra.Command{
		Use:   "import products|allocations|orders|people|dialects FILE",
		Short: "Import definitions into the record from an XLSX, CSV or TOML file",
		Long: `Import definitions into the record from an XLSX, CSV or TOML file. docs/import.md
lists the fields, and docs/dialects.md explains dialects. All or nothing: when any
row is wrong, each wrong row is listed with its column, and nothing is imported.
Rows are numbered as in a spreadsheet, so a header in the first line is row 1; in
a TOML file the first entry is row 1; row 0 is the file itself. Entries that the
record already has are skipped. Of a workbook, the only visible sheet with content
is read, or the sheet of --sheet. Nothing is guessed: formulas, hidden and merged
cells, numbers that lost digits, and bytes that are not UTF-8 (or UTF-16 with its
mark) are refused. The label of each new product and order is drawn, and a value
that the label cannot carry is refused.`,
		Example: `  bindery import allocations tac-2026.csv
  bindery import orders plan.xlsx --sheet July --badge QA-3001`,
		ValidArgs: kinds,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 || !slices.Contains(kinds, args[0]) {
				return errors.New("say what to import (" + strings.Join(kinds, ", ") + ") and the file")
			}
			return nil
		},
		RunE: c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
			i.kind, i.file = args[0], args[1]
			do := c.importFile
			if i.kind == dialects {
				do = c.importDialect
			}
			done, err := do(cmd.Context(), *i)
			if err != nil {
				return nil, err
			}
			if len(done.Errors) > 0 {
				return done, errNo
			}
			return done, nil
		}),
	}
	cmd.AddCommand(c.importHistory(), c.importSubscriptions())
	f := cmd.Flags()
	f.StringVar(&i.badge, "badge", "", "badge of the person who imports (default, while the record has no admin: the account that runs this)")
	f.StringVar(&i.sheet, "sheet", "", "sheet of an XLSX file (default: the only visible one with content)")
	return cmd
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

// importers are the kinds of definitions. Those of one can need those before.
var importers = map[string]importer{
	"products": {"product", []string{"ref"}, fieldsOf(productOf),
		func(ctx context.Context, d *dhr.DHR, by, dir string, rows []*importRow) (record.Import, error) {
			return d.ImportProductRows(ctx, by, entries(rows, func(r *importRow) dhr.ProductRow { return productRow(ctx, d, dir, r) }))
		}},
	"allocations": {"allocation", nil, fieldsOf(allocationOf),
		func(ctx context.Context, d *dhr.DHR, by, _ string, rows []*importRow) (record.Import, error) {
			return d.ImportAllocations(ctx, by, entries(rows, allocationOf))
		}},
	"orders": {"order", []string{"id"}, fieldsOf(orderOf),
		func(ctx context.Context, d *dhr.DHR, by, _ string, rows []*importRow) (record.Import, error) {
			return d.ImportOrders(ctx, by, entries(rows, orderOf))
		}},
	"people": {"person", []string{"id", "badge"}, fieldsOf(personOf),
		func(ctx context.Context, d *dhr.DHR, by, _ string, rows []*importRow) (record.Import, error) {
			return d.ImportPeople(ctx, by, entries(rows, personOf))
		}},
}

// importFile reads the file, then writes it in one transaction. Nothing of the
// record is opened before the file could be read whole, so that a mistake in it
// never makes a record.
func (c *cli) importFile(ctx context.Context, i importFlags) (*imported, error) {
	kind := importers[i.kind]
	rows, bad, err := readFile(i, kind)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wrongUse("there is no file %s", i.file)
	// A pipe has no end that could be waited for, and a device no size: told as a
	// fault of the file, beside which nothing else can be.
	case errors.Is(err, safefile.ErrNotOrdinary):
		bad = append(bad, record.RowError{Message: "the file is a folder, a pipe or a device; save what is to be imported as an ordinary file"})
	case err != nil:
		return nil, err
	}
	if len(bad) > 0 {
		for _, r := range rows {
			bad = append(bad, r.faults...)
		}
		return &imported{Errors: listed(bad)}, nil
	}
	// Before the record is asked, for it sees one row a time and would take the
	// first of two.
	nameTwins(rows, kind.unique)
	d, by, err := c.createAs(ctx, i.badge)
	if err != nil {
		return nil, err
	}
	defer d.Close() //nolint:errcheck // the import is committed or not by now
	done, err := kind.bring(ctx, d, by, filepath.Dir(i.file), rows)
	if err != nil {
		return nil, err
	}
	return &imported{done.Added, listed(merged(rows, done))}, nil
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

// productRow is a product with its layout and its dialects: files beside the
// imported one, or such as come along. A name alone may also be one that the
// record has.
func productRow(ctx context.Context, d *dhr.DHR, dir string, r *importRow) dhr.ProductRow {
	out := dhr.ProductRow{Product: productOf(r)}
	var err error
	if out.Layout, err = layoutOf(dir, out.Product.Layout); err != nil {
		r.fault("layout", "layout %s: %v", station.Shown(out.Product.Layout), err)
	} else if out.Layout != nil {
		out.Product.Layout = out.Layout.Name
	}
	// Without any the station finds out by itself what a device speaks.
	entries := r.list("dialect")
	if entries == nil {
		entries = []string{station.AutoDialect}
	}
	if out.Dialects, err = dialectsOf(ctx, d, dir, entries); err != nil {
		r.fault("dialect", "dialect: %v", err)
		return out
	}
	own := out.Dialects[len(out.Dialects)-1]
	out.Product.Dialect, out.Product.DialectHash = own.Name, own.Hash
	return out
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
