// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"errors"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/stationtest"
)

// unasked is a DUT that must not be asked.
type unasked struct{ t *testing.T }

func (u unasked) Identify(context.Context, func(string)) (station.Reading, error) {
	u.t.Error("the device was asked")
	return station.Reading{}, errors.New("asked")
}

// allows lists a device, or takes it off.
func allows(t *testing.T, d *dhr.DHR, kind station.DeviceKind, name string, allowed bool) {
	t.Helper()
	_, err := d.ListDevice(t.Context(), "admin", station.Device{Kind: kind, Name: name, Allowed: allowed}, "line 1")
	stationtest.NoError(t, err)
}

// faultIn is the code of the fault that ended a run, "" when none did.
func faultIn(r station.Result) station.Code {
	if r.Fault == nil {
		return ""
	}
	return r.Fault.Code
}

func TestADeviceThatIsNotListedFeedsNothing(t *testing.T) {
	d, ctx := dhrtest.Factory(t), t.Context()
	b := dhrtest.Bench(d, 1)
	b.Port = func() string { return "fixture-1" }
	for kind, own := range map[station.DeviceKind]string{
		station.DeviceStation: "bench-1", station.DevicePort: "fixture-1", station.DevicePrinter: b.Printer.Name(),
	} {
		allows(t, d, kind, "another", true)
		stopped := *b
		stopped.DUT = unasked{t}
		if r := dhrtest.Provision(ctx, &stopped, stationtest.Serial(1)); r.Outcome != station.Errored || faultIn(r) != station.DeviceNotListed || r.Leaf == 0 {
			t.Errorf("%s: %s %v, leaf %d", kind, r.Outcome, r.Fault, r.Leaf)
		}
		allows(t, d, kind, own, true)
	}
	if r := dhrtest.Provision(ctx, b, stationtest.Serial(1)); r.Outcome != station.Pass {
		t.Errorf("with all listed: %s %v", r.Outcome, r.Fault)
	}
	if h, err := d.Check(ctx); err != nil || len(h.Checked) != 3 {
		t.Errorf("%+v, %v", h, err)
	}
	dhrtest.Sound(t, d)
}

func TestAPrinterThatIsRevokedWhileAUnitIsUnderWayPrintsNothingMore(t *testing.T) {
	d := dhrtest.Factory(t)
	b := dhrtest.Bench(d, 2)
	allows(t, d, station.DevicePrinter, b.Printer.Name(), true)
	scan := func(_ context.Context, wrong int) (station.ScanAnswer, error) {
		allows(t, d, station.DevicePrinter, b.Printer.Name(), false)
		return station.ScanAnswer{Reprint: "smeared"}, nil
	}
	r := b.Provision(t.Context(), station.Job{Order: "WO-1", Serial: stationtest.Serial(2), By: "operator"}, scan, nil)
	if faultIn(r) != station.DeviceNotListed {
		t.Errorf("a reprint on a revoked printer: %s %v", r.Outcome, r.Fault)
	}
	dhrtest.Sound(t, d)
}

func TestADeviceIsListedByAnAdminWhoSaysWhyAndOnce(t *testing.T) {
	d, ctx := dhrtest.Factory(t), t.Context()
	station1 := station.Device{Kind: station.DeviceStation, Name: "bench-1", Allowed: true}
	allows(t, d, station1.Kind, station1.Name, true)
	for _, c := range []struct {
		by, why string
		want    station.Code
	}{
		{"admin", "again", station.NothingDue}, {"lead", "x", station.PersonNotAllowed}, {"admin", " ", station.ReasonMissing},
	} {
		_, err := d.ListDevice(ctx, c.by, station1, c.why)
		isRefused(t, c.by+" because of "+c.why, err, c.want)
	}
	dhrtest.Sound(t, d)
}
