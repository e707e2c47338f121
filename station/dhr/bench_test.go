// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/stationtest"
)

// BenchmarkBind sets one durable bind, with all that is in it, against the
// limit of the disk (the same bytes over old ones, and fdatasync), against the
// same with fsync, which is what the driver calls, and against a commit of one
// bare row with the same settings. They take turns, so that they share the
// noise.
func BenchmarkBind(b *testing.B) {
	for _, units := range sizes(b, 1_000, 20_000) {
		b.Run(fmt.Sprintf("beside=%d", units), func(b *testing.B) { benchmarkBind(b, units) })
	}
}

func benchmarkBind(b *testing.B, units int) {
	dir := b.TempDir()
	d := generated(b, dir, units)
	bare, insert := bareRow(b, dir)
	bytes := d.walBytes(b)
	disk, whole := overwriter(b, dir, bytes, unix.Fdatasync), overwriter(b, dir, bytes, unix.Fsync)
	var raw, sync, row, bind []time.Duration
	defer bare.Close()
	n := d.units(b) // the next
	for b.Loop() {
		raw = append(raw, took(disk))
		sync = append(sync, took(whole))
		row = append(row, took(insert))
		a, binding := bindOf(n)
		n++
		bind = append(bind, took(func() error { _, err := d.Bind(b.Context(), a, binding); return err }))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(bytes), "wal-bytes")
	b.ReportMetric(us(quantile(raw, 0.5)), "raw-p50-us")
	b.ReportMetric(us(quantile(sync, 0.5)), "fsync-p50-us")
	b.ReportMetric(us(quantile(row, 0.5)), "row-p50-us")
	b.ReportMetric(us(quantile(bind, 0.5)), "bind-p50-us")
	b.ReportMetric(us(quantile(bind, 0.99)), "bind-p99-us")
	b.ReportMetric(us(quantile(bind, 0.5))/us(quantile(raw, 0.5)), "x-raw")
	b.ReportMetric(us(quantile(bind, 0.5))/us(quantile(sync, 0.5)), "x-fsync")
	b.ReportMetric(us(quantile(bind, 0.5))/us(quantile(row, 0.5)), "x-row")
}

// benchQuestions are all ways in which people may ask for units, and for what is not
// there.
var benchQuestions = []struct {
	name   string
	absent bool
	text   func(n int) string
}{
	{"serial", false, stationtest.Serial},
	{"imei", false, benchIMEI},
	{"imei-absent", true, func(n int) string { return absent + benchIMEI(n)[8:14] }},
	{"iccid", false, stationtest.ICCID},
	{"iccid-absent", true, func(n int) string { return "8999" + stationtest.ICCID(n)[:14] }},
	{"imsi", false, func(n int) string { return stationtest.Reading(n).IMSI }},
	{"imsi-absent", true, func(n int) string { return "99999" + stationtest.Reading(n).IMSI[5:] }},
	{"udi", false, func(n int) string {
		return "(01)" + string(stationtest.Product().GTIN) + "(21)" + stationtest.Serial(n)
	}},
	{"serial-prefix", false, func(n int) string { return stationtest.Serial(n)[:8] }},
	{"imei-prefix", false, func(n int) string { return benchIMEI(n)[:13] }},
	{"lot", false, benchLot},
	{"order", false, orderOf},
	{"part", false, func(n int) string { return benchIMEI(n)[6:13] }},
	{"part-absent", true, func(n int) string { return fmt.Sprintf("97531%04d", n%10_000) }}, // longer than what differs in any number
	{"serial-part-absent", true, func(n int) string { return fmt.Sprintf("*QX-%04d*", n%10_000) }},
}

// BenchmarkFind asks [benchQuestions] in records of growing size, which take turns.
func BenchmarkFind(b *testing.B) {
	sizes, dir := sizes(b, 10_000, 100_000), b.TempDir()
	records := make([]*DHR, len(sizes))
	for i, units := range sizes {
		records[i] = generated(b, dir, units)
	}
	for _, c := range benchQuestions {
		b.Run(c.name, func(b *testing.B) {
			each, n := make([][]time.Duration, len(sizes)), 0
			for b.Loop() {
				n += 7919
				for i, units := range sizes {
					each[i] = append(each[i], took(func() error {
						f, err := records[i].Find(b.Context(), c.text(n%units))
						return errors.Join(err, when((len(f.Units) == 0) != c.absent, "a unit was not found, or one that is not there"))
					}))
				}
			}
			b.ReportMetric(0, "ns/op")
			for i, units := range sizes {
				b.ReportMetric(us(quantile(each[i], 0.5)), fmt.Sprintf("p50-us-of-%d", units))
				b.ReportMetric(us(quantile(each[i], 0.99)), fmt.Sprintf("p99-us-of-%d", units))
			}
			b.ReportMetric(us(quantile(each[len(sizes)-1], 0.5))/us(quantile(each[0], 0.5)), "x-growth")
		})
	}
}

// absent is a TAC that no allocation of these records has.
const absent = "98000042"

// BenchmarkVerify sets verifying the whole record, leaves, rows and the file,
// against SHA-256 of the leaves alone.
func BenchmarkVerify(b *testing.B) {
	for _, units := range sizes(b, 10_000) {
		b.Run(fmt.Sprintf("units=%d", units), func(b *testing.B) { benchmarkVerify(b, units) })
	}
}

func benchmarkVerify(b *testing.B, units int) {
	d := generated(b, b.TempDir(), units)
	bodies := d.bodies(b, 10_000)
	var leaves int64
	var ours, bare time.Duration
	for b.Loop() {
		ours += took(func() error {
			r, err := verify.Record(b.Context(), d, nil)
			leaves += r.Leaves
			return errors.Join(err, when(!r.OK, r.FirstFault))
		})
		bare += took(func() error {
			for _, body := range bodies {
				sha256.Sum256(body)
			}
			return nil
		})
	}
	verified := float64(leaves) / ours.Seconds()
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(verified, "leaves/s")
	b.ReportMetric(float64(b.N*len(bodies))/bare.Seconds()/verified, "x-sha256")
}

// bodies are those of the first n leaves.
func (d *DHR) bodies(b *testing.B, n int) (list [][]byte) {
	b.Helper()
	rows, err := d.reads.QueryContext(b.Context(), "SELECT body FROM leaves ORDER BY number LIMIT ?", n)
	check(b, err)
	defer rows.Close()
	for rows.Next() {
		var body []byte
		check(b, rows.Scan(&body))
		list = append(list, body)
	}
	check(b, rows.Err())
	return list
}

func when(wrong bool, what string) error {
	if wrong {
		return errors.New(what)
	}
	return nil
}

// walBytes is what a bind writes, in the middle over many.
func (d *DHR) walBytes(b *testing.B) int64 {
	b.Helper()
	_, err := storetest.Edit(b, d.Path()).ExecContext(b.Context(), "PRAGMA wal_checkpoint(TRUNCATE)")
	check(b, err)
	const many = 50 // less than SQLite writes back into the file at once
	next := d.units(b)
	for n := next; n < next+many; n++ {
		a, binding := bindOf(n)
		_, err := d.Bind(b.Context(), a, binding)
		check(b, err)
	}
	info, err := os.Stat(d.reads.Path + "-wal")
	check(b, err)
	return info.Size() / many
}

// overwriter writes so many bytes over old ones and makes them durable.
func overwriter(b *testing.B, dir string, size int64, sync func(fd int) error) func() error {
	b.Helper()
	f, err := os.CreateTemp(dir, "raw")
	check(b, err)
	b.Cleanup(func() { f.Close() }) // the folder goes next
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
		return sync(int(f.Fd()))
	}
}

func bareRow(b *testing.B, dir string) (*sql.DB, func() error) {
	b.Helper()
	db, err := store.Connect(filepath.Join(dir, "bare.db"), "_txlock=immediate", store.Writing)
	check(b, err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec("CREATE TABLE bare (id INTEGER PRIMARY KEY, imei TEXT) STRICT")
	check(b, err)
	s, err := db.Prepare("INSERT INTO bare (imei) VALUES (?)")
	check(b, err)
	b.Cleanup(func() { s.Close() })
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

func check(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
