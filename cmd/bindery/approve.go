// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

func (c *cli) approve() *cobra.Command {
	var s signing
	var version int
	cmd := &cobra.Command{
		Use:   "approve REF --badge BADGE",
		Short: "Sign a product definition; who brought it in may not",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			p, err := d.Product(ctx, args[0], version)
			if err != nil {
				return nil, err
			}
			signed, err := s.ask(&c.secrets)
			if err != nil {
				return nil, err
			}
			return recordedIn(d.ApproveProduct(ctx, signed, p.REF, p.Version))
		}),
	}
	cmd.Flags().IntVar(&version, "version", 0, "of the definition (default: the newest)")
	s.flag(cmd.Flags(), dhr.Approval)
	return cmd
}
