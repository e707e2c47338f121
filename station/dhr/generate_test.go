// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// sizes are how many units records have that are measured. BINDERY_BENCH_UNITS
// names one more, such as 1000000.
func sizes(b *testing.B, small ...int) []int {
	b.Helper()
	if v := os.Getenv("BINDERY_BENCH_UNITS"); v != "" {
		n, err := strconv.Atoi(v)
		check(b, err)
		return append(small, n)
	}
	return small
}

// generated is a record with so many units bound. Where BINDERY_BENCH_DIR names
// a folder, a large one is kept there for the next time; one that was not
// finished goes on.
func generated(b testing.TB, dir string, units int) *DHR {
	b.Helper()
	if keep := os.Getenv("BINDERY_BENCH_DIR"); keep != "" && units >= 100_000 {
		dir = keep
	}
	clock := stationtest.NewClock()
	path, options := filepath.Join(dir, fmt.Sprintf("units-%d.db", units)), Options{Clock: clock, Station: "bench"}
	d, err := Open(b.Context(), path, options)
	check(b, err)
	b.Cleanup(func() { d.Close() }) // the folder goes next: d is opened again below
	ctx, there := b.Context(), d.units(b)
	clock.Add(time.Duration(there) * time.Second) // later than all that was kept
	if there == 0 {
		d.furnish(b, units)
	}
	for from := there; from < min(units, withLeaves); from += 1000 {
		check(b, d.bindMany(ctx, from, min(from+1000, units)))
	}
	if from := max(there, withLeaves); from < units {
		check(b, d.Close())
		insertRows(b, path, from, units)
		d, err = Open(ctx, path, options)
		check(b, err)
		check(b, d.file.CatchUp(ctx)) // a search would read the rest row by row
	}
	return d
}

func (d *DHR) units(b testing.TB) (n int) {
	b.Helper()
	check(b, d.reads.QueryRowContext(b.Context(), "SELECT count(*) FROM units").Scan(&n))
	return n
}

// furnish writes what units need.
func (d *DHR) furnish(b testing.TB, units int) {
	b.Helper()
	ctx := b.Context()
	_, err := d.ImportPeople(ctx, "", []station.Person{{ID: "operator", Name: "The operator", Badge: "B-1", Role: station.Operator}})
	check(b, err)
	_, err = d.AddLayout(ctx, "", "device", []byte(stationtest.Layout))
	check(b, err)
	_, err = d.ImportDialects(ctx, "", []record.DialectView{{Name: "auto", Text: station.DialectList(stationtest.Dialects())}})
	check(b, err)
	_, err = d.ImportProductRows(ctx, "", []ProductRow{{Product: stationtest.Product()}})
	check(b, err)
	for i := range units/1_000_000 + 1 {
		_, err = d.ImportAllocations(ctx, "", []station.Allocation{benchAllocation(i)})
		check(b, err)
	}
	var orders []station.Order
	for n := 0; n < units+100*unitsPerOrder; n += unitsPerOrder {
		o := stationtest.Order()
		o.ID, o.Lot, o.Planned = orderOf(n), benchLot(n), unitsPerOrder
		orders = append(orders, o)
	}
	_, err = d.ImportOrders(ctx, "", orders)
	check(b, err)
}

// unitsPerOrder is how many units one order of these records has. A bind counts
// those of its order.
const unitsPerOrder = 1000

// orderOf is the order of the n-th unit.
func orderOf(n int) string { return fmt.Sprintf("WO-%d", 1+n/unitsPerOrder) }

// withLeaves is how many units are bound as the station does it, leaf by leaf; those
// beyond are [insertRows].
const withLeaves = 10_000

// bindMany binds units, many to a commit.
func (d *DHR) bindMany(ctx context.Context, from, to int) error {
	return d.file.Write(ctx, func(leaves *store.LeafWriter) error {
		for n := from; n < to; n++ {
			a, binding := bindOf(n)
			t, err := d.beginLeaf(leaves, auditEntry{what: "bind", subject: "unit:" + a.Serial})
			if err != nil {
				return err
			}
			if _, err := t.bind(a, binding); err != nil {
				return err
			}
			if err := t.AppendLeaf(); err != nil {
				return err
			}
		}
		return nil
	})
}

// benchIMEI is the n-th number of TACs that follow each other.
func benchIMEI(n int) string {
	s := fmt.Sprintf("%08d%06d", 35812309+n/1_000_000, n%1_000_000)
	return s + string(identity.LuhnDigit(s))
}

func benchAllocation(i int) station.Allocation {
	return station.Allocation{TAC: identity.TAC(fmt.Sprintf("%08d", 35812309+i)), From: 0, To: 999999, Product: "CL-100", Owner: "own"}
}

func bindOf(n int) (station.Attempt, station.Binding) {
	r := stationtest.Reading(n)
	a := station.Attempt{
		Order: orderOf(n), Serial: stationtest.Serial(n), By: "operator", Station: "bench", Started: stationtest.Start, Reading: r,
	}
	return a, station.Binding{
		Serial: a.Serial, IMEI: identity.IMEI(benchIMEI(n)), ICCID: identity.ICCID(r.ICCID), IMSI: identity.IMSI(r.IMSI),
		Allocation: int64(1 + n/1_000_000), Maker: r.Manufacturer, Model: r.Model, Firmware: r.Firmware, At: stationtest.Start, By: "operator",
	}
}
