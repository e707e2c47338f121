// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// allocations shows how far the ranges of numbers are used up, early enough for
// another to be ordered: a TAC takes weeks.
//
// Its user orders numbers: a planner, or a job that mails when something is low.
// Whether it is low, and when it runs out, is [station.RunsLow] and
// [station.Forecast], as the screens have it; gaps and double use are
// [station.AllocationUsage].
func (c *cli) allocations() *cobra.Command {
	return &cobra.Command{
		Use:   "allocations",
		Short: "Show how much of each IMEI range is used, how fast, and when it runs out",
		Long: `Show the use of the IMEI ranges. The pace is that of the last 30 days. A range is
low when fewer numbers are free than the product's warn_free.`,
		Args: cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			accounts, err := d.AllocationUsage(ctx)
			if err != nil {
				return nil, err
			}
			products, err := d.Products(ctx)
			if err != nil {
				return nil, err
			}
			return ledgerOf(accounts, products, wire.SystemClock{}.Now()), nil
		}),
	}
}

// rangeList is the answer; [] and never null where there is no range.
type rangeList []rangeLine

// rangeLine is one range, and what a forecast makes of it. Its JSON is not that of an
// export, which has what was entered: two keys differ, and the order. Scripts read
// both, so both stay.
type rangeLine struct {
	record.AllocationView
	PerDay  float64     `json:"per_day"`
	RunsOut station.Day `json:"runs_out" null:"zero"` // "" when it is not in sight
	Low     bool        `json:"low"`                  // the product has fewer free numbers than it wants to be warned of
	Station string      `json:"station" null:"zero"`  // to which it is reserved
	Cert    string      `json:"cert" null:"zero"`

	Findings []station.Finding `json:"findings"` // what somebody should look into: gaps, numbers used twice, few left
}

// MarshalJSON has null for what is not known.
func (r rangeLine) MarshalJSON() ([]byte, error) {
	return marshalKeys(r, "tac", "from", "to", "product", "used", "free", "per_day", "runs_out", "low", "owner", "station", "cert", "findings")
}

// ledgerOf adds up what is free by product, for a product may draw on several
// ranges and is only short when all of them are.
func ledgerOf(accounts []record.AllocationView, products []station.Product, now time.Time) rangeList {
	free, warn := map[string]int{}, map[string]int{}
	for _, a := range accounts {
		free[a.Product] += a.Free
	}
	for _, p := range products {
		warn[p.REF] = p.WarnFree
	}
	list := rangeList{}
	for _, a := range accounts {
		// The rate is of each range, but whether it is low is of the product: the
		// free numbers of all its ranges count together.
		perDay, runsOut := station.Forecast(a.Free, a.Lately, a.Since, now)
		r := rangeLine{
			AllocationView: a, Station: a.Station, Cert: a.Cert,
			// One decimal: more would claim to know the future.
			PerDay: math.Round(perDay*10) / 10, Low: station.RunsLow(free[a.Product], warn[a.Product]),
			Findings: append([]station.Finding{}, a.Judge(free[a.Product], warn[a.Product])...),
		}
		if !runsOut.IsZero() {
			r.RunsOut = station.DayOf(runsOut)
		}
		list = append(list, r)
	}
	return list
}

// Findings come below the table, since a sentence in a column would push all
// others apart.
func (l rangeList) text(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "TAC\tFROM\tTO\tPRODUCT\tUSED\tFREE\t%\tA DAY\tRUNS OUT\t")
	for _, r := range l {
		low := ""
		if r.Low {
			low = "LOW"
		}
		fmt.Fprintf(t, "%s\t%06d\t%06d\t%s\t%d\t%d\t%.1f\t%.1f\t%s\t%s\n", r.TAC, r.From, r.To, r.Product, r.Used, r.Free,
			100*float64(r.Used)/float64(r.Used+r.Free), r.PerDay, orDash(string(r.RunsOut)), low)
	}
	t.Flush() //nolint:errcheck // a reader that went away is no fault
	for _, r := range l {
		for _, f := range r.Findings {
			fmt.Fprintf(w, "TAC %s from %06d: %s %s (%s)\n", r.TAC, r.From, f.Message, f.Next, f.Code)
		}
	}
}
