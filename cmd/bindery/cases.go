// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/record"
	"bindery/station/scope"
)

// cases are incidents that are followed up.
//
// Its user is quality in the weeks after the first hour of an incident, who has to
// say what changed since then, and why. What a case may be called and who may keep
// one, station decides; the units are listed by dhr/incident.
func (c *cli) cases() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "case",
		Short: "List cases; show what changed in a case; update its units; close it",
		Long: `List the cases. bindery scope EXPR --save NAME makes a case; bindery case show NAME
shows what changed in it since it was saved.`,
		Args: cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			list, err := d.Cases(ctx)
			return caseList{list}, err
		}),
	}
	cmd.AddCommand(c.showCase(), c.updateCase(), c.countAnswers(), c.closeCase(), c.caseExports())
	return cmd
}

// showCase is open to everybody who may read a record: serials are no identities.
func (c *cli) showCase() *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Show a case: how many units it had and has now, which came and went, and why",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			return showCase(ctx, d, args[0])
		}),
	}
}

// updateCase does not change what was saved: the list before stays, so that it can
// be said what was known when.
func (c *cli) updateCase() *cobra.Command {
	var badge, file string
	var list record.NewCaseList
	cmd := &cobra.Command{
		Use:   "update NAME [EXPR] --reason TEXT --badge BADGE",
		Short: "Update the units of a case, by its scope or by another one",
		Long: `Update the units of a case: by its own scope, or by EXPR or --file. The earlier
lists are kept. With --person, these people follow the case up from now on.`,
		Args: cobra.RangeArgs(1, 2),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			// Without an expression the scope is that of the list before, which the record
			// has: the command need not know it.
			list.Name = args[0]
			if len(args) > 1 || file != "" {
				e, err := scopeOf(args[1:], file)
				if err == nil {
					list.Expr, err = scope.ReadFiles(e, wire.Lines)
				}
				if err == nil {
					err = noteLists(ctx, d, list.Expr)
				}
				if err != nil {
					return nil, asWrongUse(err)
				}
			}
			by, err := c.admit(ctx, d, badge)
			if err != nil {
				return nil, err
			}
			if _, err := incident.UpdateCase(ctx, d, by, list, localZone()); err != nil {
				return nil, asWrongUse(err)
			}
			return showCase(ctx, d, list.Name)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&file, "file", "", "a file with the expression as JSON")
	f.StringVar(&list.Reason, "reason", "", "why it is updated")
	f.StringArrayVar(&list.People, "person", nil, "ID of a person who follows it up; may be given several times")
	f.StringVar(&badge, "badge", "", "badge of the person who updates it")
	require(cmd, "reason", "badge")
	return cmd
}

// closeCase ends the work on a case. Its lists, and what was handed over of it,
// stay to be shown.
func (c *cli) closeCase() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "close NAME --reason TEXT --badge BADGE",
		Short: "Close a case",
		Args:  cobra.ExactArgs(1),
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			return d.CloseCase(ctx, by, args[0], reason)
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "why")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who closes it")
	require(cmd, "reason", "badge")
	return cmd
}

// caseList are all cases.
type caseList struct {
	Cases []record.Case `json:"cases"`
}

func (l caseList) text(w io.Writer) {
	// Nothing at all would look like a command that did not work.
	if len(l.Cases) == 0 {
		fmt.Fprintln(w, "no case was opened")
	}
	for _, c := range l.Cases {
		fmt.Fprintf(w, "%s  %s, %s\n", station.Visible(c.Name, ""), caseState(c), station.Counted(c.Saved[0].Count, "unit", "units"))
	}
}

// caseState is one word, or when it was closed: the list is read from top to bottom
// for what is still open.
func caseState(c record.Case) string {
	if c.Closed == nil {
		return "open"
	}
	return "closed " + local(*c.Closed)
}

func (s caseShown) text(w io.Writer) {
	fmt.Fprintf(w, "%s  %s\n  opened %s by %s: %s\n", station.Visible(s.Name, ""), caseState(s.Case), local(s.At), s.By, station.Visible(s.Reason, ""))
	if len(s.People) > 0 {
		fmt.Fprintf(w, "  followed up by %s\n", strings.Join(s.People, ", "))
	}
	if s.Closed != nil {
		fmt.Fprintf(w, "  closed by %s: %s\n", s.ClosedBy, station.Visible(s.CloseReason, ""))
	}
	for _, l := range s.Saved {
		fmt.Fprintf(w, "saved %d  %s by %s: %s\n  %s: %d\n  list   %s\n", l.N, local(l.At), l.By, station.Visible(l.Reason, ""),
			station.Visible(l.Scope, ""), l.Count, l.Hash)
	}
	fmt.Fprintf(w, "%s then, %d now\n", station.Counted(s.Then, "unit", "units"), s.Now)
	printCaseChanges(w, "added", s.Added)
	printCaseChanges(w, "gone", s.Gone)
	printExports(w, s.Exports)
	for _, a := range s.Answers {
		fmt.Fprintf(w, "answers  %s by %s: %d of %s, %s, leaf %d\n", local(a.At), a.By, a.Answered, station.Counted(a.Units, "unit", "units"), station.Visible(a.File, ""), a.Leaf)
	}
}

// printCaseChanges names the leaf that took a unit in or out of the scope: who asks
// why a number went up is led to the entry of the record.
func printCaseChanges(w io.Writer, how string, list []record.UnitChange) {
	for _, c := range list {
		why := "nothing about it was recorded since"
		if c.At != nil {
			why = fmt.Sprintf("%s %s by %s%s, leaf %d", c.What, local(*c.At), c.By, labelled(": ", station.Visible(c.Why, "")), c.Leaf)
		}
		fmt.Fprintf(w, "%s  %s  %s\n", how, station.Visible(c.Serial, ""), why)
	}
}
