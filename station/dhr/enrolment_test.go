// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// openAs opens a record at a station with a key file of its own, which is told
// that it is called so.
func openAs(t *testing.T, path, name string) *dhr.DHR {
	t.Helper()
	return opened(t, path, dhr.Options{Station: name, Key: filepath.Join(t.TempDir(), "station.key")})
}

func opened(t *testing.T, path string, o dhr.Options) *dhr.DHR {
	t.Helper()
	o.Clock, o.Account = stationtest.NewClock(), "account:test"
	d, err := dhr.Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// faulty is the code of the fault that an error must be.
func faulty(t *testing.T, err error) station.Code {
	t.Helper()
	var f *station.Fault
	if !errors.As(err, &f) {
		t.Fatalf("%v is no fault", err)
	}
	return f.Code
}

// enrolled is what the record says of each enrolment: station, who, leaf.
func enrolled(t *testing.T, d *dhr.DHR) station.Enrolments {
	t.Helper()
	l, err := d.Enrolments(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func openAlarms(t *testing.T, d *dhr.DHR, code station.Code) (list []station.Alarm) {
	t.Helper()
	all, err := d.UnclosedAlarms(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.Code == code {
			list = append(list, a)
		}
	}
	return list
}

func TestTheFirstKeyOfARecordIsEnrolledByWhoSetsItUp(t *testing.T) {
	d := opened(t, filepath.Join(t.TempDir(), "dhr.db"), dhr.Options{Station: "Line 3"})
	if l := enrolled(t, d); len(l) != 0 {
		t.Fatalf("a new record has %+v", l)
	}
	if err := d.SetUp(t.Context(), station.Person{ID: "a1", Name: "Ann", Badge: "B-ann"}, "correct horse battery staple"); err != nil {
		t.Fatal(err)
	}
	l := enrolled(t, d)
	if len(l) != 1 || l[0].Station != "Line 3" || l[0].By != "a1" || l[0].Leaf == 0 {
		t.Errorf("%+v", l)
	}
	s, err := d.KeyState(t.Context())
	if err != nil || s.Public != l[0].Key || s.Enrolment == nil {
		t.Errorf("%+v, %v", s, err)
	}
	dhrtest.Sound(t, d)
}

func TestTheFirstKeyOfARecordIsEnrolledByTheAccountWhereNobodySetsItUp(t *testing.T) {
	d := opened(t, filepath.Join(t.TempDir(), "dhr.db"), dhr.Options{Station: "bench-1"})
	dhrtest.AddFactory(t, d)
	if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 1), stationtest.Serial(1)); r.Outcome != station.Pass {
		t.Fatal(r.Outcome, r.Fault)
	}
	if l := enrolled(t, d); len(l) != 1 || l[0].Station != "bench-1" || l[0].By != "account:test" {
		t.Errorf("%+v", l)
	}
	rec, err := d.Show(t.Context(), stationtest.Serial(1))
	if err != nil || rec.Attempts[0].Station != "bench-1" {
		t.Errorf("%+v, %v", rec.Attempts, err)
	}
	dhrtest.Sound(t, d)
}

// A key that nobody enrolled gets no unit, no label, no line and no signature,
// whatever the program says that it is called, until an admin enrols it.
func TestAKeyThatIsNotEnrolledIsNoStation(t *testing.T) {
	for name, lose := range map[string]func(file string) error{
		"lost": os.Remove,
		"exchanged": func(file string) error {
			other := openAs(t, filepath.Join(t.TempDir(), "other.db"), "bench-1")
			if err := other.UseKey(t.Context()); err != nil {
				return err
			}
			return os.Rename(other.KeyFile(), file)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := dhrtest.Factory(t)
			dhrtest.SecondOrder(t, d)
			build(t, d, "WO-1", 1)
			stationtest.NoError(t, lose(d.KeyFile()))
			o := opened(t, d.Path(), dhr.Options{Station: "bench-1"})
			stationtest.NoError(t, o.UseKey(t.Context())) // the station starts all the same
			stopped := dhrtest.Bench(o, 2)
			stopped.DUT = unasked{t}
			r := dhrtest.Provision(t.Context(), stopped, stationtest.Serial(2))
			if r.Outcome != station.Errored || faultIn(r) != station.StationNotEnrolled || r.Leaf == 0 {
				t.Errorf("a unit: %s %v", r.Outcome, r.Fault)
			}
			for act, do := range actsOfAStation(t, o) {
				if code := faulty(t, do()); code != station.StationNotEnrolled {
					t.Errorf("%s: %s", act, code)
				}
			}
			enrolsItsKey(t, o)
			if r := dhrtest.Provision(t.Context(), dhrtest.Bench(o, 2), stationtest.Serial(2)); r.Outcome != station.Pass {
				t.Errorf("after it was enrolled: %s %v", r.Outcome, r.Fault)
			}
			if _, err := d.Checkpoint(t.Context(), ""); err != nil { // it reads the key anew, and is the station again
				t.Error(err)
			}
			dhrtest.Sound(t, o)
		})
	}
}

// actsOfAStation are what a record takes only from a station.
func actsOfAStation(t *testing.T, o *dhr.DHR) map[string]func() error {
	ctx := t.Context()
	return map[string]func() error{
		"the line":     func() error { _, err := o.ClearLine(ctx, "WO-2", "lead", 0, ""); return err },
		"a checkpoint": func() error { _, err := o.Checkpoint(ctx, ""); return err },
		"a manifest":   func() error { _, err := o.SignText(ctx, "a bundle\n"); return err },
		"a bind": func() error {
			_, err := o.Bind(ctx, station.Attempt{Order: "WO-1", Serial: stationtest.Serial(2), By: "operator", Started: stationtest.Start},
				station.Binding{Serial: stationtest.Serial(2), IMEI: imei(2), ICCID: iccid(2), Allocation: 1, At: stationtest.Start, By: "operator"})
			return err
		},
		"a print": func() error {
			_, err := o.BeginPrint(ctx, station.Print{Serial: stationtest.Serial(1), Binding: 1, By: "operator", State: station.PrintIntended})
			return err
		},
	}
}

// enrolsItsKey has an admin enrol the key of a station, of which there is an
// alarm until then.
func enrolsItsKey(t *testing.T, o *dhr.DHR) {
	t.Helper()
	alarms := openAlarms(t, o, station.NewKey)
	if len(alarms) != 1 || alarms[0].By != "account:test" || !strings.Contains(alarms[0].Text, "bindery/bench-1+") {
		t.Errorf("alarms %+v", alarms)
	}
	_, err := o.EnrolKey(t.Context(), "lead", "x")
	isRefused(t, "a lead", err, station.PersonNotAllowed)
	_, err = o.EnrolKey(t.Context(), "admin", " ")
	isRefused(t, "no reason", err, station.ReasonMissing)
	_, err = o.EnrolKey(t.Context(), "admin", "the disk was replaced")
	stationtest.NoError(t, err)
	_, err = o.EnrolKey(t.Context(), "admin", "again")
	isRefused(t, "again", err, station.NothingDue)
	if left := openAlarms(t, o, station.NewKey); len(left) != 0 {
		t.Errorf("after it was enrolled: %+v", left)
	}
}

// The key that a station had before is refused once another is enrolled.
func TestOneStationHasOneKey(t *testing.T) {
	d := dhrtest.Factory(t)
	build(t, d, "WO-1", 1)
	thief := openAs(t, d.Path(), "bench-1")
	if err := thief.UseKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := dhrtest.Provision(t.Context(), dhrtest.Bench(thief, 2), stationtest.Serial(2)); r.Fault == nil || r.Fault.Code != station.StationNotEnrolled {
		t.Errorf("another key under the same name: %s %v", r.Outcome, r.Fault)
	}
	if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 2), stationtest.Serial(2)); r.Outcome != station.Pass {
		t.Errorf("the station itself: %s %v", r.Outcome, r.Fault)
	}
	if _, err := thief.EnrolKey(t.Context(), "admin", "a new bench"); err != nil {
		t.Fatal(err)
	}
	r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 3), stationtest.Serial(3))
	if r.Fault == nil || r.Fault.Code != station.StationNotEnrolled || !strings.Contains(r.Fault.Message, "another key has replaced") {
		t.Errorf("the key that was replaced: %s %v", r.Outcome, r.Fault)
	}
	dhrtest.Sound(t, d)
}

func TestANameThatIsNotThatOfTheKeyIsNotBelieved(t *testing.T) {
	d := dhrtest.Factory(t)
	reserved := station.Allocation{TAC: stationtest.TAC, From: 300000, To: 300099, Product: "CL-100", Owner: "own", Station: "bench-2"}
	dhrtest.Imported(t, "a block of another station", func() (record.Import, error) {
		return d.ImportAllocations(t.Context(), "quality", []station.Allocation{reserved})
	})
	build(t, d, "WO-1", 1)
	liar := opened(t, d.Path(), dhr.Options{Station: "bench-2"})
	if _, err := liar.Station(t.Context()); faulty(t, err) != station.StationOtherName {
		t.Error(err)
	}
	r := dhrtest.Provision(t.Context(), dhrtest.Bench(liar, 200000), stationtest.Serial(2))
	if r.Fault == nil || r.Fault.Code != station.StationOtherName || r.Unit.Binding != nil {
		t.Errorf("%s %v", r.Outcome, r.Fault)
	}
	silent := opened(t, d.Path(), dhr.Options{})
	if name, err := silent.Station(t.Context()); name != "bench-1" || err != nil {
		t.Errorf("told nothing it is %q, %v", name, err)
	}
	r = dhrtest.Provision(t.Context(), dhrtest.Bench(silent, 200000), stationtest.Serial(3))
	if r.Outcome != station.Fail || !finds(r, station.SNROtherStation) {
		t.Errorf("a number of another station: %s %v", r.Outcome, r.Findings)
	}
	dhrtest.Sound(t, d)
}

func finds(r station.Result, code station.Code) bool {
	for _, f := range r.Findings {
		if f.Code == code {
			return true
		}
	}
	return false
}
