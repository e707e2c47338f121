// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
)

// act makes a verb by which the person with a badge leaves a mark in the record.
// by is the person's ID; whether they may is for the record to say. All verbs of
// people are made by it, so that none can forget to ask who it is. The badge comes
// as a pointer, for the flags are read after the verb was made.
func (c *cli) act(badge *string, do func(ctx context.Context, d *dhr.DHR, by string, args []string) (leaf int64, err error)) func(*cobra.Command, []string) error {
	return c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
		by, err := c.admit(ctx, d, *badge)
		if err != nil {
			return nil, err
		}
		return answerLeaf(do(ctx, d, by, args))
	})
}

// byAdmin makes a verb by which an admin does something. Without a badge the
// account of the computer does it, which the record takes while it has no admin.
// That is how the first admin can come to be; from then on the record refuses the
// account.
func (c *cli) byAdmin(badge *string, do func(ctx context.Context, d *dhr.DHR, by string) (answer, error)) func(*cobra.Command, []string) error {
	return c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
		by, err := c.admitOr(ctx, d, *badge, dhr.ComputerAccount())
		if err != nil {
			return nil, err
		}
		return do(ctx, d, by)
	})
}

// admit is the ID of the person with this badge, who is asked for their PIN or
// password; see [dhr.DHR.Admit].
func (c *cli) admit(ctx context.Context, d *dhr.DHR, badge string) (string, error) {
	b, err := d.Admit(ctx, badge, c.ask)
	if err == nil {
		c.warnAlone(b)
	}
	return b.ID, err
}

// admitOr is admit, or somebody else where no badge was given.
func (c *cli) admitOr(ctx context.Context, d *dhr.DHR, badge, nobody string) (string, error) {
	if badge == "" {
		return nobody, nil
	}
	return c.admit(ctx, d, badge)
}

// createAs opens the record for an import, which may be the first thing that ever
// comes into it, and admits who imports: their badge, or while the record has no
// admin the account that runs this. Whoever is not admitted leaves it closed.
func (c *cli) createAs(ctx context.Context, badge string) (*dhr.DHR, string, error) {
	d, err := c.create(ctx)
	if err != nil {
		return nil, "", err
	}
	by, err := c.admitOr(ctx, d, badge, dhr.ComputerAccount())
	if err != nil {
		return nil, "", errors.Join(err, d.Close())
	}
	return d, by, nil
}

// ask is a [dhr.Ask].
func (c *cli) ask(b station.BadgeHolder) (string, error) {
	return c.secrets.Ask(b.Requires.Name() + " of " + b.Name)
}

// warnAlone says that somebody did something by a badge alone. On stderr at each
// act, and not once: whoever goes into service with badges alone shall not be able
// to say that nobody told them.
func (c *cli) warnAlone(b station.BadgeHolder) {
	if b.Requires == "" {
		fmt.Fprintf(wire.Err, "bindery: warning: the badge alone stood for %s; once an admin has a password (bindery people secret) it will not\n", b.ID)
	}
}

// adminFlag is what --badge is for where an admin acts, or nobody is one yet.
const adminFlag = "badge of the admin (default, while there is none: the account that runs this)"

// recordedLeaf is the answer of an act: the leaf that holds it.
type recordedLeaf struct {
	Leaf int64 `json:"leaf"`
}

// answerLeaf answers a verb that wrote: the number of its leaf is what a person
// notes on paper, and what an auditor finds the act again by.
func answerLeaf(leaf int64, err error) (answer, error) {
	if err != nil {
		return nil, err
	}
	return recordedLeaf{leaf}, nil
}

func (r recordedLeaf) text(w io.Writer) { fmt.Fprintf(w, "recorded, leaf %d\n", r.Leaf) }
