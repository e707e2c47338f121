// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// BenchmarkAccounts asks for the account of ranges in records of growing size,
// of bindings that were made over two years. BINDERY_BENCH_UNITS names the
// largest, such as 1000000.
func BenchmarkAccounts(b *testing.B) {
	sizes := []int{10_000}
	if n := 0; os.Getenv("BINDERY_BENCH_UNITS") != "" {
		if _, err := fmt.Sscan(os.Getenv("BINDERY_BENCH_UNITS"), &n); err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	for _, units := range sizes {
		d := bound(b, units)
		b.Run(fmt.Sprintf("units=%d", units), func(b *testing.B) {
			var each []time.Duration
			for b.Loop() {
				each = append(each, took(func() error {
					list, err := d.AllocationUsage(b.Context())
					if err == nil && (list[0].Used != units || list[0].Lately == 0 || list[0].Gaps != 0 || list[0].Twice != 0) {
						err = fmt.Errorf("%+v", list[0])
					}
					return err
				}))
			}
			b.ReportMetric(us(quantile(each, 0.5))/1000, "p50-ms")
		})
	}
}

// bound is a record with so many bindings and no leaves for them: the account
// reads none.
func bound(b *testing.B, units int) *DHR {
	b.Helper()
	now := stationtest.NewClock().Now()
	d, err := Open(b.Context(), filepath.Join(b.TempDir(), "dhr.db"), Options{Clock: &stationtest.SetClock{At: now}, Station: "bench"})
	check(b, err)
	b.Cleanup(func() { d.Close() }) // the folder goes next
	ctx := b.Context()
	_, err = d.AddLayout(ctx, "", "device", []byte(stationtest.Layout))
	check(b, err)
	_, err = d.ImportDialects(ctx, "", []record.DialectView{{Name: "auto", Text: station.DialectList(stationtest.Dialects())}})
	check(b, err)
	_, err = d.ImportProductRows(ctx, "", []ProductRow{{Product: stationtest.Product()}})
	check(b, err)
	_, err = d.ImportAllocations(ctx, "", []station.Allocation{benchAllocation(0)})
	check(b, err)
	_, err = d.ImportOrders(ctx, "", []station.Order{stationtest.Order()})
	check(b, err)
	const counted = `WITH RECURSIVE c(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n + 1 < ?1) `
	db := storetest.Edit(b, d.Path())
	for _, text := range []string{
		`INSERT INTO units (serial, work_order, ref, version, disposition, made, leaf, folded) ` + counted + `SELECT format('CL-%07d', n), 'WO-1', 'CL-100', 1, 'passed', '2026-01-01T00:00:00.000Z', 1, format('cl-%07d', n) FROM c`,
		`INSERT INTO bindings ` + counted + `SELECT n + 1, format('CL-%07d', n), 0, format('35812309%06d0', n), '', '', '', '', 1, 'm', 'm', 'f',
			strftime('%Y-%m-%dT%H:%M:%fZ', '` + store.Stamp(now) + `', format('-%d seconds', 63072000 * (?1 - n) / ?1)), 'operator', 1, '' FROM c`,
	} {
		if _, err := db.ExecContext(ctx, text, units); err != nil {
			b.Fatal(err)
		}
	}
	return d
}
