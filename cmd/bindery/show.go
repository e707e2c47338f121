// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// show tells the history of a unit, as the desk does on its screen, and with --json
// the leaves behind it.
//
// It is the whole of it, in the order of its life, for who has to answer for this
// one unit. Identities are masked unless somebody says why they must be seen: a
// terminal is read over shoulders, and what it showed is scrolled back to.
func (c *cli) show() *cobra.Command {
	at, look := "", looking{}
	cmd := &cobra.Command{
		Use:   "show SERIAL [--at TIME] [--whole --reason TEXT --badge BADGE]",
		Short: "Show the device history record of a unit",
		Long: `Show everything the record has about a unit: identities, attempts with the raw
dialogue, labels, changes of state, alarms, signatures, what a list of another
system says of it, its flags and the SIMs that it was given; with --json also the
leaves of the audit trail. With --at, show only the SIM that was in it at that time.
Numbers are masked; --whole shows them to people who may see them, and the record
notes who looked and why.`,
		Example: `  bindery show CL-000101 --at 2026-01-05T13:33:00Z
  bindery show CL-000101 --whole --reason 'ticket 7013' --badge QA-3001`,
		Args: cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			by, err := look.admit(ctx, c, d)
			if err != nil {
				return nil, err
			}
			a, err := unitShown(ctx, d, args[0], at)
			if err != nil {
				return nil, err
			}
			return look.shown(ctx, d, by, args[:1], a)
		}),
	}
	cmd.Flags().StringVar(&at, "at", "", "time with its zone, such as 2026-01-05T13:33:00Z")
	look.flags(cmd)
	return cmd
}

// unitShown is the history of a unit, or with a moment the SIM that it had then.
func unitShown(ctx context.Context, d *dhr.DHR, serial, at string) (answer, error) {
	if at != "" {
		return showSIMAt(ctx, d, serial, at)
	}
	record, err := d.Show(ctx, serial)
	if err != nil {
		return nil, err
	}
	who, err := namesOf(ctx, d)
	return unitHistory{record, who}, err
}

// unitHistory is the record of one unit; its JSON form is the record itself.
type unitHistory struct {
	record.UnitView
	who personNames
}

// A unit that was only tried has no product and no binding to tell of: its
// attempts are still of use, for they say why it never became one.
func (h unitHistory) text(w io.Writer) {
	r, who := h.UnitView, h.who.of
	if r.Made == nil && r.Imported != nil {
		fmt.Fprintf(w, "%s  %s\n", r.Serial, r.Disposition)
	} else if r.Made == nil {
		fmt.Fprintf(w, "%s  was tried, but never became a unit\n", r.Serial)
	} else {
		fmt.Fprintf(w, "%s  %s\n  %s version %d (%s), GTIN %s, order %s, lot %s\n  dialect %s%s\n",
			r.Serial, r.Disposition, r.REF, r.Version, r.Product, r.GTIN, r.Order, r.Lot, r.Dialect, labelled(" ", r.DialectHash))
	}
	printIncident(w, r, who)
	for _, b := range r.Bindings {
		printBinding(w, b, who)
	}
	for _, a := range r.Attempts {
		fmt.Fprintf(w, "attempt %d  %s%s  %s by %s at %s\n", a.ID, endOf(a), labelled(", ", string(a.Code)), local(a.Started), who(a.By), a.Station)
		printFindings(w, a.Findings)
		// %q keeps a byte that the device sent from moving the cursor.
		for _, e := range a.Evidence {
			fmt.Fprintf(w, "  %8.3f s  %-4s %q\n", float64(e.Us)/1e6, e.Dir, e.Text)
		}
	}
	for _, p := range r.Prints {
		fmt.Fprintf(w, "label %d  %s  %s by %s on %s%s%s%s\n  layout %s\n  dots   %s\n", p.N, p.State, local(p.At), who(p.By), p.Printer,
			labelled(", allowed by ", who(p.Approver)), labelled(": ", p.Reason), proven(p), p.LayoutHash, p.Hash)
	}
	for _, m := range r.Moves {
		fmt.Fprintf(w, "move  %s to %s  %s by %s%s%s\n", m.From, m.To, local(m.At), who(m.By), labelled(" and ", who(m.Second)), labelled(": ", m.Reason))
	}
	for _, a := range r.Alarms {
		state := "OPEN"
		if !a.Closed.IsZero() {
			state = "closed " + local(a.Closed) + " by " + who(a.ClosedBy) + ": " + a.Reason
		}
		fmt.Fprintf(w, "alarm %d  %s  %s by %s\n  %s\n  %s\n", a.ID, a.Code, local(a.At), who(a.By), a.Text, state)
	}
	for _, s := range r.Signatures {
		fmt.Fprintf(w, "signature %d  %s of %s  %s (%s UTC) by %s, %s\n  over   %s\n", s.ID, s.Meaning, s.Subject,
			station.LocalTime(s.At, s.Zone), s.At.UTC().Format(time.TimeOnly), s.Name, s.Role, s.Hash)
		if s.Holds != nil {
			for _, line := range s.Holds.Lines(who) {
				fmt.Fprintf(w, "  %s\n", line)
			}
		}
	}
	fmt.Fprintf(w, "%s in the audit trail\n", leafCount(len(r.Leaves)))
}

// endOf is how an attempt ended.
func endOf(a record.AttemptView) string {
	if a.Ended == nil {
		return "NOT ENDED"
	}
	return string(a.Outcome)
}

// printBinding shows a binding with who gave it up, where it is no longer live.
func printBinding(w io.Writer, b record.BindingView, who func(id string) string) {
	state := "live"
	if b.Superseded {
		state = "superseded"
	}
	fmt.Fprintf(w, "binding %d  %s  %s by %s\n  IMEI %s%s%s%s%s\n  %s %s, firmware %s\n", b.ID, state, local(b.At), who(b.By), b.IMEI,
		labelled("  second IMEI ", b.IMEI2), labelled("  ICCID ", b.ICCID), labelled("  IMSI ", b.IMSI), labelled("  EID ", b.EID), b.Maker, b.Model, b.Firmware)
	// Who gave a module up, and who agreed, is what an auditor asks about a rework.
	if b.SupersededAt != nil {
		fmt.Fprintf(w, "  superseded %s by %s%s%s\n", local(*b.SupersededAt), who(b.SupersededBy), labelled(" and ", who(b.SupersededSecond)), labelled(": ", b.SupersededWhy))
	}
}

// proven says how a label was proven.
func proven(p record.PrintView) string {
	if p.Proof == nil {
		return ""
	}
	return "\n  scan-back " + p.Proof.Words
}
