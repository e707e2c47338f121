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

func TestADeviceIsListedByANameOfItsKindWhereThatIsNew(t *testing.T) {
	for _, c := range []struct {
		name       string
		d          station.Device
		was        *station.Device
		form, list station.Code
	}{
		{"a new one", station.Device{Kind: station.DevicePort, Name: "p", Allowed: true}, nil, "", ""},
		{"without a name", station.Device{Kind: station.DevicePort, Allowed: true}, nil, station.NameMalformed, ""},
		{"without a name, to be revoked", station.Device{Kind: station.DevicePort}, nil, "", ""},
		{"a station whose name has a line end", station.Device{Kind: station.DeviceStation, Name: "A\n1", Allowed: true}, nil, station.NameMalformed, ""},
		{"allowed before", station.Device{Kind: station.DevicePort, Name: "p", Allowed: true}, &station.Device{Allowed: true}, "", station.NothingDue},
		{"revoked before", station.Device{Kind: station.DevicePort, Name: "p"}, &station.Device{}, "", station.NothingDue},
		{"allowed again", station.Device{Kind: station.DevicePort, Name: "p", Allowed: true}, &station.Device{}, "", ""},
		{"to be revoked", station.Device{Kind: station.DevicePort, Name: "p"}, &station.Device{Allowed: true}, "", ""},
	} {
		if form, list := refusedFor(t, c.d.AllowName()), refusedFor(t, c.d.AllowListed(c.was)); form != c.form || list != c.list {
			t.Errorf("%s: %q, %q; want %q, %q", c.name, form, list, c.form, c.list)
		}
	}
}
