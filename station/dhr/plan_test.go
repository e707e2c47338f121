// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"path/filepath"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// dutFunc is a device that is asked through a function.
type dutFunc func(ctx context.Context) (station.Reading, error)

func (f dutFunc) Identify(ctx context.Context, _ func(string)) (station.Reading, error) {
	return f(ctx)
}

// planned is a factory whose order has so many places.
func planned(t *testing.T, n int) *dhr.DHR {
	t.Helper()
	d := dhrtest.Open(t, filepath.Join(t.TempDir(), "dhr.db"), stationtest.NewClock())
	dhrtest.AddFactoryWithOrder(t, d, with(stationtest.Order(), func(o *station.Order) { o.Planned = n }))
	return d
}

// ends provisions the n-th unit with these scans of its label.
func ends(t *testing.T, d *dhr.DHR, n int, outcome station.Outcome, code station.Code, scans ...string) {
	t.Helper()
	r, _ := dhrtest.Try(t, dhrtest.Bench(d, n), stationtest.Serial(n), scans...)
	got := station.Code("")
	if f := (station.Verdict{Findings: r.Findings}).First(); f != nil {
		got = f.Code
	}
	if r.Outcome != outcome || got != code {
		t.Errorf("unit %d: %s %q, want %s %q; %v", n, r.Outcome, got, outcome, code, r.Fault)
	}
}

func TestAnOrderTakesNoMoreUnitsThanWerePlanned(t *testing.T) {
	d := planned(t, 2)
	ends(t, d, 1, station.Aborted, "")
	ends(t, d, 2, station.Aborted, "")
	ends(t, d, 3, station.Fail, station.OrderComplete)
	ends(t, d, 1, station.Pass, "", "right") // it has a place
	move := func(n int, to station.Disposition, by, second string) {
		t.Helper()
		if _, err := d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(n), To: to, By: by, Second: second, Reason: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	move(2, station.Quarantined, "lead", "")
	ends(t, d, 3, station.Fail, station.OrderComplete)
	move(2, station.Reworked, "lead", "quality")
	ends(t, d, 3, station.Fail, station.OrderComplete)
	dhrtest.Imported(t, "people", func() (record.Import, error) {
		return d.ImportPeople(t.Context(), "admin", []station.Person{{ID: "q2", Name: "Q2", Badge: "B-q2", Role: station.Quality}})
	})
	move(2, station.Scrapped, "quality", "q2")
	ends(t, d, 3, station.Pass, "", "right") // in the place of the scrapped one
	ends(t, d, 4, station.Fail, station.OrderComplete)
	if o, err := d.Order(t.Context(), "WO-1"); err != nil || o.Taken != 2 || o.Passed != 2 {
		t.Errorf("%+v, %v", o, err)
	}
	dhrtest.Sound(t, d)
}

func TestTheLastPlaceOfAnOrderGoesToOneOfTwoStations(t *testing.T) {
	d := planned(t, 1)
	b := dhrtest.Bench(d, 1)
	b.DUT = dutFunc(func(context.Context) (station.Reading, error) {
		ends(t, d, 2, station.Aborted, "") // another station binds while this one reads
		return stationtest.Reading(1), nil
	})
	r, _ := dhrtest.Try(t, b, stationtest.Serial(1), "right")
	f := (station.Verdict{Findings: r.Findings}).First()
	if r.Outcome != station.Fail || f.Code != station.OrderComplete || f.Value != "WO-1, 0 / 1" {
		t.Errorf("%s %+v %v", r.Outcome, f, r.Fault)
	}
	if _, err := d.Unit(t.Context(), stationtest.Serial(1)); err == nil {
		t.Error("a second unit was made")
	}
	dhrtest.Sound(t, d)
}
