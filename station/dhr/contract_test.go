// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"testing"

	"bindery/station/stationtest"
)

func TestTheRecordKeepsToWhatTheStationAsksOfRecords(t *testing.T) {
	stationtest.RunRecords(t, func(t *testing.T) stationtest.History { return factory(t) })
}
