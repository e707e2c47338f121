// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// signed asks a person who signs for both components again.
//
// Who is signed in, or was admitted a moment ago, is asked again: a signature
// takes both components each time (21 CFR 11.200), and a PIN never signs. It is a
// refusal by wrong use, and not of the record, where nobody is named: there is no
// default signer.
func signed(from *wire.Secrets, badge string, meaning station.Meaning) (record.Signing, error) {
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
// fixed: a lot that somebody has only reviewed is not released. The lot is shown
// before the password is asked for, and its hash goes with the signature, so that
// the record refuses when a unit of it changed in between (21 CFR 11.50, 11.70).
func (c *cli) release() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "release LOT --badge BADGE",
		Short: "Sign the record of a lot as an approval, and release the units that passed",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			lot, err := d.LotView(ctx, args[0])
			if err != nil {
				return nil, err
			}
			// On stderr: stdout is for the answer, also with --json.
			showLot(wire.Err, lot)
			s, err := signed(&c.secrets, badge, station.Approval)
			if err != nil {
				return nil, err
			}
			s.Shown = lot.Shown
			return answerLeaf(d.ReleaseLot(ctx, s, args[0]))
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", signerFlag)
	return cmd
}

// showLot shows what is about to be signed: the orders of the lot, how many units it
// releases, their labels, and the hash of all of it. What stands in the way is told
// by the refusal.
func showLot(w io.Writer, l record.LotView) {
	units := 0
	for _, o := range l.Orders {
		units += o.Passed
	}
	fmt.Fprintf(w, "lot %s: releases %s\n", station.Visible(l.Lot, ""), station.Counted(units, "unit", "units"))
	for _, o := range l.Orders {
		fmt.Fprintf(w, "  order %s  %d planned, %d passed, %d scrapped, %d released before\n", station.Visible(o.Order, ""), o.Planned, o.Passed, o.Scrapped, o.Released)
	}
	for _, a := range l.Labels {
		fmt.Fprintf(w, "  labels of %s  %d printed, %d on units, %d destroyed, %d open\n", station.Visible(a.Order, ""), a.Printed, a.Applied, a.Void, a.Open)
	}
	fmt.Fprintf(w, "  SHA-256 %s\n", l.Shown)
}
