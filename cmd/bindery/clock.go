// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

// settleClock is for an admin, who says that a clock which went back or far ahead is
// right now: until then nothing is written.
//
// It is not made by c.act: the record will write nothing while its clock is wrong,
// also not that somebody was admitted. So it takes the badge itself, and puts the
// sign-in and the act into one leaf.
func (c *cli) settleClock() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "settle-clock --badge BADGE --reason TEXT",
		Short: "Accept, as an admin, that the clock of the station went back",
		Args:  cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			return answerLeaf(d.SettleClock(ctx, badge, reason, c.ask))
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the admin")
	cmd.Flags().StringVar(&reason, "reason", "", "why the clock is right now")
	require(cmd, "badge")
	return cmd
}
