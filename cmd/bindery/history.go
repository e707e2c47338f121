// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
	"bindery/station/identity"
	"bindery/station/record"
)

// histories are the lists of other systems, and how they are closed.
func (c *cli) histories() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "history",
		Short: "Show the lists of units from before, and close one: clashes, sample, signature",
		Args:  cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			list, err := d.HistoryFiles(ctx)
			return historyList(list), err
		}),
	}
	cmd.AddCommand(c.historyClashes(), c.leaveOut(), c.historySample(), c.compareHistory(), c.acceptHistory(), c.withdrawHistory())
	return cmd
}

func listNumber(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, wrongUse("a list has a number, not %q", text)
	}
	return id, nil
}

func (c *cli) historyClashes() *cobra.Command {
	return &cobra.Command{
		Use:   "clashes LIST",
		Short: "List the rows that are at odds with others or with the record",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			id, err := listNumber(args[0])
			if err != nil {
				return nil, err
			}
			list, n, err := d.Clashes(ctx, id)
			return &clashList{list, n}, err
		}),
	}
}

func (c *cli) leaveOut() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "leave-out LIST FILE --badge BADGE",
		Short: "Take rows out of a list, as a table of row and reason says",
		Long: `Take rows out of a list that was not accepted. FILE is a table with the columns
row and reason; of rows that clash one stays. Only quality may.`,
		Args: cobra.ExactArgs(2),
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			id, err := listNumber(args[0])
			if err != nil {
				return 0, err
			}
			rows, err := tableOf(args[1], leftOutOf)
			if err != nil {
				return 0, err
			}
			return d.LeaveOut(ctx, by, id, rows)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of who decides")
	_ = cmd.MarkFlagRequired("badge")
	return cmd
}

func leftOutOf(r *row) record.LeftOutRow {
	return record.LeftOutRow{Row: int64(r.number("row", 0)), Reason: r.must("reason")}
}

func (c *cli) historySample() *cobra.Command {
	return &cobra.Command{
		Use:   "sample LIST",
		Short: "List the rows that a second person compares with their source",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			id, err := listNumber(args[0])
			if err != nil {
				return nil, err
			}
			list, err := d.HistorySample(ctx, id)
			return historySample(list), err
		}),
	}
}

func (c *cli) compareHistory() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "compare LIST --badge BADGE",
		Short: "Say that the rows of the sample are as their source has them; who brought the list in may not",
		Args:  cobra.ExactArgs(1),
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			id, err := listNumber(args[0])
			if err != nil {
				return 0, err
			}
			return d.CompareHistory(ctx, by, id)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of who compared them")
	_ = cmd.MarkFlagRequired("badge")
	return cmd
}

func (c *cli) acceptHistory() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "accept LIST --badge BADGE",
		Short: "Sign a list, as an approval: from then on it counts; who brought it in may not",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			id, err := listNumber(args[0])
			if err != nil {
				return nil, err
			}
			s, err := signed(&c.secrets, badge, dhr.Approval)
			if err != nil {
				return nil, err
			}
			return recordedIn(d.AcceptHistory(ctx, s, id))
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", signerFlag)
	return cmd
}

func (c *cli) withdrawHistory() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "withdraw LIST --reason TEXT --badge BADGE",
		Short: "Give a list up that was not accepted",
		Args:  cobra.ExactArgs(1),
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			id, err := listNumber(args[0])
			if err != nil {
				return 0, err
			}
			return d.WithdrawHistory(ctx, by, id, reason)
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of who does it")
	_ = cmd.MarkFlagRequired("badge")
	return cmd
}

type historyList []record.HistoryFile

func (l historyList) text(w io.Writer) {
	if len(l) == 0 {
		fmt.Fprintln(w, "no lists")
	}
	for _, f := range l {
		rows := "not all rows are here"
		if f.Rows != nil {
			rows = fmt.Sprintf("%d rows, %d left out", *f.Rows, f.LeftOut)
		}
		fmt.Fprintf(w, "%d  %s  %s of %s, %s  %s by %s%s%s\n   SHA-256 %s\n", f.ID, f.State, f.Name, f.Source, rows, local(f.At), f.By,
			noted(", compared by ", f.ComparedBy), noted(": ", f.Reason), f.Hash)
	}
}

type clashList struct {
	Clashes []record.Clash `json:"clashes"`
	Count   int            `json:"count"`
}

func (l *clashList) text(w io.Writer) {
	for _, c := range l.Clashes {
		fmt.Fprintf(w, "list %d, row %d  %s  %s  with %s\n", c.File, c.Row, c.Serial, c.Code, c.With)
	}
	fmt.Fprintf(w, "%d clashes\n", l.Count)
}

// historySample shows numbers by their ends: who compares has the source.
type historySample []record.SampleRow

func (l historySample) text(w io.Writer) {
	for _, r := range l {
		b := r.Binding
		fmt.Fprintf(w, "list %d, row %d  %s%s%s%s%s  %s%s\n", r.File, r.Row, r.Serial,
			noted("  IMEI ", identity.Mask(b.IMEI, 0, 4)), noted("  IMEI 2 ", identity.Mask(b.IMEI2, 0, 4)),
			noted("  ICCID ", identity.Mask(b.ICCID, 0, 4)), noted("  IMSI ", identity.Mask(b.IMSI, 0, 4)), b.Dated, noted(" to ", b.Undated))
	}
}
