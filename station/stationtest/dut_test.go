// SPDX-License-Identifier: Apache-2.0

package stationtest_test

import (
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

func TestTheFakeDeviceIsADUT(t *testing.T) {
	sound := stationtest.Reading(1)
	none := sound
	none.IMEI = ""
	devices := map[stationtest.DUTState]stationtest.FakeDUT{
		stationtest.SoundDUT:  {Reading: sound},
		stationtest.NoIMEI:    {Reading: none},
		stationtest.BreaksOff: {Reading: none, Err: station.NewFault(station.DUTUnplugged, "", nil)},
		stationtest.Stalls:    {Reading: none, Stalled: true},
	}
	stationtest.RunDUT(t, func(_ *testing.T, s stationtest.DUTState) station.DUT { return devices[s] })
}
