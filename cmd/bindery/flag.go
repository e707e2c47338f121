// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// flag marks units that are lost, stolen or under investigation. Its user is
// quality, with a case of one unit or the list of an authority with a hundred;
// both stop a unit at every bench at once. Which flags there are, and who may set
// them, is station's.
func (c *cli) flag() *cobra.Command {
	var badge, file string
	var f record.FlagRequest
	cmd := &cobra.Command{
		Use:   "flag SERIAL FLAG --reason TEXT --badge BADGE",
		Short: "Flag a unit: " + station.FlagNames(),
		Long: `Flag a unit, or with --file the units of a table with the columns serial, flag,
since, by and reason. Until the flag is ended, every bench refuses the unit, and
any device with an identity that it had, and raises an alarm.`,
		Example: `  bindery flag CL-000101 stolen --reason 'case 7013' --badge QA-3001
  bindery flag --file flags.csv --badge QA-3001`,
		Args: func(_ *cobra.Command, args []string) error {
			// One or the other: a serial beside a table would be flagged, or not,
			// by a rule that nobody knows.
			if file == "" && len(args) != 2 || file != "" && len(args) != 0 {
				return errors.New("give a serial and a flag, or a table with --file")
			}
			return nil
		},
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			// Who it is comes before the file is read: a table of stolen units is
			// not told to somebody who may not see it.
			by, err := c.admit(ctx, d, badge)
			if err != nil {
				return nil, err
			}
			if file != "" {
				return importList(file, "", flagOf, func(list record.SourceFile, rows []record.FlagRequest) (record.Import, error) {
					return d.ImportFlags(ctx, by, list, rows)
				})
			}
			f.Serial, f.Flag = args[0], station.ParseFlag(args[1])
			return answerLeaf(d.Flag(ctx, by, f))
		}),
	}
	cmd.Flags().StringVar(&f.Reason, "reason", "", "why")
	cmd.Flags().StringVar(&file, "file", "", "table of flags")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who flags it")
	require(cmd, "badge")
	return cmd
}

// flagOf reads one row. Row goes with it, so that what the record refuses is told
// by the row of the file.
func flagOf(r *importRow) record.FlagRequest {
	return record.FlagRequest{
		Serial: r.must("serial"), Flag: station.ParseFlag(r.must("flag")), Since: r.moment("since"), SaidBy: r.text("by"), Reason: r.must("reason"),
		Row: int64(r.n),
	}
}

// unflag ends a flag and keeps it: that a unit was once reported stolen stays in
// its history.
func (c *cli) unflag() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:     "unflag SERIAL FLAG --reason TEXT --badge BADGE",
		Short:   "End a flag of a unit",
		Example: "  bindery unflag CL-000101 stolen --reason 'it came back' --badge QA-3001",
		Args:    cobra.ExactArgs(2),
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			return d.Unflag(ctx, by, args[0], station.ParseFlag(args[1]), reason)
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who ends it")
	require(cmd, "badge")
	return cmd
}
