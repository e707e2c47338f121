// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

func (c *cli) approve() *cobra.Command {
	var badge, meaning string
	var version int
	cmd := &cobra.Command{
		Use:   "approve REF --badge BADGE",
		Short: "Sign a product definition; who brought it in may not",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			if !slices.Contains(dhr.Meanings, dhr.Meaning(meaning)) {
				return nil, wrongUse("--meaning is authorship, review, approval or responsibility")
			}
			p, err := d.Product(ctx, args[0], version)
			if err != nil {
				return nil, err
			}
			s, err := signed(&c.secrets, badge, dhr.Meaning(meaning))
			if err != nil {
				return nil, err
			}
			return recordedIn(d.ApproveProduct(ctx, s, p.REF, p.Version))
		}),
	}
	cmd.Flags().IntVar(&version, "version", 0, "of the definition (default: the newest)")
	cmd.Flags().StringVar(&badge, "badge", "", signerFlag)
	cmd.Flags().StringVar(&meaning, "meaning", string(dhr.Approval), "what the signature means: authorship, review, approval or responsibility")
	return cmd
}
