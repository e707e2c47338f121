// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
)

// moves are the verbs that change what may happen to a unit.
func (c *cli) moves() []*cobra.Command {
	return []*cobra.Command{
		c.move("quarantine", station.Quarantined, "Put a unit aside until quality has decided"),
		c.move("rework", station.Reworked, "Give a unit's binding and label up, so that it can be bound again"),
		c.move("scrap", station.Scrapped, "Take a unit out for good"),
		c.move("readmit", station.Passed, "Bring a unit back from quarantine that has passed the line"),
	}
}

func (c *cli) move(verb string, to station.Disposition, short string) *cobra.Command {
	var m dhr.MoveRequest
	var badge, second string
	cmd := &cobra.Command{
		Use:     verb + " SERIAL --reason TEXT --badge BADGE",
		Short:   short,
		Long:    short + ".\nWho may do so, and where a second person must agree, is the rule of station.Moves.",
		Example: fmt.Sprintf("  bindery %s CL-000101 --reason 'module replaced' --badge LD-2001 --second QA-3001", verb),
		Args:    cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			m.Serial, m.To = args[0], to
			var err error
			if m.By, err = personID(ctx, d, badge); err != nil {
				return nil, err
			}
			if m.Second, err = personID(ctx, d, second); err != nil {
				return nil, err
			}
			leaf, err := d.Move(ctx, m)
			if err != nil {
				return nil, err
			}
			return recorded{leaf}, nil
		}),
	}
	f := cmd.Flags()
	f.StringVar(&m.Reason, "reason", "", "why")
	f.StringVar(&badge, "badge", "", "badge of who does it")
	f.StringVar(&second, "second", "", "badge of who agrees, where two are needed")
	_ = cmd.MarkFlagRequired("badge")
	return cmd
}

// personID is the ID of the person with this badge; nobody for "".
func personID(ctx context.Context, d *dhr.DHR, badge string) (string, error) {
	if badge == "" {
		return "", nil
	}
	p, err := d.PersonByBadge(ctx, badge)
	return p.ID, err
}

// recorded is the answer of an act that only leaves its mark in the record.
type recorded struct {
	Leaf int64 `json:"leaf"`
}

func (r recorded) text(w io.Writer) { fmt.Fprintf(w, "recorded, leaf %d\n", r.Leaf) }
