// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/stationtest"
)

// BenchmarkBind sets one durable bind, with all that is in it, against the
// limit of the disk (the same bytes over old ones, and fdatasync) and against a
// commit of one bare row with the same settings. The three take turns, so that
// they share the noise.
func BenchmarkBind(b *testing.B) {
	for _, units := range []int{1_000, 20_000} {
		b.Run(fmt.Sprintf("beside=%d", units), func(b *testing.B) { benchmarkBind(b, units) })
	}
}

func benchmarkBind(b *testing.B, units int) {
	dir := b.TempDir()
	d := generated(b, dir, units)
	bare, insert := bareRow(b, dir)
	bytes := d.walBytes(b, units)
	disk := overwriter(b, dir, bytes)
	var raw, row, bind []time.Duration
	defer bare.Close()
	n := units + 1
	for b.Loop() {
		raw = append(raw, took(disk))
		row = append(row, took(insert))
		n++
		a, binding := bindOf(n)
		bind = append(bind, took(func() error { _, err := d.Bind(b.Context(), a, binding); return err }))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(bytes), "wal-bytes")
	b.ReportMetric(us(quantile(raw, 0.5)), "raw-p50-us")
	b.ReportMetric(us(quantile(row, 0.5)), "row-p50-us")
	b.ReportMetric(us(quantile(bind, 0.5)), "bind-p50-us")
	b.ReportMetric(us(quantile(bind, 0.99)), "bind-p99-us")
	b.ReportMetric(us(quantile(bind, 0.5))/us(quantile(raw, 0.5)), "x-raw")
	b.ReportMetric(us(quantile(bind, 0.5))/us(quantile(row, 0.5)), "x-row")
}

// BenchmarkFind asks for units in every way that an operator may, in records
// of growing size. BINDERY_BENCH_UNITS names the largest, such as 1000000.
func BenchmarkFind(b *testing.B) {
	sizes := []int{1_000, 10_000}
	if n := 0; os.Getenv("BINDERY_BENCH_UNITS") != "" {
		if _, err := fmt.Sscan(os.Getenv("BINDERY_BENCH_UNITS"), &n); err != nil {
			b.Fatal(err)
		}
		sizes = append(sizes, n)
	}
	for _, units := range sizes {
		d := generated(b, b.TempDir(), units)
		for _, c := range []struct {
			name  string
			query func(n int) string
		}{
			{"serial", stationtest.Serial},
			{"imei", benchIMEI},
			{"iccid", stationtest.ICCID},
			{"serial-prefix", func(n int) string { return stationtest.Serial(n)[:8] }},
			{"imei-prefix", func(n int) string { return benchIMEI(n)[:13] }},
			{"lot", func(int) string { return "L2603" }},
		} {
			b.Run(fmt.Sprintf("units=%d/%s", units, c.name), func(b *testing.B) {
				var each []time.Duration
				n := 0
				for b.Loop() {
					n = (n + 7919) % units
					each = append(each, took(func() error {
						f, err := d.Find(b.Context(), c.query(n))
						if err == nil && len(f.Units) == 0 {
							err = fmt.Errorf("%d was not found by its %s", n, c.name)
						}
						return err
					}))
				}
				b.ReportMetric(us(quantile(each, 0.5)), "p50-us")
				b.ReportMetric(us(quantile(each, 0.99)), "p99-us")
			})
		}
	}
}

// BenchmarkVerify tells how many leaves a second are verified with their rows.
func BenchmarkVerify(b *testing.B) {
	d := generated(b, b.TempDir(), 5_000)
	var leaves int64
	for b.Loop() {
		r, err := d.Verify(b.Context(), nil)
		if err != nil || !r.OK {
			b.Fatal(r.FirstFault, err)
		}
		leaves += r.Leaves
	}
	b.ReportMetric(float64(leaves)/b.Elapsed().Seconds(), "leaves/s")
}

// generated is a record with so many units bound. It writes as the station
// does, leaf by leaf, but many leaves to a commit and none of them durable.
// Where BINDERY_BENCH_DIR names a folder, it is kept there for the next time.
func generated(b *testing.B, dir string, units int) *DHR {
	b.Helper()
	keep := os.Getenv("BINDERY_BENCH_DIR")
	if keep != "" && units >= 100_000 {
		dir = keep
	}
	path := filepath.Join(dir, fmt.Sprintf("units-%d.db", units))
	_, missing := os.Stat(path)
	d, err := Open(b.Context(), path, Options{Clock: stationtest.NewClock(), Station: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() }) //nolint:errcheck // the folder goes next
	if missing != nil {
		d.generate(b, units)
	}
	return d
}

func (d *DHR) generate(b *testing.B, units int) {
	b.Helper()
	ctx := b.Context()
	_, err := d.AddLayout(ctx, "", "device", []byte(stationtest.Layout))
	check(b, err)
	_, err = d.ImportProducts(ctx, "", []station.Product{stationtest.Product()})
	check(b, err)
	_, err = d.ImportAllocations(ctx, "", []station.Allocation{benchAllocation(0)})
	check(b, err)
	for i := 1; i <= units/1_000_000; i++ {
		_, err = d.ImportAllocations(ctx, "", []station.Allocation{benchAllocation(i)})
		check(b, err)
	}
	_, err = d.ImportOrders(ctx, "", []station.Order{stationtest.Order()})
	check(b, err)
	if _, err := d.writer.ExecContext(ctx, "PRAGMA synchronous = OFF"); err != nil {
		b.Fatal(err)
	}
	for from := 0; from < units; from += 1000 {
		check(b, d.bindMany(ctx, from, min(from+1000, units)))
	}
	if _, err := d.writer.ExecContext(ctx, "PRAGMA synchronous = FULL"); err != nil {
		b.Fatal(err)
	}
}

func (d *DHR) bindMany(ctx context.Context, from, to int) error {
	if err := d.writer.begin(ctx); err != nil {
		return err
	}
	defer d.writer.end()
	for n := from; n < to; n++ {
		a, binding := bindOf(n)
		if _, err := d.writeLeaf(ctx, act{what: "bind", subject: "unit:" + a.Serial}, func(t *tx) error {
			_, err := t.bound(a, binding)
			return err
		}); err != nil {
			return err
		}
	}
	return d.writer.commit(ctx)
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
		Order: "WO-1", Serial: stationtest.Serial(n), By: "operator", Station: "bench", Started: stationtest.Start, Reading: r,
	}
	return a, station.Binding{
		Serial: a.Serial, IMEI: identity.IMEI(benchIMEI(n)), ICCID: identity.ICCID(r.ICCID), IMSI: identity.IMSI(r.IMSI),
		Allocation: int64(1 + n/1_000_000), Maker: r.Manufacturer, Model: r.Model, Firmware: r.Firmware, At: stationtest.Start, By: "operator",
	}
}

// walBytes is what one bind writes.
func (d *DHR) walBytes(b *testing.B, n int) int64 {
	b.Helper()
	if _, err := d.writer.ExecContext(b.Context(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		b.Fatal(err)
	}
	a, binding := bindOf(n)
	_, err := d.Bind(b.Context(), a, binding)
	check(b, err)
	info, err := os.Stat(d.path + "-wal")
	check(b, err)
	return info.Size()
}

// overwriter writes so many bytes over old ones and makes them durable.
func overwriter(b *testing.B, dir string, size int64) func() error {
	b.Helper()
	f, err := os.Create(filepath.Join(dir, "raw"))
	check(b, err)
	b.Cleanup(func() { f.Close() }) //nolint:errcheck // the folder goes next
	body := make([]byte, size)
	const places = 64
	for range places {
		_, err := f.Write(body)
		check(b, err)
	}
	check(b, f.Sync())
	at := int64(0)
	return func() error {
		at = (at + 1) % places
		if _, err := f.WriteAt(body, at*size); err != nil {
			return err
		}
		return unix.Fdatasync(int(f.Fd()))
	}
}

func bareRow(b *testing.B, dir string) (*sql.DB, func() error) {
	b.Helper()
	db, err := sql.Open("sqlite", dsn(filepath.Join(dir, "bare.db"), "_txlock=immediate", writing))
	check(b, err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec("CREATE TABLE bare (id INTEGER PRIMARY KEY, imei TEXT) STRICT")
	check(b, err)
	s, err := db.Prepare("INSERT INTO bare (imei) VALUES (?)")
	check(b, err)
	return db, func() error { _, err := s.Exec("358123091000016"); return err }
}

func took(do func() error) time.Duration {
	began := time.Now()
	if err := do(); err != nil {
		panic(err)
	}
	return time.Since(began)
}

func quantile(list []time.Duration, q float64) time.Duration {
	slices.Sort(list)
	return list[int(q*float64(len(list)-1))]
}

func us(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

func check(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
