// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
)

func (c *cli) imports() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "import products|allocations|orders|people|dialects FILE",
		Short: "Bring definitions into the record from a TOML or CSV file",
		Long: `Bring definitions into the record from a TOML or CSV file; the fields are in
docs/import.md, and what a dialect says in docs/dialects.md. All or nothing: when any row is bad, each is named and nothing
is added. In a CSV file the row is the line, so the header is row 1; in a TOML
file the first entry is row 1. An entry that the record has already is left out.`,
		Example:   "  bindery import allocations tac-2026.csv",
		ValidArgs: []string{"products", "allocations", "orders", "people", "dialects"},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 || importers[args[0]] == nil && args[0] != "dialects" {
				return errors.New("say what to import (products, allocations, orders, people or dialects) and the file")
			}
			return nil
		},
		RunE: c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
			do := c.importFile
			if args[0] == "dialects" {
				do = c.importDialect
			}
			done, err := do(cmd.Context(), args[0], args[1], badge)
			if err != nil {
				return nil, err
			}
			if len(done.Errors) > 0 {
				err = errNo
			}
			return done, err
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of who imports (default, while the record has no admin: the account that runs this)")
	return cmd
}

// imported is what became of a file.
type imported struct {
	Added  int        `json:"added"`
	Errors []rowError `json:"errors"`
}

// importers brings rows of each kind in.
var importers = map[string]func(ctx context.Context, d *dhr.DHR, by, dir string, rows []*row) (dhr.Import, error){
	"products": func(ctx context.Context, d *dhr.DHR, by, dir string, rows []*row) (dhr.Import, error) {
		products := entries(rows, func(r *row) station.Product {
			p := productOf(r)
			keepLayout(ctx, d, by, dir, r, &p)
			keepDialect(ctx, d, by, dir, r, &p)
			return p
		})
		return d.ImportProducts(ctx, by, products)
	},
	"allocations": func(ctx context.Context, d *dhr.DHR, by, _ string, rows []*row) (dhr.Import, error) {
		return d.ImportAllocations(ctx, by, entries(rows, allocationOf))
	},
	"orders": func(ctx context.Context, d *dhr.DHR, by, _ string, rows []*row) (dhr.Import, error) {
		return d.ImportOrders(ctx, by, entries(rows, orderOf))
	},
	"people": func(ctx context.Context, d *dhr.DHR, by, _ string, rows []*row) (dhr.Import, error) {
		return d.ImportPeople(ctx, by, entries(rows, personOf))
	},
}

// singular is what one entry of each kind is called in a TOML file.
var singular = map[string]string{"products": "product", "allocations": "allocation", "orders": "order", "people": "person"}

func (c *cli) importFile(ctx context.Context, kind, file, badge string) (*imported, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUse("there is no file %s", file)
	} else if err != nil {
		return nil, err
	}
	rows, bad := readRows(file, singular[kind], text)
	if len(bad) > 0 {
		return &imported{Errors: bad}, nil
	}
	nameTwins(rows)
	d, err := c.create(ctx)
	if err != nil {
		return nil, err
	}
	defer d.Close() //nolint:errcheck // the import is committed or not by now
	by, err := c.admitOr(ctx, d, badge, dhr.ComputerAccount())
	if err != nil {
		return nil, err
	}
	done, err := importers[kind](ctx, d, by, filepath.Dir(file), rows)
	if err != nil {
		return nil, err
	}
	return merged(rows, done), nil
}

// entries turns rows into what they mean. A row with a fault becomes an empty
// entry, which the record never takes: so it looks at the good rows too, and
// writes none.
func entries[T any](rows []*row, one func(*row) T) []T {
	var list []T
	for _, r := range rows {
		v := one(r)
		if r.end(); len(r.faults) > 0 {
			v = *new(T)
		}
		list = append(list, v)
	}
	return list
}

// merged takes the faults of the rows themselves, and what the record said of
// the others.
func merged(rows []*row, done dhr.Import) *imported {
	m := &imported{Added: done.Added, Errors: []rowError{}}
	for _, r := range rows {
		for _, f := range r.faults {
			m.Errors = append(m.Errors, rowError{r.n, f})
		}
	}
	for _, e := range done.Errors {
		if r := rows[e.Row-1]; len(r.faults) == 0 {
			m.Errors = append(m.Errors, rowError{r.n, e.Message})
		}
	}
	slices.SortStableFunc(m.Errors, func(a, b rowError) int { return cmp.Compare(a.Row, b.Row) })
	return m
}

// nameTwins finds entries that stand twice in one file: one of them is a
// mistake.
func nameTwins(rows []*row) {
	first := map[string]int{}
	for _, r := range rows {
		all := fmt.Sprint(r.fields) // in the order of the keys
		if n, twice := first[all]; twice {
			r.fault("this is row %d once more", n)
			continue
		}
		first[all] = r.n
	}
}

// keepLayout puts the layout of a product into the record: a file beside the
// imported one, or one that comes along. A name alone may also be one that the
// record has.
func keepLayout(ctx context.Context, d *dhr.DHR, by, dir string, r *row, p *station.Product) {
	name, text := p.Layout, []byte(nil)
	if strings.HasSuffix(p.Layout, ".toml") {
		var err error
		if text, err = os.ReadFile(filepath.Join(dir, p.Layout)); err != nil {
			r.fault("layout: %v", err)
			return
		}
		name = strings.TrimSuffix(filepath.Base(p.Layout), ".toml")
		if _, err := labels.Parse(name, text); err != nil {
			r.fault("layout %s: %v", p.Layout, err)
			return
		}
	}
	for _, l := range labels.Builtin() {
		if l.Name() == p.Layout {
			text = l.Text()
		}
	}
	if text == nil {
		return
	}
	var err error
	if p.LayoutHash, err = d.AddLayout(ctx, by, name, text); err != nil {
		r.fault("layout %s: %v", p.Layout, err)
	}
	p.Layout = name
}

func (m *imported) text(w io.Writer) {
	for _, e := range m.Errors {
		if e.Row > 0 { // else it is about the whole file
			fmt.Fprintf(w, "row %d: ", e.Row)
		}
		fmt.Fprintln(w, e.Message)
	}
	if len(m.Errors) > 0 {
		fmt.Fprintln(w, "Nothing was added.")
		return
	}
	fmt.Fprintf(w, "%d added\n", m.Added)
}
