// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

func TestACheckpointElsewhereIsNotReplacedByAnother(t *testing.T) {
	copies := t.TempDir()
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "dhr.db"), Options{Clock: stationtest.NewClock(), Station: "bench-1", CheckpointMirror: copies})
	stationtest.NoError(t, err)
	defer d.Close()
	_, err = d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout))
	stationtest.NoError(t, err)
	_, err = d.Checkpoint(t.Context(), "")
	stationtest.NoError(t, err)
	name := filepath.Join(copies, "dhr.db-000000000002.checkpoint")
	was, err := os.ReadFile(name)
	stationtest.NoError(t, err)
	_, err = d.Checkpoint(t.Context(), "") // the same again
	stationtest.NoError(t, err)
	other := strings.Replace(string(was), "bindery/", "another/", 1)
	stationtest.NoError(t, os.WriteFile(name, []byte(other), 0o600))
	if _, err := d.Checkpoint(t.Context(), ""); stationtest.FaultCode(err) != station.RecordSetBack {
		t.Errorf("over another checkpoint: %v", err)
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != other {
		t.Errorf("%q, %v", got, err)
	}
}
