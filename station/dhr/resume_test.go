// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"testing"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// reads plugs a device into a bench that says what change makes of the n-th.
func reads(b *station.Bench, n int, change func(*station.Reading)) {
	r := stationtest.Reading(n)
	change(&r)
	b.DUT = stationtest.FakeDUT{Reading: r}
}

// codeOf is what refused a run, "" when nothing did.
func codeOf(r station.Result) station.Code {
	if f := (station.Verdict{Findings: r.Findings}).First(); f != nil {
		return f.Code
	}
	return ""
}

// changedReadings are what a device may say of itself when it comes again, with
// what refuses it.
var changedReadings = []struct {
	code   station.Code // "" when it goes on
	change func(*station.Reading)
}{
	{"", func(*station.Reading) {}},
	{station.ICCIDChanged, func(r *station.Reading) { r.ICCID, r.IMSI = stationtest.ICCID(9), "001010000000009" }},
	{station.IMSIChanged, func(r *station.Reading) { r.IMSI = "001010000000009" }},
	{station.IMSIChanged, func(r *station.Reading) { r.IMSI = "" }},
	{station.EIDChanged, func(r *station.Reading) { r.EID = "" }},
	{station.SIMIsAbsent, func(r *station.Reading) { r.ICCID, r.IMSI, r.SIM = "", "", station.SIMAbsent }},
	{station.SIMHasFault, func(r *station.Reading) { r.ICCID, r.IMSI, r.SIM = "", "", station.SIMFault }},
	{station.ModuleChanged, func(r *station.Reading) { r.Manufacturer = "Quectel_Ltd" }},
	{station.FirmwareChanged, func(r *station.Reading) { r.Firmware = "EG91EFBR06A05M4H" }},
}

func TestAUnitGoesOnOnlyAsItIsBound(t *testing.T) {
	for _, c := range changedReadings {
		t.Run(string(c.code), func(t *testing.T) { comesAgainChanged(t, c.code, c.change) })
	}
}

func comesAgainChanged(t *testing.T, code station.Code, change func(*station.Reading)) {
	t.Helper()
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	withEID := func(r *station.Reading) { r.EID = "89049032123451234512345678901235" }
	reads(b, 1, withEID)
	if r, _ := dhrtest.Try(t, b, "CL-000001"); r.Outcome != station.Aborted {
		t.Fatal(r.Outcome, r.Fault)
	}
	reads(b, 1, func(r *station.Reading) { withEID(r); change(r) })
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "refusal", codeOf(r), code)
	if code == "" {
		want(t, "outcome", r.Outcome, station.Pass)
		return
	}
	// As it was, it goes on: nothing has stopped it for good.
	if open, err := d.OpenAlarms(t.Context(), "CL-000001"); err != nil || len(open) > 0 {
		t.Errorf("alarms %v, %v", open, err)
	}
	reads(b, 1, withEID)
	r, _ = dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "outcome with what was in it", r.Outcome, station.Pass)

	// It has passed: what it says of itself would be released, so another value stops it.
	reads(b, 1, func(r *station.Reading) { withEID(r); change(r) })
	r, _ = dhrtest.Try(t, b, "CL-000001")
	want(t, "refusal of the unit that has passed", codeOf(r), code)
	gone := stationtest.Reading(1)
	withEID(&gone)
	change(&gone)
	open, err := d.OpenAlarms(t.Context(), "CL-000001")
	if alarm := gone.IMSI != "" && gone.EID != "" || gone.SIM == station.SIMAbsent; err != nil || alarm != (len(open) == 1 && open[0].Code == code) {
		t.Errorf("alarms %v, %v", open, err)
	}
	dhrtest.Sound(t, d)
}

func TestASIMThatWasChangedIsBoundOnceALeadHasSuperseded(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	changed := func(r *station.Reading) { r.ICCID, r.IMSI = stationtest.ICCID(9), "001010000000009" }
	dhrtest.Try(t, b, "CL-000001")
	reads(b, 1, changed)
	for range 2 {
		r, _ := dhrtest.Try(t, b, "CL-000001", "right")
		want(t, "before the rework", codeOf(r), station.ICCIDChanged)
	}
	_, err := d.Move(t.Context(), record.MoveRequest{Serial: "CL-000001", To: station.Reworked, By: "lead", Second: "quality", Reason: "the SIM was faulty"})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := dhrtest.Try(t, b, "CL-000001", "right")
	want(t, "after it", r.Outcome, station.Pass)
	want(t, "bound", r.Unit.Binding.ICCID.Full(), stationtest.ICCID(9))
	// The first SIM is free, the second is not.
	reads(b, 2, func(r *station.Reading) { r.ICCID = stationtest.ICCID(1) })
	r, _ = dhrtest.Try(t, b, "CL-000002", "right")
	want(t, "the first SIM in another unit", r.Outcome, station.Pass)
	reads(b, 3, func(r *station.Reading) { r.ICCID = stationtest.ICCID(9) })
	r, _ = dhrtest.Try(t, b, "CL-000003", "right")
	want(t, "the second SIM in another unit", codeOf(r), station.ICCIDInUse)
	open, err := d.OpenAlarms(t.Context(), "CL-000003")
	if err != nil || len(open) != 1 || open[0].Code != station.ICCIDInUse {
		t.Errorf("alarms %v, %v", open, err)
	}
	dhrtest.Sound(t, d)
}

func TestOneEUICCInTwoUnitsIsAnAlarm(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	chip := func(r *station.Reading) { r.EID = "89049032123451234512345678901235" }
	reads(b, 1, chip)
	dhrtest.Try(t, b, "CL-000001", "right")
	reads(b, 2, chip)
	r, _ := dhrtest.Try(t, b, "CL-000002", "right")
	want(t, "refusal", codeOf(r), station.EIDInUse)
	open, err := d.OpenAlarms(t.Context(), "CL-000002")
	if err != nil || len(open) != 1 || open[0].Code != station.EIDInUse {
		t.Errorf("alarms %v, %v", open, err)
	}
	dhrtest.Sound(t, d)
}

// What the bench could not read says nothing of the unit.
func TestAFaultOfTheBenchIsNoDifference(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 1)
	dhrtest.Try(t, b, "CL-000001", "right")
	b.DUT = stationtest.FakeDUT{Reading: station.Reading{Dialect: "quectel"}, Err: station.NewFault(station.DUTTimeout, "", nil)}
	r, _ := dhrtest.Try(t, b, "CL-000001")
	want(t, "outcome", r.Outcome, station.Errored)
	open, err := d.OpenAlarms(t.Context(), "CL-000001")
	if err != nil || len(open) != 0 || codeOf(r) != "" {
		t.Errorf("alarms %v, %v, findings %v", open, err, r.Findings)
	}
}
