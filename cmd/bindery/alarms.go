// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
)

// alarms lists what stops units. An alarm is closed under the same verb, since who
// reads the list is who closes the next one.
//
// Closed ones are in the list too: an auditor asks what was found, and a lead
// whether it happened before. Who may close which is [station.Alarm.MayClose],
// which the record asks within the transaction.
func (c *cli) alarms() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "alarms",
		Short: "List the alarms, or close one with a reason",
		Args:  cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			list, err := d.Alarms(ctx)
			if err != nil {
				return nil, err
			}
			// After the list, in two reads: a name that changes between them is
			// still a name of that person, and the ID is what counts.
			who, err := namesOf(ctx, d)
			return alarmsOf(list, who), err
		}),
	}
	cmd.AddCommand(c.closeAlarm())
	return cmd
}

// closeAlarm lets the unit of an alarm go on; why is in the record for good.
func (c *cli) closeAlarm() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:     "close ID --reason TEXT --badge BADGE",
		Short:   "Close an alarm; the unit may go on",
		Example: "  bindery alarms close 3 --reason 'module was swapped at the bench' --badge QA-3001",
		Args:    cobra.ExactArgs(1),
		RunE: c.act(&badge, func(ctx context.Context, d *dhr.DHR, by string, args []string) (int64, error) {
			// A number that is none is the caller's to cure (exit code 2). One
			// that no alarm has is for the record to refuse.
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil {
				return 0, wrongUse("an alarm has a number, not %q", args[0])
			}
			return d.CloseAlarm(ctx, id, by, reason)
		}),
	}
	cmd.Flags().StringVar(&reason, "reason", "", "what was found")
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person who closes it")
	require(cmd, "badge")
	return cmd
}

type alarmList []alarmLine

// alarmLine is an alarm with what people are called. Its JSON is that of the
// alarm, which has IDs: a name may stand twice in a factory.
type alarmLine struct {
	station.Alarm
	who personNames
}

// alarmsOf gives the IDs of people their names, also of those who have left.
func alarmsOf(list []station.Alarm, who personNames) alarmList {
	out := alarmList{} // [] in JSON where there is none, never null
	for _, a := range list {
		out = append(out, alarmLine{a, who})
	}
	return out
}

// An open one is in capitals: it is what somebody has to act on, and stands
// between many that are closed.
func (l alarmList) text(w io.Writer) {
	if len(l) == 0 {
		fmt.Fprintln(w, "no alarms")
	}
	for _, a := range l {
		state := "OPEN"
		if !a.Closed.IsZero() {
			state = "closed " + local(a.Closed) + " by " + a.who.of(a.ClosedBy) + ": " + orDash(a.Reason)
		}
		fmt.Fprintf(w, "%d  %s  %s  %s  by %s\n   %s\n   %s\n", a.ID, local(a.At), a.Code, orDash(a.Serial), a.who.of(a.By), a.Text, state)
	}
}
