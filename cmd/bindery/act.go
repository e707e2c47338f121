// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

// act makes a verb by which the person with a badge leaves a mark in the
// record. by is the person's ID; whether they may is for the record to say.
func (c *cli) act(badge *string, do func(ctx context.Context, d *dhr.DHR, by string, args []string) (leaf int64, err error)) func(*cobra.Command, []string) error {
	return c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
		by, err := personID(ctx, d, *badge)
		if err != nil {
			return nil, err
		}
		return recordedIn(do(ctx, d, by, args))
	})
}

// personID is the ID of the person with this badge; nobody for "".
func personID(ctx context.Context, d *dhr.DHR, badge string) (string, error) {
	if badge == "" {
		return "", nil
	}
	p, err := d.PersonByBadge(ctx, badge)
	return p.ID, err
}

// recorded is the answer of an act: the leaf that holds it.
type recorded struct {
	Leaf int64 `json:"leaf"`
}

func recordedIn(leaf int64, err error) (answer, error) {
	if err != nil {
		return nil, err
	}
	return recorded{leaf}, nil
}

func (r recorded) text(w io.Writer) { fmt.Fprintf(w, "recorded, leaf %d\n", r.Leaf) }
