// SPDX-License-Identifier: Apache-2.0

package backup_test

import (
	"os"
	"testing"

	"bindery/station/dhr/dhrtest"
	"bindery/station/stationtest"
)

func names(t *testing.T, folder string) (list []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

// What all rooms test with, by short names.
var (
	kept    = dhrtest.Kept
	must    = stationtest.NoError
	faultOf = stationtest.FaultCode
	inZone  = stationtest.InZone
)

type steps = stationtest.SetClock
