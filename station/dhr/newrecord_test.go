// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"path/filepath"
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

// newRecord is a record in a folder of its own with one leaf in it, and the folder
// for its backups.
func newRecord(t *testing.T, clock station.Clock) (d *DHR, folder string) {
	t.Helper()
	dir := t.TempDir()
	d, err := Open(t.Context(), filepath.Join(dir, "dhr.db"), Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() }) // a test may have closed it
	if _, err := d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout)); err != nil {
		t.Fatal(err)
	}
	return d, filepath.Join(dir, "backups")
}
