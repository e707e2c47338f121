// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"testing"

	"bindery/station"
)

func TestOnlyListedDevicesFeedTheRecord(t *testing.T) {
	port := func(name string, allowed bool) station.Device {
		return station.Device{Kind: station.DevicePort, Name: name, Allowed: allowed}
	}
	for _, c := range []struct {
		name string
		list station.Devices
		want bool
	}{
		{"no list, no check", nil, true},
		{"a list of another kind", station.Devices{{Kind: station.DevicePrinter, Name: "p", Allowed: true}}, true},
		{"it is on the list", station.Devices{port("a", true), port("mine", true)}, true},
		{"another is on the list", station.Devices{port("a", true)}, false},
		{"it was revoked", station.Devices{port("mine", false), port("a", true)}, false},
		{"all were revoked", station.Devices{port("a", false)}, false},
		{"any is allowed", station.Devices{port("a", false), port("*", true)}, true},
		{"any was revoked", station.Devices{port("*", false)}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.list.Check(station.DevicePort, func() string { return "mine" })
			var f *station.Fault
			if ok := err == nil; ok != c.want || !ok && (!errors.As(err, &f) || f.Code != station.DeviceNotListed || f.Detail != "port mine") {
				t.Errorf("%v, want allowed %v", err, c.want)
			}
		})
	}
	if err := (station.Devices{port("a", true)}).Check(station.DevicePort, nil); err == nil {
		t.Error("a bench that names no port passes a list of ports")
	}
}
