// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

// checkpoint signs the ledger as it is now, for somebody outside to keep: who holds
// it can tell later whether anything before it was changed.
//
// The note goes to stdout alone, and nothing with it, so that it can be piped into
// a mail or a file and be checked as it is. Without a badge it is the account that
// asks: a timer has none.
func (c *cli) checkpoint() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "checkpoint",
		Short: "Sign what the record holds now, as a note to keep elsewhere",
		Long: `Sign what the record holds now and print the note (C2SP tlog-checkpoint). The note
is kept in the record and copied to the folder of --copies. Do this at the end of
each shift: whoever keeps a note elsewhere can tell if the record is rewritten.`,
		Args: cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			by, err := c.admitOr(ctx, d, badge, "")
			if err != nil {
				return nil, err
			}
			note, err := d.Checkpoint(ctx, by)
			if err != nil {
				return nil, err
			}
			return checkpointNote{string(note)}, nil
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who asks for it")
	return cmd
}

// checkpointNote is the note as any reader of the format takes it (C2SP
// signed-note).
type checkpointNote struct {
	Note string `json:"note"`
}

func (n checkpointNote) text(w io.Writer) { fmt.Fprint(w, n.Note) }
