// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// find takes whatever somebody has in hand, also half of it: a serial, an IMEI, an
// ICCID, an order, a lot.
func (c *cli) find() *cobra.Command {
	return &cobra.Command{
		Use:   "find TEXT",
		Short: "Find units by any identity, serial, order or lot, or a part of one",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			found, err := d.Find(ctx, args[0])
			if err != nil {
				return nil, err
			}
			return foundOf(found), nil
		}),
	}
}

// foundUnits is what a search gave; null is what a unit does not have.
type foundUnits struct {
	Took  *string     `json:"took"` // what the text was taken for; null when nothing fits
	Units []foundUnit `json:"units"`
}

type foundUnit struct {
	Serial      string              `json:"serial"`
	IMEI        *string             `json:"imei"`
	IMEI2       *string             `json:"imei2"`
	ICCID       *string             `json:"iccid"`
	IMSI        *string             `json:"imsi"`
	EID         *string             `json:"eid"`
	Order       string              `json:"order"`
	Lot         string              `json:"lot"`
	Disposition station.Disposition `json:"disposition"`
	BoundAt     *time.Time          `json:"bound_at"`
}

func foundOf(f record.Matches) *foundUnits {
	out := &foundUnits{Took: orNull(f.Took), Units: []foundUnit{}}
	for _, u := range f.Units {
		out.Units = append(out.Units, foundUnit{
			u.Serial, orNull(u.IMEI), orNull(u.IMEI2), orNull(u.ICCID), orNull(u.IMSI), orNull(u.EID),
			u.Order, u.Lot, u.Disposition, u.BoundAt,
		})
	}
	return out
}

func (f *foundUnits) text(w io.Writer) {
	if len(f.Units) == 0 {
		fmt.Fprintln(w, "nothing found")
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "SERIAL\tIMEI\tICCID\tORDER\tLOT\tDISPOSITION\tBOUND")
	for _, u := range f.Units {
		bound := ""
		if u.BoundAt != nil {
			bound = local(*u.BoundAt)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", u.Serial, shown(u.IMEI), shown(u.ICCID), u.Order, u.Lot, u.Disposition, bound)
	}
	t.Flush() //nolint:errcheck // a reader that went away is no fault
	if len(f.Units) == record.MostFound {
		fmt.Fprintf(w, "only the first %d are shown\n", record.MostFound)
	}
}

// shown is for a table, in which an empty cell would move the next one over.
func shown(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}
