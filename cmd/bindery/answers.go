// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/station/table"
)

// countAnswers reads the file of a field action as it came back.
func (c *cli) countAnswers() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "answers NAME FILE --badge BADGE",
		Short: "Count the answers to a field action, from its file as it came back filled in",
		Long: `Count the answers to a field action, by a table with the columns serial and reply:
the file of bindery export units --for field-action as it came back, CSV or XLSX.
A unit has answered when a row of it has a reply.`,
		Args: cobra.ExactArgs(2),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			found, err := d.Case(ctx, args[0])
			if err != nil {
				return nil, err
			}
			rows, list, err := readReplies(args[1])
			if err != nil {
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
	cmd.Flags().StringVar(&badge, "badge", "", "badge of who counts")
	require(cmd, "badge")
	return cmd
}

type answersCounted struct{ record.Answers }

func (a answersCounted) text(w io.Writer) {
	fmt.Fprintf(w, "%d of %s answered, leaf %d\n", a.Answered, station.Counted(a.Units, "unit", "units"), a.Leaf)
	if a.Foreign > 0 {
		fmt.Fprintf(w, "%s of serials that are not in the case\n", station.Counted(a.Foreign, "row", "rows"))
	}
	for _, s := range a.Unanswered {
		fmt.Fprintln(w, "no answer ", station.Visible(s, ""))
	}
}

// replyLimits are what is read at once: a field action may be about all units of a
// product, and who fills the list in may add columns.
var replyLimits = table.Limits{Rows: 2_000_001, Columns: 200, Cell: 10_000, Unpacked: 1 << 30}

// readReplies reads a field action as it came back. Other columns do not count, so
// that whoever fills it in may keep their own notes there.
func readReplies(path string) (rows []station.FieldReply, list record.SourceFile, err error) {
	f, size, err := safefile.Open(path)
	if err != nil {
		return nil, list, wrongUse("%s cannot be read", filepath.Base(path))
	}
	defer f.Close() // it was only read
	list.Name = filepath.Base(path)
	if list.Hash, err = hashFile(path); err != nil {
		return nil, list, err
	}
	t, err := table.Open(list.Name, f, size, table.Options{Limits: replyLimits})
	if err != nil {
		return nil, list, wrongUse("the list cannot be read: %v", err)
	}
	defer t.Close() //nolint:errcheck // it was only read
	named, err := table.ReadHeader(t)
	if err != nil {
		return nil, list, wrongUse("the list cannot be read: %v", err)
	}
	serial, reply := slices.Index(named.Names, "serial"), slices.Index(named.Names, station.ReplyColumn)
	if serial < 0 || reply < 0 {
		return nil, list, wrongUse("the list needs the columns serial and %s", station.ReplyColumn)
	}
	for {
		rec, err := named.Next()
		if errors.Is(err, io.EOF) {
			return rows, list, nil
		} else if err != nil {
			return nil, list, wrongUse("the list cannot be read: %v", err)
		}
		at := func(column int) string {
			if column >= len(rec.Cells) {
				return ""
			}
			return strings.TrimPrefix(rec.Cells[column].Text, "'") // as our CSV has it before what a spreadsheet would change
		}
		rows = append(rows, station.FieldReply{Serial: at(serial), Reply: at(reply)})
	}
}
