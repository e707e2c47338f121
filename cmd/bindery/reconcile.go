// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/carrier"
	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/reconcile"
	"bindery/station/safefile"
	"bindery/station/table"
)

// reconcile holds the list of a carrier against the record.
//
// Its user is quality with the list of a carrier: SIMs that are paid for and in no
// unit, and units whose SIM the carrier does not know. The classes and how they
// are found are package reconcile; the record
// keeps each comparison, so that the next one can tell what has changed since.
func (c *cli) reconcile() *cobra.Command {
	r := &reconcileFlags{}
	cmd := &cobra.Command{
		Use:   "reconcile FILE",
		Short: "Compare the list of a carrier or portal with the record",
		Long: `Compare the list of SIMs of a carrier or portal (CSV, TSV, XLSX, JSON) with the
record. Each row is a match or says what is wrong, and the SIMs that the list lacks
are listed. Lists of known portals are recognised; in other lists the columns are
recognised by their content. A damaged number is reported as malformed: it is never
matched and never repaired. docs/quality.md explains the classes.`,
		Example: `  bindery reconcile sims-2026-09.csv --badge QA-3001
  bindery reconcile sims.xlsx --as cisco-cc --issuer 8944501 --json
  bindery reconcile sims.csv --since 11 -o september.pdf --badge QA-3001
  bindery reconcile sims.csv --case 'moved SIMs' --class imei-differs --reason 'list of September' --badge QA-3001`,
		Args: cobra.ExactArgs(1),
	}
	r.define(cmd)
	cmd.RunE = c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
		if err := noBlank(cmd, "as", "map", "issuer", "output", "case", "class"); err != nil {
			return nil, err
		}
		if err := r.check(); err != nil {
			return nil, err
		}
		by, err := c.admitOr(ctx, d, r.badge, dhr.ComputerAccount())
		if err != nil {
			return nil, err
		}
		list, hash, err := r.openList(ctx, d, args[0])
		if err != nil {
			return nil, err
		}
		defer list.Close()
		run := &comparison{cli: c, flags: r, d: d, list: list, hash: hash, by: by}
		done, err := run.make(ctx, showReading(cmd.ErrOrStderr()))
		if err != nil {
			return nil, asListError(ctx, err)
		}
		return done, nil
	})
	return cmd
}

// define names the flags.
func (r *reconcileFlags) define(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&r.shape, "as", "", "shape of the list (default: recognised by its header)")
	f.StringVar(&r.mapping, "map", "", "TOML file that says which column is what (default: by what the columns hold)")
	f.StringVar(&r.issuer, "issuer", "", "first digits of the ICCIDs that the list should have (default: those of our SIMs in it)")
	f.StringVar(&r.badge, "badge", "", "badge of the person who compares (default: the account that runs this)")
	f.Int64Var(&r.since, "since", 0, "number of an earlier comparison: show what changed since then")
	f.StringVarP(&r.file, "output", "o", "", "file to write the result to: .pdf, .csv, .xlsx or .json")
	f.BoolVar(&r.whole, "whole", false, "write numbers unmasked into that file, for people who may see them (default: masked)")
	f.StringVar(&r.reason, "reason", "", "what the whole numbers, or the case, are for")
	f.StringVar(&r.caseOf.name, "case", "", "name of a case to open of the units of one class")
	f.StringVar(&r.caseOf.class, "class", "", "that class, such as imei-differs")
	f.StringArrayVar(&r.caseOf.people, "person", nil, "ID of a person who follows the case up; may be given several times")
	f.BoolVar(&r.overwrite, "overwrite", false, "replace an existing file; never a record, a backup, a key or a checkpoint")
	cmd.MarkFlagsMutuallyExclusive("as", "map")
}

// check refuses flags that do not go together.
func (r *reconcileFlags) check() error {
	switch {
	// By its digits and not by a name: ITU-T E.118 knows an issuer by how its
	// numbers begin.
	case strings.Trim(r.issuer, "0123456789") != "":
		return wrongUse("an issuer is the digits with which its ICCIDs begin, such as 894450")
	case r.whole && r.file == "":
		return wrongUse("--whole is for a file: name one with -o")
	case r.whole && strings.TrimSpace(r.reason) == "":
		return wrongUse("say with --reason what the whole numbers are for")
	case r.caseOf.name != "" && strings.TrimSpace(r.reason) == "":
		return wrongUse("say with --reason what the case is for")
	case r.reason != "" && !r.whole && r.caseOf.name == "":
		return wrongUse("--reason goes with --whole or --case")
	}
	return r.caseOf.check()
}

// openList finds out what a list is, by itself or as the flags have it, and gives the
// hash of it.
func (r *reconcileFlags) openList(ctx context.Context, d *dhr.DHR, path string) (l *carrier.OpenedList, hash string, err error) {
	file, size, err := safefile.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "", wrongUse("there is no file %s", path)
	case errors.Is(err, safefile.ErrNotOrdinary):
		return nil, "", wrongUse("%s is a folder, a pipe or a device; save the list as an ordinary file", path)
	case err != nil:
		return nil, "", err
	}
	if l, err = carrier.OpenList(path, file, size); err != nil {
		return nil, "", asListError(ctx, err)
	}
	if err = r.choose(ctx, d, l.ListFile); err == nil {
		hash, err = l.Hash()
	}
	if err != nil {
		l.Close()
		return nil, "", asListError(ctx, err)
	}
	return l, hash, nil
}

// choose takes the shape or mapping that the flags name: a mapping by its file, or
// by the name under which it was used before. Without either the header decides,
// or what the columns hold.
func (r *reconcileFlags) choose(ctx context.Context, d *dhr.DHR, f *reconcile.ListFile) error {
	switch {
	case r.shape != "":
		if err := f.As(r.shape); err != nil {
			return err
		}
		return undoubted(f)
	case r.mapping == "":
		return undoubted(f)
	}
	text, err := safefile.Read(r.mapping, safefile.MostOfText)
	if err == nil {
		f.Mapping, err = mappingOf(r.mapping, text)
		return err
	}
	saved, unknown := d.SavedMapping(ctx, r.mapping)
	if errors.Is(unknown, dhr.ErrNotFound) {
		return wrongUse("there is neither a file %s nor a mapping of that name that was used before (%v)", station.Shown(r.mapping), err)
	}
	f.Mapping = saved
	return unknown
}

// undoubted refuses a list that has several columns for one thing, and shows the
// mapping that says which one: there is nobody to ask.
func undoubted(f *reconcile.ListFile) error {
	if len(f.Mapping.Doubts) == 0 {
		return nil
	}
	chosen := slices.Clone(f.Mapping.Columns)
	for _, d := range f.Mapping.Doubts {
		chosen = append(chosen, d.Columns[0])
	}
	var columns []string
	for _, c := range chosen {
		// A name with a quotation mark or a number in it is left out: the place will do.
		name := ""
		if c.Name != "" && c.Name == station.Shown(c.Name) && !strings.ContainsAny(c.Name, `"\`) {
			name = fmt.Sprintf(", name = %q", c.Name)
		}
		columns = append(columns, fmt.Sprintf("{role = %q%s, at = %d}", c.Role, name, c.At))
	}
	headless := ""
	if f.Mapping.Headless {
		headless = "headless = true\n"
	}
	return wrongUse("%v. Put your choice into a file and name it with --map, such as\n%scolumns = [%s]", f.Mapping.Check(), headless, strings.Join(columns, ", "))
}

// asListError tells what is wrong with a list, or that the comparison was stopped.
func asListError(ctx context.Context, err error) error {
	var wrong *reconcile.CompareError
	var unread *table.ReadError
	switch {
	case ctx.Err() != nil:
		f := station.NewFault(station.ExportStopped, "", ctx.Err())
		f.Kept = "Nothing of the comparison was kept; the list and the record are as they were."
		return f
	case errors.As(err, &wrong):
		return wrongUse("%v", wrong)
	case errors.As(err, &unread):
		return wrongUse("the list cannot be read: %v", unread)
	}
	return err
}

// showReading tells a terminal how far a comparison is. A list is read twice: what
// a SIM is said to be in one row may be said again in a later one.
func showReading(w io.Writer) func(reconcile.Progress) {
	t, ok := w.(wire.Terminal)
	if !ok || !wire.IsTerminal(t.File) {
		return nil
	}
	return func(p reconcile.Progress) {
		of := ""
		if p.Of > 0 {
			of = fmt.Sprintf(" of %d", p.Of)
		}
		fmt.Fprintf(t.File, "\rreading %d of 2: %d%s rows", p.Reading, p.Rows, of)
	}
}
