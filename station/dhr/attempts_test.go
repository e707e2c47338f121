// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/stationtest"
)

func TestAnAttemptThatNeverBoundIsKept(t *testing.T) {
	d := dhrtest.Factory(t)
	for _, c := range []struct {
		name, order, serial string
		want                station.Code
	}{
		{"an order that is not there", "WO-9", "CL-000001", station.OrderUnknown},
		{"nothing at all", "", "", station.OrderUnknown},
		{"two hundred hostile characters", "WO-1", strings.Repeat("';--\"\x00\xff^XZ‮🩺", 16), station.SerialFormat},
		{"an order that is no text", "\xff\xfe\x00", "CL-000001", station.OrderUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := dhrtest.Bench(d, 1)
			r := b.Provision(t.Context(), station.Job{Order: c.order, Serial: c.serial, By: "operator"}, nil, nil)
			if r.Outcome != station.Fail || r.Leaf == 0 {
				t.Fatalf("%s, leaf %d, fault %v", r.Outcome, r.Leaf, r.Fault)
			}
			lines, err := d.Recent(t.Context(), "", 1)
			if err != nil || len(lines) != 1 {
				t.Fatal(lines, err)
			}
			if l := lines[0]; l.Code != c.want || !utf8.ValidString(l.Serial) || strings.Contains(l.Serial, "\x00") {
				t.Errorf("%+v", l)
			}
			rec, err := d.Show(t.Context(), c.serial)
			if err != nil || len(rec.Attempts) == 0 || len(rec.Leaves) == 0 {
				t.Errorf("%d attempts, %d leaves, %v", len(rec.Attempts), len(rec.Leaves), err)
			}
		})
	}
	dhrtest.Sound(t, d)
}

func TestARefusedUnitLeavesItsEvidenceAndNoBinding(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	reading := stationtest.Reading(1)
	reading.IMEI = "000000000000000"
	b.DUT = stationtest.FakeDUT{Reading: reading}
	if r := dhrtest.Provision(t.Context(), b, stationtest.Serial(1)); r.Outcome != station.Fail {
		t.Fatal(r.Outcome, r.Fault)
	}
	rec, err := d.Show(t.Context(), stationtest.Serial(1))
	if err != nil {
		t.Fatal(err)
	}
	if len(rec.Bindings) != 0 || rec.Made != nil || len(rec.Attempts) != 1 {
		t.Fatalf("%+v", rec)
	}
	a := rec.Attempts[0]
	if a.Reading.IMEI != reading.IMEI || len(a.Findings) == 0 || len(a.Steps) == 0 {
		t.Errorf("%+v", a)
	}
	// Every byte comes back, those that are no text too.
	if got := string(a.Evidence[1].Text); got != "\r\n"+stationtest.IMEI(1)+"\r\n\r\nOK\r\n\xff\x00" {
		t.Errorf("evidence %q", got)
	}
	dhrtest.Sound(t, d)
}

func TestAUnitThatHadPassedIsOnlySaidSoAgain(t *testing.T) {
	d := dhrtest.Factory(t)
	for range 2 {
		if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 1), stationtest.Serial(1)); r.Outcome != station.Pass || r.Leaf == 0 {
			t.Fatal(r.Outcome, r.Fault)
		}
	}
	rec, err := d.Show(t.Context(), stationtest.Serial(1))
	if err != nil || len(rec.Bindings) != 1 || len(rec.Attempts) != 2 || len(rec.Prints) != 1 {
		t.Errorf("%d bindings, %d attempts, %d prints, %v", len(rec.Bindings), len(rec.Attempts), len(rec.Prints), err)
	}
	dhrtest.Sound(t, d)
}

// The judge refuses these before the database has to; here it is asked alone.
func TestTheDatabaseItselfRefusesAnIdentityThatIsHeld(t *testing.T) {
	d := dhrtest.Factory(t)
	two := func(n, m int) station.Binding {
		r := stationtest.Reading(n)
		return station.Binding{
			Serial: stationtest.Serial(m), IMEI: imei(n), ICCID: iccid(n), Allocation: 1, Model: r.Model, At: stationtest.Start, By: "operator",
		}
	}
	attempt := func(b station.Binding) station.Attempt {
		return station.Attempt{Order: "WO-1", Serial: b.Serial, By: "operator", Station: "bench-1", Started: stationtest.Start}
	}
	first := two(1, 1)
	first.IMEI2, first.EID, first.IMSI = imei(2), "89049032123451234512345678901235", "001010000000001"
	if _, err := d.Bind(t.Context(), attempt(first), first); err != nil {
		t.Fatal(err)
	}
	before := dhrtest.Sound(t, d)
	for _, c := range []struct {
		name string
		b    station.Binding
		want station.Code
	}{
		{"the IMEI of another", two(1, 2), station.IMEIInUse},
		{"the second IMEI of another, as its first", two(2, 2), station.IMEIInUse},
		{"the first IMEI of another, as its second", with(two(3, 2), func(b *station.Binding) { b.IMEI2 = imei(1) }), station.IMEIInUse},
		{"the SIM of another", with(two(3, 2), func(b *station.Binding) { b.ICCID = iccid(1) }), station.ICCIDInUse},
		{"the eUICC of another", with(two(3, 2), func(b *station.Binding) { b.EID = first.EID }), station.EIDInUse},
		{"a serial that is bound", two(3, 1), station.SerialInUse},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := d.Bind(t.Context(), attempt(c.b), c.b)
			if code := refused(t, err); code != c.want {
				t.Errorf("%s, want %s", code, c.want)
			}
		})
	}
	if after := dhrtest.Sound(t, d); !cmp.Equal(after, before) {
		t.Errorf("a refused bind left something: %+v, before %+v", after, before)
	}
	shared := with(two(4, 4), func(b *station.Binding) { b.IMSI = first.IMSI })
	if _, err := d.Bind(t.Context(), attempt(shared), shared); err != nil {
		t.Errorf("units may not share an IMSI: %v", err)
	}
}

// The sign-in at the screen may be hours old.
func TestWhoMayNoLongerBindsAndAllowsNothing(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx := t.Context()
	b := dhrtest.Bench(d, 1)
	r := dhrtest.Provision(ctx, b, "CL-000001")
	want(t, "outcome", r.Outcome, station.Pass)
	for _, id := range []string{"operator", "lead"} {
		if _, err := d.RetirePerson(ctx, "admin", id, "has left"); err != nil {
			t.Fatal(err)
		}
	}
	next := station.Binding{Serial: "CL-000002", IMEI: imei(2), ICCID: iccid(2), Allocation: 1, At: stationtest.Start, By: "operator"}
	a := station.Attempt{Order: "WO-1", Serial: next.Serial, By: "operator", Station: "bench-1", Started: stationtest.Start}
	if _, err := d.Bind(ctx, a, next); refused(t, err) != station.PersonUnknown {
		t.Error(err)
	}
	p := station.Print{Serial: "CL-000001", Binding: 1, Printer: b.Printer.Name(), Reason: "smeared", By: "operator", Approver: "lead"}
	if _, err := d.BeginPrint(ctx, p); refused(t, err) != station.PersonUnknown {
		t.Error(err)
	}
	p.Approver = "auditor"
	if _, err := d.BeginPrint(ctx, p); refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	dhrtest.Sound(t, d)
}
