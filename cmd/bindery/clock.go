// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

func (c *cli) settleClock() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "settle-clock --badge BADGE --reason TEXT",
		Short: "Accept, as an admin, that the clock of the station went back",
		Args:  cobra.NoArgs,
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, _ []string) (int64, error) {
			return d.SettleClock(ctx, by, reason)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the admin")
	cmd.Flags().StringVar(&reason, "reason", "", "why the clock is right now")
	_ = cmd.MarkFlagRequired("badge")
	return cmd
}
