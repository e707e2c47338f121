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
	"bindery/station/identity"
	"bindery/station/record"
)

// countAnswers reads the file of a field action as it came back.
func (c *cli) countAnswers() *cobra.Command {
	var badge string
	// The reply is whatever the customer wrote: that there is one is counted, and what
	// it says is for people to read.
	cmd := &cobra.Command{
		Use:   "answers NAME FILE --badge BADGE",
		Short: "Count the answers to a field action in the file that came back",
		Long: `Count the answers to a field action in a CSV or XLSX table with the columns serial
and reply: the file of bindery export units --for field-action, filled in.
A unit has answered when one of its rows has a reply.`,
		Args: cobra.ExactArgs(2),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			// The case first: a name that was mistyped is told before a password is asked for.
			found, err := d.Case(ctx, args[0])
			if err != nil {
				return nil, err
			}
			rows, list, err := wire.ReadReplies(args[1])
			var wrong *wire.RepliesError
			if errors.As(err, &wrong) {
				return nil, wrongUse("%s", wrong.Message)
			} else if err != nil {
				return nil, err
			}
			by, err := c.admit(ctx, d, badge)
			if err != nil {
				return nil, err
			}
			counted, err := d.CountAnswers(ctx, by, found, list, rows)
			return answersCounted{counted}, err
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who counts")
	require(cmd, "badge")
	return cmd
}

// answersCounted is what one file came to. The counts of two are not added: a unit
// may have answered in both.
type answersCounted struct{ record.Answers }

func (a answersCounted) text(w io.Writer) {
	fmt.Fprintf(w, "%d of %s answered, leaf %d\n", a.Answered, station.Counted(a.Units, "unit", "units"), a.Leaf)
	// Rows of other units are counted and not refused: whoever answers for a fleet
	// sends one table for all of it.
	if a.Foreign > 0 {
		fmt.Fprintf(w, "%s of serials that are not in the case\n", station.Counted(a.Foreign, "row", "rows"))
	}
	for _, b := range a.Blank {
		fmt.Fprintf(w, "row %d  %s: its reply says nothing, and is counted as none\n", b.Row, station.Visible(identity.MaskIn(b.Serial), ""))
	}
	for _, s := range a.Unanswered {
		fmt.Fprintln(w, "no answer ", station.Visible(s, ""))
	}
}
