// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// find takes whatever somebody has in hand, also half of it: a serial, a number of
// the device or of its SIM in any form, a label, a lot, several at once.
//
// Its user has a customer on the telephone, or an incident on the desk, and no
// time to learn a form. So nothing has to be said of what the text is: package
// station/query finds out, as the search at the screen does, and the answer says
// what it was taken for, since a number that was taken for another is worse than
// none.
func (c *cli) find() *cobra.Command {
	var at string
	var look looking
	cmd := &cobra.Command{
		Use:   "find TEXT [--whole --reason TEXT --badge BADGE]",
		Short: "Find units by serial, identity, label, lot or order, whole or in part",
		Long: `Find the units that a text leads to, by live and by given-up bindings, and say what
the text was taken for and why. The text may be a serial; an IMEI, ICCID, IMSI or
EID as people, portals, scanners and modems write it; what a scanner reads from a
label; a lot; an order; #14 for a leaf; a part of one; or several at once. A number
is never repaired: a wrong check digit is reported. Numbers are shown masked;
--whole shows them to people who may see them, and the record notes who looked and
why.`,
		Args: cobra.ExactArgs(1),
	}
	cmd.Flags().StringVar(&at, "at", "", "time, such as 2026-01-31T08:00:00Z: find what was bound at that time")
	look.flags(cmd)
	cmd.RunE = c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
		moment, err := momentOf(at)
		if err != nil {
			return nil, err
		}
		d, err := c.open(cmd.Context())
		if err != nil {
			return nil, err
		}
		defer d.Close() //nolint:errcheck // what was committed is on disk
		// Who may see numbers is found before anything is: a refusal must not tell that
		// there is a unit.
		by, err := look.admit(cmd.Context(), c, d)
		if err != nil {
			return nil, err
		}
		found, err := c.findIn(cmd, d, args[0], moment)
		if found == nil {
			return nil, err
		}
		a, errOfLook := look.shown(cmd.Context(), d, by, found.serials(), found)
		if errOfLook != nil {
			return nil, errOfLook
		}
		return a, err
	})
	return cmd
}

// findIn looks in a record; a text that is refused is a no. With units found in
// spite of it, it is none: one of several texts may be refused while the others
// are found.
func (c *cli) findIn(cmd *cobra.Command, d *dhr.DHR, text string, at time.Time) (*findResult, error) {
	var found record.Matches
	var err error
	if at.IsZero() {
		found, err = d.Find(cmd.Context(), text)
	} else {
		found, err = d.FindAt(cmd.Context(), text, at)
	}
	if err == nil && found.Refused != "" && len(found.Units) == 0 {
		return &findResult{found}, errNo
	}
	if err != nil {
		return nil, err
	}
	return &findResult{found}, nil
}

// momentOf reads a time; the zero time where none was given. A moment needs its
// zone: 08:00 without one is another unit in another factory.
func momentOf(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return at, wrongUse("%q is not a time: write it as 2026-01-31T08:00:00Z, or with the distance to UTC as 2026-01-31T08:00:00+01:00", station.Shown(text))
	}
	return at, nil
}

// findResult is what a search gave, as the record tells it.
type findResult struct{ record.Matches }

func (f findResult) serials() (list []string) {
	for _, u := range f.Units {
		list = append(list, u.Serial)
	}
	return list
}

// The reason comes first, and then the table: who reads "nothing found" shall see
// above it what was looked for.
func (f findResult) text(w io.Writer) {
	said := f.Texts
	if len(said) == 0 {
		said = []record.Interpreted{f.Interpreted}
	}
	for _, t := range said {
		fmt.Fprintf(w, "%s  %s%s\n", t.Took, t.Why, labelled("  refused: ", string(t.Refused)))
	}
	if len(f.Units) == 0 {
		fmt.Fprintln(w, "nothing found")
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SERIAL\tIMEI\tICCID\tORDER\tLOT\tDISPOSITION\tBINDING")
	for _, u := range f.Units {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", station.Visible(u.Serial, ""), orDash(u.IMEI), orDash(u.ICCID), orDash(u.Order), orDash(u.Lot), orDash(u.Disposition), matched(u))
	}
	t.Flush() //nolint:errcheck // a reader that went away is no fault
	// The count stops at [record.MostCounted], where "or more" is said: a search
	// for half a range would else count for minutes.
	switch {
	case f.More && f.Count == record.MostCounted:
		fmt.Fprintf(w, "%d or more units; the first %d are shown\n", f.Count, len(f.Units))
	case f.More:
		fmt.Fprintf(w, "%d units; the first %d are shown\n", f.Count, len(f.Units))
	}
}

// matched says which binding the text led to. An attempt comes before a binding:
// where no binding has the number, that a refused device once gave it is all that
// there is to tell.
func matched(u record.Match) string {
	switch {
	case u.Attempt != 0 && u.Code != "":
		return fmt.Sprintf("seen on attempt %d, refused (%s)", u.Attempt, u.Code)
	case u.Attempt != 0:
		return fmt.Sprintf("seen on attempt %d", u.Attempt)
	case u.Live:
		return "live since " + momentOr(u.From, aTimeUnknown)
	// Another system may not have said when: that a binding was given up is still known.
	case u.GivenUp:
		return fmt.Sprintf("given up: %s to %s", momentOr(u.From, aTimeUnknown), momentOr(u.To, aTimeUnknown))
	}
	return "-"
}

// aTimeUnknown stands for a moment that nobody has said.
const aTimeUnknown = "a time that is not known"

// momentOr is a time in the zone of this computer, or what stands for none.
func momentOr(t *time.Time, none string) string {
	if t == nil || t.IsZero() {
		return none
	}
	return local(*t)
}

// orDash is for a table, in which an empty cell would move the next one over.
func orDash[S ~string](s S) string {
	if s == "" {
		return "-"
	}
	return string(s)
}

// shown is [orDash] for what JSON has as null. It is for values that a verb makes
// itself, and not the record.
func shown(s *string) string {
	if s == nil {
		return orDash("")
	}
	return *s
}
