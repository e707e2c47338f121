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
//
// Who is signed in, or was admitted a moment ago, is asked again: a signature
// takes both components each time (21 CFR 11.200), and a PIN never signs. It is a
// refusal by wrong use, and not of the record, where nobody is named: there is no
// default signer.
func signed(from *wire.Secrets, badge string, meaning dhr.Meaning) (record.Signing, error) {
	if badge == "" {
		return record.Signing{}, wrongUse("say who signs with --badge")
	}
	password, err := from.Ask("password of " + badge)
	return record.Signing{Badge: badge, Password: password, Meaning: meaning}, err
}

// signerFlag is what --badge says in the verbs that sign.
const signerFlag = "badge of the person who signs; the password is asked for"

// release signs a lot and releases its units, once nothing stands in the way.
//
// What stands in the way (an order that is open, a unit in rework, an alarm) is
// [station.LotBlockers]' to say, and all of it is told at once. The meaning is
// fixed: a lot that somebody has only reviewed is not released.
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
			return answerLeaf(d.ReleaseLot(ctx, s, args[0]))
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", signerFlag)
	return cmd
}
