// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station/dhr"
	"bindery/station/record"
)

// signed asks a person who signs for both components again.
func signed(from *wire.Secrets, badge string, meaning dhr.Meaning) (record.Signing, error) {
	if badge == "" {
		return record.Signing{}, wrongUse("say who signs with --badge")
	}
	password, err := from.Ask("password of " + badge)
	return record.Signing{Badge: badge, Password: password, Meaning: meaning}, err
}

const signerFlag = "badge of who signs; the password is asked for"

// release signs a lot and releases its units, once nothing stands in the way.
func (c *cli) release() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "release LOT --badge BADGE",
		Short: "Sign the record of a lot, as an approval, and release its units that passed",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			s, err := signed(&c.secrets, badge, dhr.Approval)
			if err != nil {
				return nil, err
			}
			return recordedIn(d.ReleaseLot(ctx, s, args[0]))
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", signerFlag)
	return cmd
}
