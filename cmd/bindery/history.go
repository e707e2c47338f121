// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// histories are the lists of other systems, and how they are closed.
//
// Its user is quality at the start of a site, with some thousand units that
// another system made. Each step is a verb of its own, for different people do
// them on different days; what each of them must be, and in which order, is the
// record's (station/dhr, historyfiles.go).
func (c *cli) histories() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List the imports of units from before; decide clashes, compare a sample, sign",
		Args:  cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			list, err := d.HistoryFiles(ctx)
			return historyList(list), err
		}),
	}
	cmd.AddCommand(c.historyClashes(), c.leaveOut(), c.historySample(), c.compareHistory(), c.acceptHistory(), c.withdrawHistory())
	return cmd
}

// readList makes a verb that only shows something of a list.
func (c *cli) readList(do func(ctx context.Context, d *dhr.DHR, list int64) (answer, error)) func(*cobra.Command, []string) error {
	return c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
		list, err := listNumber(args[0])
		if err != nil {
			return nil, err
		}
		return do(ctx, d, list)
	})
}

// decideList makes a verb by which the person with a badge decides about a list.
// The order of the steps (clashes, sample, signature) is the record's to hold: each
// verb is refused with what is still to be done before it.
func (c *cli) decideList(badge *string, do func(ctx context.Context, d *dhr.DHR, by string, list int64, args []string) (leaf int64, err error)) func(*cobra.Command, []string) error {
	return c.act(badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
		list, err := listNumber(args[0])
		if err != nil {
			return 0, err
		}
		return do(ctx, d, by, list, args)
	})
}

// listNumber is the first argument of each verb. A list is called by its number and
// not by the name of its file: two of one name may have been brought in.
func listNumber(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, wrongUse("a list has a number, not %q", text)
	}
	return id, nil
}

// historyClashes comes first: of rows that name the same unit or number only one
// can be right, and no program knows which.
func (c *cli) historyClashes() *cobra.Command {
	return &cobra.Command{
		Use:   "clashes LIST",
		Short: "List the rows that clash with other rows or with the record",
		Args:  cobra.ExactArgs(1),
		RunE: c.readList(func(ctx context.Context, d *dhr.DHR, id int64) (answer, error) {
			list, n, err := d.Clashes(ctx, id)
			return &clashList{list, n}, err
		}),
	}
}

// leaveOut decides clashes by a table and not row by row: who compares a thousand
// rows does it in a spreadsheet, and each needs its own reason in the record.
func (c *cli) leaveOut() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "leave-out LIST FILE --badge BADGE",
		Short: "Leave rows out of a list, by a table of rows and reasons",
		Long: `Leave rows out of a list that is not accepted yet. FILE is a table with the columns
row and reason; of rows that clash, one stays. Only quality may do this. A list whose
sample was compared before is to be compared again.`,
		Args: cobra.ExactArgs(2),
		RunE: c.decideList(&badge, func(ctx context.Context, d *dhr.DHR, by string, list int64, args []string) (int64, error) {
			rows, err := readTableFile(args[1], leftOutOf)
			if err != nil {
				return 0, err
			}
			return d.LeaveOut(ctx, by, list, rows)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who decides")
	require(cmd, "badge")
	return cmd
}

// leftOutOf reads a row that is to be left out. The reason may not be missing: the
// row stays in the file that is kept, and an auditor will ask why it does not count.
func leftOutOf(r *importRow) record.LeftOutRow {
	return record.LeftOutRow{Row: int64(r.number("row", 0)), Reason: r.must("reason")}
}

// historySample shows the rows that were drawn, always the same ones: a sample that
// is drawn again until it pleases proves nothing. Numbers are whole for who compares
// them: by their last digits alone, a damage in the midst is not seen.
func (c *cli) historySample() *cobra.Command {
	var look looking
	cmd := &cobra.Command{
		Use:   "sample LIST [--whole --reason TEXT --badge BADGE]",
		Short: "List the rows that a second person compares with their source",
		Args:  cobra.ExactArgs(1),
		RunE: c.readList(func(ctx context.Context, d *dhr.DHR, id int64) (answer, error) {
			by, err := look.admit(ctx, c, d)
			if err != nil {
				return nil, err
			}
			list, err := d.HistorySample(ctx, id)
			if err != nil {
				return nil, err
			}
			look.reason = fmt.Sprintf("sample of list %d: %s", id, look.reason)
			return look.shown(ctx, d, by, nil, historySample(list))
		}),
	}
	look.flags(cmd)
	return cmd
}

// compareHistory is said by a second person, for whoever brought a list in sees
// in it what they meant to write.
func (c *cli) compareHistory() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "compare LIST --badge BADGE",
		Short: "Confirm that the sample agrees with its source (not by the person who imported the list)",
		Args:  cobra.ExactArgs(1),
		RunE: c.decideList(&badge, func(ctx context.Context, d *dhr.DHR, by string, list int64, _ []string) (int64, error) {
			return d.CompareHistory(ctx, by, list)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who compared them")
	require(cmd, "badge")
	return cmd
}

// acceptHistory is a signature and not an act alone: from then on the units of the
// list are found, traced and held against new ones as if they had been made here,
// so it takes both components again (21 CFR 11.200). What will not count is shown
// before the password is asked for, and its hash goes with the signature (11.50, 11.70).
func (c *cli) acceptHistory() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "accept LIST --badge BADGE",
		Short: "Sign a list as an approval, so that it counts (not by the person who imported it)",
		Args:  cobra.ExactArgs(1),
		RunE: c.readList(func(ctx context.Context, d *dhr.DHR, list int64) (answer, error) {
			review, err := d.HistoryReview(ctx, list)
			if err != nil {
				return nil, err
			}
			// On stderr: stdout is for the answer, also with --json.
			showReview(wire.Err, review)
			s, err := signed(&c.secrets, badge, station.Approval)
			if err != nil {
				return nil, err
			}
			s.Shown = review.Shown
			return answerLeaf(d.AcceptHistory(ctx, s, list))
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", signerFlag)
	return cmd
}

// showReview shows what is about to be signed: the lists, who had a hand in them, and
// each row that was left out with the reason.
func showReview(w io.Writer, r record.HistoryReview) {
	historyList(r.Lists).text(w)
	for _, l := range r.LeftOut {
		fmt.Fprintf(w, "   list %d, row %d  %s  left out by %s: %s\n", l.File, l.Row, station.Visible(l.Serial, ""), l.By, station.Visible(l.Reason, ""))
	}
	fmt.Fprintf(w, "   SHA-256 of what is signed %s\n", r.Shown)
}

// withdrawHistory is the way back before the signature. The rows stay in the record:
// nothing that came into it is ever taken out.
func (c *cli) withdrawHistory() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "withdraw LIST --reason TEXT --badge BADGE",
		Short: "Withdraw a list that was not accepted",
		Args:  cobra.ExactArgs(1),
		RunE: c.decideList(&badge, func(ctx context.Context, d *dhr.DHR, by string, list int64, _ []string) (int64, error) {
			return d.WithdrawHistory(ctx, by, list, reason)
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who does it")
	require(cmd, "badge")
	return cmd
}

// historyList are the lists with the state of each, which says what is due next.
type historyList []station.HistoryFile

func (l historyList) text(w io.Writer) {
	if len(l) == 0 {
		fmt.Fprintln(w, "no lists")
	}
	for _, f := range l {
		rows := "not all rows are here"
		// Rows are counted at the end of an import: until then it can be resumed, and a
		// number would look as if all were there.
		if f.Rows != nil {
			rows = fmt.Sprintf("%s, %d left out", station.Counted(*f.Rows, "row", "rows"), f.LeftOut)
		}
		fmt.Fprintf(w, "%d  %s  %s of %s, %s  %s by %s%s%s\n   SHA-256 %s\n", f.ID, f.State, f.Name, f.Source, rows, local(f.At), strings.Join(append([]string{f.By}, f.FedBy...), ", "),
			labelled(", compared by ", f.ComparedBy), labelled(": ", f.Reason), f.Hash)
	}
}

// clashList has the first of them and how many there are in all.
type clashList struct {
	Clashes []record.Clash `json:"clashes"`
	Count   int            `json:"count"`
}

func (l *clashList) text(w io.Writer) {
	for _, c := range l.Clashes {
		fmt.Fprintf(w, "list %d, row %d  %s  %s  with %s\n", c.File, c.Row, c.Serial, c.Code, c.With)
	}
	fmt.Fprintln(w, station.Counted(l.Count, "clash", "clashes"))
}

// historySample is the rows to compare, with whole numbers: see [looking].
type historySample []record.SampleRow

func (l historySample) text(w io.Writer) {
	for _, r := range l {
		b := r.Binding
		fmt.Fprintf(w, "list %d, row %d  %s%s%s%s%s%s  %s%s\n", r.File, r.Row, r.Serial,
			labelled("  IMEI ", b.IMEI), labelled("  IMEI 2 ", b.IMEI2), labelled("  ICCID ", b.ICCID), labelled("  IMSI ", b.IMSI),
			labelled("  EID ", b.EID), b.Dated, labelled(" to ", b.Undated)+leftOutMark(r.LeftOut))
	}
}

// leftOutMark says of a row that it was left out.
func leftOutMark(leftOut bool) string {
	if leftOut {
		return "  (left out)"
	}
	return ""
}
