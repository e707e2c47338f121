// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

// clearLine is for stations without a screen, which asks the same between two orders.
//
// A label of the order before that lies on the bench is the one that ends on the
// wrong unit. So the first unit of an order is refused until somebody has counted
// (21 CFR 820.120(d)); 0 is said too, and is not the default: a number that nobody
// gave was not counted. More than none needs a reason, and who may explain them is
// the record's to ask.
func (c *cli) clearLine() *cobra.Command {
	var order, badge, reason string
	var leftover uint
	cmd := &cobra.Command{
		Use:   "clear-line --order ORDER --leftover N --badge BADGE",
		Short: "Confirm that no label of the previous order is left at this station",
		Long: `Confirm, before the first unit of an order, that the labels left over from the
previous order were counted at this station. If there are any, a lead or quality
must explain them with --reason.`,
		Example: "  bindery clear-line --order WO-118204 --leftover 0 --badge OP-1001",
		Args:    cobra.NoArgs,
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, _ []string) (int64, error) {
			return d.ClearLine(ctx, order, by, int(leftover), reason)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&order, "order", "", "the order that begins next")
	f.UintVar(&leftover, "leftover", 0, "how many labels of the previous order were found")
	f.StringVar(&reason, "reason", "", "why labels were left over, and what was done with them")
	f.StringVar(&badge, "badge", "", "badge of the person who counted")
	require(cmd, "order", "leftover", "badge")
	return cmd
}
