// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

func TestTheSerialOfTheUnitBeforeIsNoChangedUnit(t *testing.T) {
	p := stationtest.Product()
	p.Version = 1
	sound := station.UnitContext{
		Serial: stationtest.Serial(1), Product: p, Allocations: []station.Allocation{stationtest.Allocation()}, JustPassed: true,
		Unit: &station.Unit{Serial: stationtest.Serial(1), Disposition: station.Passed, Binding: &station.Binding{IMEI: "490154203237518"}},
	}
	for name, c := range map[string]struct {
		change func(*station.UnitContext, *station.Reading)
		is     bool
	}{
		"the next device":                       {func(*station.UnitContext, *station.Reading) {}, true},
		"the same device":                       {func(c *station.UnitContext, r *station.Reading) { r.IMEI = c.Unit.Binding.IMEI.Full() }, false},
		"a unit that passed some time ago":      {func(c *station.UnitContext, _ *station.Reading) { c.JustPassed = false }, false},
		"a unit under way":                      {func(c *station.UnitContext, _ *station.Reading) { c.Unit.Disposition = station.InProcess }, false},
		"a serial that is new":                  {func(c *station.UnitContext, _ *station.Reading) { c.Unit = nil }, false},
		"a device that another unit has":        {func(c *station.UnitContext, _ *station.Reading) { c.Conflicting = []station.Binding{{}} }, false},
		"a device of a flagged unit":            {func(c *station.UnitContext, _ *station.Reading) { c.Suspects = []station.Flagged{{}} }, false},
		"a unit that is flagged":                {func(c *station.UnitContext, _ *station.Reading) { c.Flags = []station.Flagged{{}} }, false},
		"a device that would be refused anyway": {func(_ *station.UnitContext, r *station.Reading) { r.IMEI = "" }, false},
		"a device of another range":             {func(c *station.UnitContext, _ *station.Reading) { c.Allocations = nil }, false},
	} {
		with, r, u := sound, stationtest.Reading(2), *sound.Unit
		with.Unit = &u
		c.change(&with, &r)
		if is := with.IsUnitBefore(r); is != c.is {
			t.Errorf("%s: %v", name, is)
		}
	}
}
