// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr/store"
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

// A condition that says the same in other words would leave the index out.
func TestTheAttemptsThatFailedUnderAnOrderAreCountedByTheirIndex(t *testing.T) {
	_, folder := newRecord(t, stationtest.NewClock())
	db, err := store.Connect(filepath.Join(filepath.Dir(folder), "dhr.db"), "mode=ro", nil)
	stationtest.NoError(t, err)
	defer db.Close()
	rows, err := db.Query("EXPLAIN QUERY PLAN " + selectOrder)
	stationtest.NoError(t, err)
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		stationtest.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		plan = append(plan, detail)
	}
	stationtest.NoError(t, rows.Err())
	if !slices.ContainsFunc(plan, func(step string) bool { return strings.Contains(step, "INDEX attempts_failed") }) {
		t.Errorf("the plan is %q", plan)
	}
}
