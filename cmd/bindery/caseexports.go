// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// caseExports tells what left the record for a carrier, support or an authority, of
// cases and of scopes alike: who asks afterwards has a file in hand, and its hash.
func (c *cli) caseExports() *cobra.Command {
	return &cobra.Command{
		Use:   "exports",
		Short: "List what was handed over of all incidents: to whom, how many, the hash, when, by whom and why",
		Args:  cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			list, err := exportsOf(ctx, d)
			return exportList{list}, err
		}),
	}
}

// handedOverOnce is an export of the units of an incident, with the name of its case.
type handedOverOnce struct {
	record.IncidentExport
	Case string `json:"case"` // "" where a scope was asked for
}

// exportsOf are all exports of incidents, the newest first.
func exportsOf(ctx context.Context, d *dhr.DHR) ([]handedOverOnce, error) {
	cases, err := d.Cases(ctx)
	if err != nil {
		return nil, err
	}
	// An export names its case by number; people know a case by its name.
	names := map[int64]string{}
	for _, k := range cases {
		names[k.ID] = k.Name
	}
	all, err := d.IncidentExports(ctx)
	list := make([]handedOverOnce, len(all))
	for i, e := range all {
		list[i] = handedOverOnce{e, names[e.Case]}
	}
	return list, err
}

type exportList struct {
	Exports []handedOverOnce `json:"exports"`
}

func (l exportList) text(w io.Writer) {
	if len(l.Exports) == 0 {
		fmt.Fprintln(w, "nothing was handed over")
	}
	printExports(w, l.Exports)
}

// printExports says of each whether numbers went out whole: that decides how bad it
// is when the file is found where it should not be.
func printExports(w io.Writer, list []handedOverOnce) {
	for _, e := range list {
		of := e.Scope
		if e.Case != "" {
			of = "case " + e.Case
		}
		numbers := ""
		switch {
		case e.Whole:
			numbers = ", numbers whole"
		case e.Audience.TakesIdentities():
			numbers = ", numbers masked"
		}
		fmt.Fprintf(w, "export  %s by %s for %s to %s: %s, leaf %d\n  %s: %s, %s as %s%s\n  SHA-256 %s\n", local(e.At), e.By, e.Audience,
			station.Visible(e.Recipient, ""), station.Visible(e.Reason, ""), e.Leaf, station.Visible(of, ""), station.Counted(e.Units, "unit", "units"),
			station.Counted(e.Rows, "row", "rows"), e.Form, numbers, e.Hash)
	}
}
