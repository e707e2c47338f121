// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// labels adds up what was printed of an order and where it is: each is on a unit,
// destroyed, or open.
//
// Labels are counted because a label that is on no unit can be put on the wrong
// one (21 CFR 820.120): the order does not close over one that is not accounted
// for. What settles it is [station.LabelReconciliation].
func (c *cli) labels() *cobra.Command {
	var order string
	cmd := &cobra.Command{
		Use:   "labels --order ORDER",
		Short: "Count the labels of an order, or explain why they do not add up",
		Long: `Count the labels of an order: each label that was printed, or may have been, is on
a unit (scanned back), void (destroyed) or open. An order can be closed when no
label is open and each unit that passed has one label, or when a lead or quality
has explained the difference.`,
		Args: cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			a, err := d.Labels(ctx, order)
			if err != nil {
				return nil, err
			}
			// With it goes how the line came to the order: a label that is missing
			// here is often one that was left at another station.
			cleared, err := d.Clearances(ctx, order)
			if err != nil {
				return nil, err
			}
			who, err := namesOf(ctx, d)
			return reconciledLabels{a, cleared, who}, err
		}),
	}
	cmd.Flags().StringVar(&order, "order", "", "work order")
	require(cmd, "order")
	cmd.AddCommand(c.explainLabels())
	return cmd
}

// explainLabels is for labels that do not add up: an order does not close before
// somebody has answered for them. It is for the account as it stands now: a label
// that opens later needs an explanation of its own.
func (c *cli) explainLabels() *cobra.Command {
	var order, badge, reason string
	cmd := &cobra.Command{
		Use:     "explain --order ORDER --reason TEXT --badge BADGE",
		Short:   "Explain why the labels of an order do not add up",
		Example: "  bindery labels explain --order WO-118204 --reason 'destroyed with the scrapped unit' --badge LD-2001",
		Args:    cobra.NoArgs,
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, _ []string) (int64, error) {
			return d.ExplainLabels(ctx, order, by, reason)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&order, "order", "", "work order")
	f.StringVar(&reason, "reason", "", "what happened to the labels")
	f.StringVar(&badge, "badge", "", "badge of the person who explains")
	require(cmd, "order", "badge")
	return cmd
}

// reconciledLabels is the account and how the line came to the order.
type reconciledLabels struct {
	record.OrderLabels
	Clearances []record.Clearance `json:"clearances"`
	who        personNames
}

// text lists the units of which there is something to tell. The rest of an order
// of thousands is what went well.
func (a reconciledLabels) text(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\tPRINTED\tON A UNIT\tVOID\tOPEN\tREPRINTS\t")
	line := func(what string, n station.LabelReconciliation, note string) {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%s\n", what, n.Printed, n.Applied, n.Void, n.Open, n.Reprints, note)
	}
	note := "DOES NOT ADD UP"
	if a.Settled() {
		note = "adds up"
	} else if a.Accounted {
		note = "explained"
	}
	line(a.Order, a.LabelReconciliation, note)
	for _, u := range a.Units {
		if u.Reprints > 0 || u.Void > 0 || !u.Settled() {
			line(u.Serial, u.LabelReconciliation, string(u.Disposition))
		}
	}
	t.Flush() //nolint:errcheck // a reader that went away is no fault
	for _, e := range a.Explained {
		fmt.Fprintf(w, "%s  %d open, %s: %s (%s)\n", local(e.At), e.Account.Open, station.Counted(e.Account.Discrepancies, "unit differs", "units differ"), e.Reason, a.who.of(e.By))
	}
	for _, c := range a.Clearances {
		// The first order of a station has none before it, and so nothing to
		// clear.
		switch {
		case c.Before == "":
		case c.Leftover == nil:
			fmt.Fprintf(w, "line of %s NOT CLEARED after %s\n", c.Station, c.Before)
		default:
			fmt.Fprintf(w, "%s  line of %s cleared after %s: %d left (%s) %s\n", local(c.At), c.Station, c.Before, *c.Leftover, a.who.of(c.By), c.Reason)
		}
	}
}
