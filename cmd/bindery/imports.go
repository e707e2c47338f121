// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/safefile"
)

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
