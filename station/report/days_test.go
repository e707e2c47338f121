// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/stationtest"
)

// setUp brings in what a factory has before its first unit.
func setUp(ctx context.Context, d *dhr.DHR) error {
	_, err := d.AddLayout(ctx, "quality", "device", layout().Text())
	for _, do := range []func() error{
		func() error { return err },
		func() error { return imported(d.ImportPeople(ctx, "admin", stationtest.People())) },
		func() error { return imported(d.ImportDialects(ctx, "admin", dialects())) },
		func() error {
			return imported(d.ImportProductRows(ctx, "quality", dhrtest.ProductRows(stationtest.Product())))
		},
		func() error {
			return imported(d.ImportAllocations(ctx, "quality", []station.Allocation{stationtest.Allocation()}))
		},
		func() error { return imported(d.ImportOrders(ctx, "quality", []station.Order{stationtest.Order()})) },
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// factoryAt is a record that one unit was made in, at a time of a zone.
func factoryAt(t *testing.T, at time.Time) (path string) {
	t.Helper()
	ctx := t.Context()
	path = filepath.Join(t.TempDir(), "dhr.db")
	clock := stationtest.NewClockAt(at.Add(-time.Minute))
	d := openWith(t, path, clock)
	err := setUp(ctx, d)
	clock.Add(time.Minute)
	err = errors.Join(err, provisionAt(ctx, d, clock, 1, station.Pass), provisionAt(ctx, d, clock, 900, station.Fail), d.Close())
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func provisionAt(ctx context.Context, d *dhr.DHR, clock station.Clock, serial int, want station.Outcome) error {
	b := &station.Bench{
		DUT: stationtest.FakeDUT{Reading: stationtest.Reading(1)}, Records: d, Binder: d, Prints: d,
		Labels: drawers()[1], Printer: &stationtest.FakePrinter{}, Clock: clock, Dialects: stationtest.Dialects(),
	}
	scan, watch := stationtest.Scans()
	r := b.Provision(ctx, station.Job{Order: "WO-1", Serial: stationtest.Serial(serial), By: "operator"}, scan, watch)
	if r.Outcome != want {
		return errors.Join(errors.New(string(r.Outcome)), r.Fault)
	}
	return nil
}

func openWith(t *testing.T, path string, clock station.Clock) *dhr.DHR {
	t.Helper()
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() }) // its tests are in its own room
	return d
}

// madeAt are times at which the day of a zone is not that of UTC, or changes.
var madeAt = []struct{ zone, at, before, day, after string }{
	{"Pacific/Kiritimati", "2026-07-01T10:30:00Z", "2026-07-01", "2026-07-02", "2026-07-03"},
	{"Asia/Shanghai", "2026-07-01T16:00:00Z", "2026-07-01", "2026-07-02", "2026-07-03"},
	{"UTC", "2026-07-01T23:00:00Z", "2026-06-30", "2026-07-01", "2026-07-02"},
	{"America/Los_Angeles", "2026-07-02T06:30:00Z", "2026-06-30", "2026-07-01", "2026-07-02"},
	{"Europe/Berlin", "2026-03-29T22:30:00Z", "2026-03-29", "2026-03-30", "2026-03-31"}, // the day after summer time began
	{"Europe/Berlin", "2026-10-25T22:30:00Z", "2026-10-24", "2026-10-25", "2026-10-26"}, // in the hour that it gave back
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// A factory prints the day of its own calendar, and everything that is made of
// the record later and elsewhere says the same day.
func TestTheDayOnTheLabelIsTheDayOfEveryPaperTableAndSearchInWhateverZoneTheRecordIsOpened(t *testing.T) {
	for _, c := range madeAt {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		path := factoryAt(t, at.In(zone(t, c.zone)))
		for _, reader := range []string{"Pacific/Kiritimati", "America/Los_Angeles"} {
			t.Run(c.at+" in "+c.zone+", read in "+reader, func(t *testing.T) {
				d := openWith(t, path, stationtest.NewClockAt(at.AddDate(0, 0, 20).In(zone(t, reader))))
				r, err := d.Show(t.Context(), stationtest.Serial(1))
				if err != nil || string(r.MadeOn) != c.day {
					t.Errorf("made on %s, want %s; %v", r.MadeOn, c.day, err)
				}
				labelSays(t, d, c.day)
				for day, want := range map[string]int{c.before: 0, c.day: 1, c.after: 0} {
					madeOn(t, d, station.Day(day), r.MadeZone, want)
				}
				text := strings.Join(pages(t, export(t, d, units(record.BySerial, stationtest.Serial(1)), report.PDF)), "\n")
				if !strings.Contains(text, c.day) || !strings.Contains(text, "drawn again and compared with the hash of the dots that were printed: equal") {
					t.Errorf("the paper does not say %s, or lacks the label:\n%s", c.day, text)
				}
			})
		}
	}
}

// labelSays holds the label of the unit, drawn again, to a day.
func labelSays(t *testing.T, d *dhr.DHR, day string) {
	t.Helper()
	u, err := d.Unit(t.Context(), stationtest.Serial(1))
	if err != nil {
		t.Fatal(err)
	}
	label, err := drawers()[1].Label(u.Print.LayoutHash, u.LabelValues(stationtest.Product()))
	if err != nil || label.Hash() != u.Print.Hash || !strings.Contains(label.Codes()[0].HRI, "(11)"+strings.ReplaceAll(day[2:], "-", "")) {
		t.Errorf("drawn again the label says %s, %v", label.Codes()[0].HRI, err)
	}
}

// madeOn holds the table and the search of a day to so many units, each with a
// serial that was refused.
func madeOn(t *testing.T, d *dhr.DHR, day station.Day, zone string, want int) {
	t.Helper()
	s := report.Subject{Kind: report.Units, Scope: record.ExportSubject{By: record.ByDates, From: day, To: day}}
	got := rows(t, export(t, d, s, report.CSV))
	if len(got) != 2*want || want == 1 && (got[0]["made_on"] != string(day) || got[0]["made_zone"] != zone) {
		t.Errorf("the table of %s has %d lines, the first %v", day, len(got), got[:min(1, len(got))])
	}
	snap, err := d.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close() // it was only read
	if n, err := snap.Count(t.Context(), s.Scope); err != nil || n != int64(2*want) {
		t.Errorf("%s has %d serials, %v", day, n, err)
	}
}

// firstRelease opens a copy of the record that the first release wrote.
func firstRelease(t *testing.T) *dhr.DHR {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dhr.db")
	packed, err := os.Open("../dhr/testdata/version-1/record.db.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	plain, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(plain)
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return openWith(t, path, stationtest.NewClockAt(time.Date(2036, 1, 1, 0, 0, 0, 0, time.FixedZone("", 14*3600))))
}

// drawersOf draw by the layouts of a record, for every resolution that there is.
func drawersOf(t *testing.T, d *dhr.DHR) []station.Labeller {
	t.Helper()
	kept, err := d.Layouts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var all []*labels.Layout
	for _, k := range kept {
		l, err := labels.Parse(k.Name, k.Text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	var list []station.Labeller
	for _, dpi := range labels.Resolutions {
		list = append(list, labels.NewLayoutSet(dpi, all...))
	}
	return list
}

// The first release dated labels by UTC. That must stay what their dots are
// compared with.
func TestALabelOfTheFirstReleaseIsDrawnAsItWasPrinted(t *testing.T) {
	d := firstRelease(t)
	drawers := drawersOf(t, d)
	snap, err := d.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close() // it is only read
	drawn := 0
	for _, serial := range []string{"CL-000102", "CL-000103", "CL-000104"} {
		r, err := snap.Show(t.Context(), serial)
		if err != nil {
			t.Fatal(err)
		}
		if want := r.Made.UTC().Format(time.DateOnly); r.MadeZone != "" || string(r.MadeOn) != want {
			t.Errorf("%s was made on %s in zone %q, want %s", serial, r.MadeOn, r.MadeZone, want)
		}
		product, err := snap.Product(t.Context(), r.REF, r.Version)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Prints {
			if picture, err := report.Redraw(drawers, product, r, p); err != nil || picture == nil {
				t.Errorf("label %d of %s has other dots now, %v", p.N, serial, err)
			}
			drawn++
		}
	}
	if drawn < 3 {
		t.Errorf("only %d labels were compared", drawn)
	}
}
