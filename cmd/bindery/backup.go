// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station/dhr"
)

func (c *cli) backup() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the record while the line runs, and verify the copy",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			if err := d.Backup(ctx, args[0]); err != nil {
				return nil, err
			}
			return copied{File: args[0]}, nil
		}),
	}
}

func (c *cli) restore() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup, once verified, in the place of the record",
		Long: `Put a backup in the place of the record, once it is verified. What stood there
is set aside beside it, never deleted. No other program may have it open.`,
		Args: cobra.ExactArgs(1),
		RunE: c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
			aside, err := dhr.Restore(cmd.Context(), args[0], c.path(), dhr.Options{Clock: wire.Clock{}, Station: wire.Station(c.station)})
			if err != nil {
				return nil, err
			}
			return copied{File: c.path(), Aside: orNull(aside)}, nil
		}),
	}
}

// copied is where a copy went.
type copied struct {
	File  string  `json:"file"`
	Aside *string `json:"aside"` // where the record went that stood there before
}

func (c copied) text(w io.Writer) {
	fmt.Fprintln(w, c.File)
	if c.Aside != nil {
		fmt.Fprintln(w, "what stood there is now", *c.Aside)
	}
}
