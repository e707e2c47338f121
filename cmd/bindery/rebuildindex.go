// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

// rebuildHint is what to type then.
const rebuildHint = "bindery rebuild-index --badge BADGE --reason TEXT"

// rebuildIndex is the cure where verify or check-db says that the index of parts is
// not what the rows make. No restore is called for: no row depends on it.
func (c *cli) rebuildIndex() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "rebuild-index --badge BADGE --reason TEXT",
		Short: "Make the index of parts anew, as quality or an admin, where verify finds it wrong",
		Long: "Make the index of parts anew from the rows, where bindery verify or check-db\nfinds it wrong. Nothing of the record depends on it but the search for a part of a\n" +
			"serial or number. Others cannot write for as long as the units from before the\nrecord and what refused devices said are entered.",
		Args: cobra.NoArgs,
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, _ []string) (int64, error) {
			return d.RebuildIndex(ctx, by, reason)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of quality or an admin")
	cmd.Flags().StringVar(&reason, "reason", "", "why it is made anew, such as what verify said")
	require(cmd, "badge")
	return cmd
}
