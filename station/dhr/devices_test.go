// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"errors"
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

// unasked is a DUT that must not be asked.
type unasked struct{ t *testing.T }

func (u unasked) Identify(context.Context, func(string)) (station.Reading, error) {
	u.t.Error("the device was asked")
	return station.Reading{}, errors.New("asked")
}

func TestADeviceThatIsNotListedFeedsNothing(t *testing.T) {
	d, ctx := factory(t), t.Context()
	list := func(kind station.DeviceKind, name string, allowed bool) {
		t.Helper()
		if _, err := d.ListDevice(ctx, "admin", station.Device{Kind: kind, Name: name, Allowed: allowed}, "line 1"); err != nil {
			t.Fatal(err)
		}
	}
	code := func(r station.Result) station.Code {
		if r.Fault == nil {
			return ""
		}
		return r.Fault.Code
	}
	b := bench(d, 1)
	b.Port = func() string { return "fixture-1" }
	for kind, own := range map[station.DeviceKind]string{
		station.DeviceStation: "bench-1", station.DevicePort: "fixture-1", station.DevicePrinter: b.Printer.Name(),
	} {
		list(kind, "another", true)
		stopped := *b
		stopped.DUT = unasked{t}
		if r := provision(ctx, &stopped, stationtest.Serial(1)); r.Outcome != station.Errored || code(r) != station.DeviceNotListed || r.Leaf == 0 {
			t.Errorf("%s: %s %v, leaf %d", kind, r.Outcome, r.Fault, r.Leaf)
		}
		list(kind, own, true)
	}
	if r := provision(ctx, b, stationtest.Serial(1)); r.Outcome != station.Pass {
		t.Errorf("with all listed: %s %v", r.Outcome, r.Fault)
	}

	// A printer that is revoked while a unit is under way prints nothing more.
	scan := func(_ context.Context, wrong int) (station.ScanAnswer, error) {
		list(station.DevicePrinter, b.Printer.Name(), false)
		return station.ScanAnswer{Reprint: "smeared"}, nil
	}
	b.DUT = stationtest.DUT{Reading: stationtest.Reading(2)}
	r := b.Provision(ctx, station.Job{Order: "WO-1", Serial: stationtest.Serial(2), By: "operator"}, scan, nil)
	if code(r) != station.DeviceNotListed {
		t.Errorf("a reprint on a revoked printer: %s %v", r.Outcome, r.Fault)
	}

	station1 := station.Device{Kind: station.DeviceStation, Name: "bench-1", Allowed: true}
	if _, err := d.ListDevice(ctx, "admin", station1, "again"); refused(t, err) != station.NothingDue {
		t.Error(err)
	}
	if _, err := d.ListDevice(ctx, "lead", station1, "x"); refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	if _, err := d.ListDevice(ctx, "admin", station1, " "); refused(t, err) != station.ReasonMissing {
		t.Error(err)
	}
	if h, err := d.Check(ctx); err != nil || len(h.Checked) != 3 {
		t.Errorf("%+v, %v", h, err)
	}
	sound(t, d)
}
