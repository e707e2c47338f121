// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestAFlagIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]station.Flag{
		"stolen": station.FlagStolen, " STOLEN ": station.FlagStolen, "Under investigation": station.FlagInvestigation, "field action": station.FlagFieldAction,
		"field-action": station.FlagFieldAction,
	} {
		if got := station.ParseFlag(text); got != want || !got.Known() {
			t.Errorf("%q is %q", text, got)
		}
	}
	if station.ParseFlag("missing").Known() {
		t.Error("there is no such flag")
	}
}
