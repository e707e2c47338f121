// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
)

// noBlank refuses flags that were given with nothing in them, as a variable of a script
// that is not set leaves them: what they ask for would be left undone without a word.
func noBlank(cmd *cobra.Command, flags ...string) error {
	for _, name := range flags {
		if f := cmd.Flags().Lookup(name); f.Changed && strings.TrimSpace(f.Value.String()) == "" {
			return wrongUse("--%s is empty; give it a value, or leave it out", name)
		}
	}
	return nil
}

// verb makes a verb out of a function: it prints the answer, which may come
// with an error, as text or as JSON. With --json an error without an answer
// gives {"error": finding}, so that there is always one JSON value.
func (c *cli) verb(do func(cmd *cobra.Command, args []string) (answer, error)) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		var a answer
		err := checkOutputName(cmd)
		if err == nil {
			a, err = do(cmd, args)
		}
		if errors.Is(err, dhr.ErrNotFound) {
			err = station.Refuse(station.NotRecorded, describeRequest(cmd, args))
		}
		out := cmd.OutOrStdout()
		long, isLong := a.(longAnswer)
		switch {
		case c.json && a == nil && err != nil:
			printJSON(out, failure{findingOf(err)})
		case c.json && isLong && err == nil:
			err = long.writeJSON(out)
		case c.json:
			printJSON(out, a) // null where there is nothing to tell
		case a != nil:
			a.text(out)
		}
		if err != nil {
			return &verbError{err}
		}
		return nil
	}
}

// describeRequest is what a verb was asked for, as a message may repeat it.
func describeRequest(cmd *cobra.Command, args []string) string {
	if order, err := cmd.Flags().GetString("order"); err == nil {
		args = append(args, order)
	}
	if len(args) == 0 {
		return "that"
	}
	said := make([]string, len(args))
	for i, a := range args {
		said[i] = station.Shown(a)
	}
	return strings.Join(said, " ")
}

// record makes a verb that works on a record which must be there.
func (c *cli) record(do func(ctx context.Context, d *dhr.DHR, args []string) (answer, error)) func(*cobra.Command, []string) error {
	return c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
		d, err := c.open(cmd.Context())
		if err != nil {
			return nil, err
		}
		defer d.Close() //nolint:errcheck // what was committed is on disk
		return do(cmd.Context(), d, args)
	})
}
