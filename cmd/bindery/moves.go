// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// moves are the verbs that change what may happen to a unit.
//
// There is no verb that sets any disposition: what is not in [station.Transitions]
// has no name to be asked for by. release is a verb of its own, for it takes a
// signature and a whole lot.
func (c *cli) moves() []*cobra.Command {
	return []*cobra.Command{
		c.move("quarantine", station.Quarantined, "Quarantine a unit until quality has decided",
			"'scratched' --badge OP-1001"),
		c.move("rework", station.Reworked, "Give up a unit's binding and label, so that it can be bound again",
			"'module replaced' --badge LD-2001 --second QA-3001"),
		c.move("scrap", station.Scrapped, "Scrap a unit for good",
			"'housing cracked' --badge QA-3001 --second QA-3002"),
		c.move("supersede", station.Superseded, "Give up what an imported list says of a unit, so that it can be provisioned",
			"'to be read again' --badge LD-2001"),
		c.move("readmit", station.Passed, "Bring a unit that has passed the line back from quarantine",
			"'only the carton was scratched' --badge QA-3001 --second QA-3002"),
	}
}

// move is one verb for each disposition. Which moves there are, who may make them
// and which need a second person is [station.Transitions] alone. So the flags are
// the same for all of them, also --second where one will do: which need it is not
// said twice.
func (c *cli) move(verb string, to station.Disposition, short, example string) *cobra.Command {
	var m record.MoveRequest
	var badge, second string
	cmd := &cobra.Command{
		Use:     verb + " SERIAL --reason TEXT --badge BADGE",
		Short:   short,
		Long:    short + ".\ndocs/quality.md says who may do this, and when a second person must agree.",
		Example: fmt.Sprintf("  bindery %s CL-000101 --reason %s", verb, example),
		Args:    cobra.ExactArgs(1),
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			m.Serial, m.To, m.By = args[0], to, by
			var err error
			// After the first person's: secrets come in one order, so that a file
			// of --secret-fd can hold them (docs/command-line.md).
			if m.Second, err = c.admitOr(ctx, d, second, ""); err != nil {
				return 0, err
			}
			return d.Move(ctx, m)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&m.Reason, "reason", "", "why")
	f.StringVar(&badge, "badge", "", "badge of the person who does it")
	f.StringVar(&second, "second", "", "badge of the person who agrees, if two are needed")
	require(cmd, "badge")
	return cmd
}
