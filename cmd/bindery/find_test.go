// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"
	"time"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestABindingIsLiveOnlyWhileItHolds(t *testing.T) {
	from, to := stationtest.Start, stationtest.Start.Add(time.Hour)
	for want, u := range map[string]record.Match{
		"live since " + local(from):                                      {Binding: 1, Live: true, From: &from},
		"given up: " + local(from) + " to " + local(to):                  {Binding: 1, GivenUp: true, From: &from, To: &to},
		"given up: " + local(from) + " to a time that is not known":      {Binding: 1, GivenUp: true, From: &from}, // another system did not say when
		"given up: a time that is not known to " + local(to):             {GivenUp: true, To: &to},
		"given up: a time that is not known to a time that is not known": {GivenUp: true},
		"live since a time that is not known":                            {Live: true},
		"-":                                                              {},
		"seen on attempt 3":                                              {Attempt: 3},
		"seen on attempt 3, refused (sim-absent)":                        {Attempt: 3, Code: station.Code("sim-absent")},
	} {
		if got := matched(u); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
