// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/backup"
	"bindery/station/record"
)

// backup makes one on top of those that the station makes by itself, for the day
// before a computer is changed.
//
// Two users: a person who wants one file now, before something risky, and a timer
// that runs each night and must never fill the disk. Both get a copy that was
// verified before it has its name, for a backup that nobody tried is a hope. Which
// ones stay is [backup.RetentionPolicy].
func (c *cli) backup() *cobra.Command {
	var keep []int
	cmd := &cobra.Command{
		Use:   "backup FILE | --keep FOLDER",
		Short: "Copy the record while the line runs, and verify the copy",
		Long: `Copy the record while the line runs, and verify the copy. With --keep the copy
goes into a folder, named by its time, and older copies are thinned out: by default
the newest of each of 7 days, 4 weeks and 12 months stay. Nothing is removed when
the new copy does not verify, and the disk is never filled. docs/quality.md shows
how to run it from cron or systemd.`,
		Example: "  bindery backup before-the-audit.db\n  bindery backup --keep /mnt/share/bindery\n  bindery backup --keep=14,8,24 /mnt/share/bindery",
		Args:    cobra.ExactArgs(1),
	}
	cmd.Flags().IntSliceVar(&keep, "keep", nil, "folder for the copies, with rotation: DAYS,WEEKS,MONTHS")
	cmd.Flags().Lookup("keep").NoOptDefVal = fmt.Sprintf("%d,%d,%d", backup.UsualRetention.Days, backup.UsualRetention.Weeks, backup.UsualRetention.Months)
	cmd.RunE = c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
		if !cmd.Flags().Changed("keep") {
			return backedUp(args[0], backup.Make(ctx, d, args[0]))
		}
		// No day at all would remove the backup that was just made.
		if len(keep) != 3 || min(keep[0], keep[1], keep[2]) < 0 || keep[0] == 0 {
			return nil, wrongUse("--keep is written DAYS,WEEKS,MONTHS, such as 7,4,12, with one day or more")
		}
		return backedUp(backup.Into(ctx, d, args[0], backup.RetentionPolicy{Days: keep[0], Weeks: keep[1], Months: keep[2]}))
	})
	return cmd
}

// restore puts a backup in the place of the record, or, as a drill, only tells what
// that would come to. Neither throws the present record away.
//
// It is not made by c.record, as the other verbs are: the record may be what is
// damaged, and opening it here would keep the lock that the restore must have.
//
// Whether there is a file of that name is asked here, so that a mistyped one is
// wrong use (exit code 2) and not a fault of the backup.
func (c *cli) restore() *cobra.Command {
	var drill, foreign bool
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "restore FILE --badge BADGE --reason REASON | FILE --drill",
		Short: "Replace the record by a verified backup, or try the backup out",
		Long: `Replace the record by a backup, once the backup is verified. The old file is kept
beside it and never deleted. No other program may have the record open. Once an
admin of the record has a password, an admin must do this, with badge and PIN or
password. The record says what was lost. A backup of another record needs
--foreign, and so does any backup when both record and key are lost.

With --drill the backup is restored to a temporary folder beside the record,
verified there and removed again. The drill shows whether the record continues from
the backup and what would be lost. The line may keep running; the record notes
that the drill took place.`,
		Example: "  bindery restore /mnt/share/bindery/NEWEST.backup --drill\n  bindery restore /mnt/share/bindery/NEWEST.backup --badge AD-5001 --reason 'the disk failed'",
		Args:    cobra.ExactArgs(1),
		RunE: c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
			if _, err := os.Stat(args[0]); errors.Is(err, fs.ErrNotExist) {
				return nil, wrongUse("there is no backup at %s", args[0])
			}
			o := c.options()
			// By the account, with no badge: a drill changes no unit, and runs
			// at night from a timer.
			if drill {
				return drilled(backup.Drill(cmd.Context(), args[0], c.path(), dhr.ComputerAccount(), o))
			}
			r, err := backup.Restore(cmd.Context(), backup.Restoration{
				// The secret is asked for by the restore itself, once it knows in
				// which of the two records the admin is to be looked up.
				Backup: args[0], Path: c.path(), Reason: reason, Badge: badge, Ask: c.ask, By: dhr.ComputerAccount(), Foreign: foreign,
			}, o)
			if err != nil {
				return nil, err
			}
			return restored{r, orNull(r.Note)}, nil
		}),
	}
	f := cmd.Flags()
	f.BoolVar(&drill, "drill", false, "only try the backup out, and show what would be lost")
	f.BoolVar(&foreign, "foreign", false, "restore it although it is not a backup of this record")
	f.StringVar(&badge, "badge", "", "badge of the admin who restores (default: the account that runs this, while no admin has a password)")
	f.StringVar(&reason, "reason", "", "why")
	return cmd
}

// backedUp answers with where the copy is: with --keep its name is not the
// caller's.
func backedUp(file string, err error) (answer, error) {
	if err != nil {
		return nil, err
	}
	return copied{File: file}, nil
}

// copied is where a copy went.
type copied struct {
	File string `json:"file"`
}

func (c copied) text(w io.Writer) { fmt.Fprintln(w, c.File) }

// restored is what a restore did.
type restored struct {
	record.Restored
	Note *string `json:"note"` // in place of the report's own
}

// What was given up is told in full, for it has to be entered again by people who
// remember today: tomorrow nobody does.
func (r restored) text(w io.Writer) {
	fmt.Fprintf(w, "%s goes on from leaf %d, the last of the backup; recorded, leaf %d\n", r.File, r.From.Leaf, r.Leaf)
	if r.Aside != nil {
		fmt.Fprintln(w, "  what stood there is now", *r.Aside)
	}
	switch {
	case r.Behind == nil:
		fmt.Fprintln(w, " ", shown(r.Note))
	case *r.Behind == 0:
		fmt.Fprintln(w, "  nothing was written after the backup")
	default:
		fmt.Fprintf(w, "  set aside with it: %s written after the backup, of %s, since %s:\n", leafCount(*r.Behind), station.Counted(r.Units, "unit", "units"), local(*r.Since))
		printLost(w, r.Lost)
	}
}

// drillResult is what a restore drill found.
type drillResult struct {
	record.DrillReport
	FirstFault *string `json:"first_fault"` // in place of the report's own
}

// drilled makes a drill that found something wrong a no: a scheduled job must not
// take it for well.
func drilled(r record.DrillReport, err error) (answer, error) {
	if err == nil && !r.OK {
		err = errNo
	}
	// With a first fault the report is the answer even though there is an error:
	// it says which leaf is wrong, and the error only that the file is.
	if err != nil && r.FirstFault == "" {
		return nil, err
	}
	return drillResult{r, orNull(r.FirstFault)}, err
}

// What would be lost is the point of a drill, also of a sound one: it says whether
// the backups are frequent enough.
func (d drillResult) text(w io.Writer) {
	if !d.OK {
		fmt.Fprintln(w, "NOT GOOD:", shown(d.FirstFault))
		return
	}
	fmt.Fprintf(w, "restored and sound: %s, the last %s…\n", leafCount(d.Leaves), d.Head[:16])
	if d.Recorded != nil {
		fmt.Fprintf(w, "  made %s, byte for byte the file of leaf %d\n", local(d.Recorded.At), d.Recorded.Leaf)
	}
	switch {
	case !d.Compared:
		fmt.Fprintln(w, "  there is no record here to compare it with")
	case d.Behind == 0:
		fmt.Fprintln(w, "  nothing would be lost")
	default:
		fmt.Fprintf(w, "  %s would be lost, of %s, since %s:\n", leafCount(d.Behind), station.Counted(d.Units, "unit", "units"), local(*d.Since))
		printLost(w, d.Lost)
	}
	if d.Leaf != 0 {
		fmt.Fprintf(w, "  the drill is recorded, leaf %d\n", d.Leaf)
	}
}

// printLost names what was written after the backup, for people to enter it again.
func printLost(w io.Writer, list []record.Loss) {
	for _, l := range list {
		fmt.Fprintf(w, "    %5d %s\n", l.N, l.What)
	}
}
