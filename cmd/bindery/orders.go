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
)

// orders lists orders with the count of their units by disposition.
//
// Its user is a lead at the end of a day: how far each order is, and what keeps it
// open. The sums are [station.OrderCounts], the same that the desk shows and a
// signature over a lot covers.
func (c *cli) orders() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "orders",
		Short: "List the orders and the state of their units, or close one",
		Args:  cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			orders, err := d.Orders(ctx)
			if err != nil {
				return nil, err
			}
			list := orderList{}
			for _, o := range orders {
				// Each in its own read: the list may change between two, and no
				// sum is wrong by that.
				counts, err := d.Counts(ctx, o.ID)
				if err != nil {
					return nil, err
				}
				list = append(list, counts)
			}
			return list, nil
		}),
	}
	cmd.AddCommand(c.closeOrder())
	return cmd
}

// closeOrder refuses with everything that stands in the way, and not only the first.
//
// The rule is [station.OrderState.Blockers]. A reason is taken always and asked
// for only where units are missing: the record says when, and not this flag.
func (c *cli) closeOrder() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "close ORDER --badge BADGE",
		Short: "Close an order whose units and labels are all accounted for",
		Args:  cobra.ExactArgs(1),
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			return d.CloseOrder(ctx, args[0], by, reason)
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why fewer units were built than planned, if so")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who closes it")
	require(cmd, "badge")
	return cmd
}

// orderList has the open orders first.
type orderList []station.OrderCounts

// All counts are shown, also those that are 0: an order whose columns come and go
// cannot be compared with the one above it.
func (l orderList) text(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ORDER\tLOT\tPLANNED\tBUILT\tPASSED\tIN PROCESS\tQUARANTINED\tREWORKED\tSCRAPPED\tRELEASED\tALARMS\tOPEN LABELS\tSTATE")
	for _, o := range l {
		state := "open"
		if o.Closed {
			state = "closed"
		}
		fmt.Fprintf(t, "%s\t%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n", o.Order, o.Lot, o.Planned, o.Built, o.Passed,
			o.InProcess, o.Quarantined, o.Reworked, o.Scrapped, o.Released, o.Alarms, o.Prints, state)
	}
	t.Flush() //nolint:errcheck // a reader that went away is no fault
}
