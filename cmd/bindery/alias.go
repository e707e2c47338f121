// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
	"bindery/station/identity"
)

// alias gives a name that may stand in a ticket or a log in place of an identity.
//
// Its user is support or quality with a number in hand, about to write to somebody
// who must not have it. bindery find takes the alias back.
func (c *cli) alias() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "alias [TEXT] --reason TEXT --badge BADGE",
		Short: "Print the alias that stands for an identity in tickets and logs",
		Long: `Give the alias of an IMEI, ICCID, IMSI or EID that a unit has or had. Without TEXT
the number is read from standard input, which keeps it out of the shell's history.
A number always gets the same alias. bindery find ALIAS finds the unit; without the
record nobody can work out the number.`,
		Example: "  bindery alias --reason 'ticket 7013' --badge QA-3001 < number.txt",
		Args:    cobra.MaximumNArgs(1),
	}
	cmd.RunE = c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
		text := strings.Join(args, "")
		if len(args) == 0 {
			// Read to the end of the input and not of a line: a number that was copied from a
			// mail may be wrapped.
			const most = 1000 // bytes of one number, in whatever form
			read, err := io.ReadAll(io.LimitReader(os.Stdin, most))
			if err != nil {
				return nil, wrongUse("the number cannot be read: %v", err)
			}
			text = string(read)
		}
		by, err := c.admit(ctx, d, badge)
		if err != nil {
			return nil, err
		}
		a, err := d.GiveAlias(ctx, by, text, reason)
		return aliased{a}, err
	})
	cmd.Flags().StringVar(&reason, "reason", "", "what it is for, such as the number of a ticket")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who asks for it")
	require(cmd, "reason", "badge")
	return cmd
}

// aliased is the alias alone. Whoever asked has the number, and a terminal that is
// photographed shows only what may be seen.
type aliased struct {
	Alias identity.Alias `json:"alias"`
}

func (a aliased) text(w io.Writer) { fmt.Fprintln(w, a.Alias) }
