// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

func (c *cli) show() *cobra.Command {
	return &cobra.Command{
		Use:   "show SERIAL",
		Short: "Show the device history record of a unit",
		Long: `Show all that the record holds of a unit: identities, attempts with the raw
dialogue, labels, and with --json the leaves of the audit trail.`,
		Args: cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			record, err := d.Show(ctx, args[0])
			if err != nil {
				return nil, err
			}
			return history{record}, nil
		}),
	}
}

// history is the record of one unit; its JSON form is the record itself.
type history struct{ dhr.Record }

func (h history) text(w io.Writer) {
	r := h.Record
	fmt.Fprintf(w, "%s  %s\n  %s version %d, order %s, lot %s\n", r.Serial, r.Disposition, r.REF, r.Version, r.Order, r.Lot)
	for _, b := range r.Bindings {
		state := "live"
		if b.Superseded {
			state = "superseded"
		}
		fmt.Fprintf(w, "binding %d  %s  %s by %s\n  IMEI %s  ICCID %s\n  %s %s, firmware %s\n",
			b.ID, state, local(b.At), b.By, b.IMEI, b.ICCID, b.Maker, b.Model, b.Firmware)
	}
	for _, a := range r.Attempts {
		fmt.Fprintf(w, "attempt %d  %s  %s by %s at %s\n", a.ID, a.Outcome, local(a.Started), a.By, a.Station)
		printFindings(w, a.Findings)
		for _, e := range a.Evidence {
			fmt.Fprintf(w, "  %8.3f s  %-4s %q\n", float64(e.Us)/1e6, e.Dir, e.Text)
		}
	}
	for _, p := range r.Prints {
		fmt.Fprintf(w, "label %d  %s  %s by %s on %s\n", p.N, p.State, local(p.At), p.By, p.Printer)
	}
	fmt.Fprintf(w, "%d leaves in the audit trail\n", len(r.Leaves))
}

func local(t time.Time) string { return t.Local().Format("2006-01-02 15:04:05") }
