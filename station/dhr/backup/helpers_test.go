// SPDX-License-Identifier: Apache-2.0

package backup

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// kept is a record in a folder of its own with one leaf in it, and the folder
// for its backups.
func kept(t *testing.T, clock station.Clock) (d *dhr.DHR, folder string) {
	t.Helper()
	dir := t.TempDir()
	d, err := dhr.Open(t.Context(), filepath.Join(dir, "dhr.db"), dhr.Options{Clock: clock, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() }) //nolint:errcheck // a test may have closed it
	if _, err := d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout)); err != nil {
		t.Fatal(err)
	}
	return d, filepath.Join(dir, "backups")
}

// faultOf is the code of a fault, "" when err is none.
func faultOf(err error) station.Code {
	var f *station.Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return ""
}

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

// steps is a clock that a test sets on.
type steps struct{ now time.Time }

func (s *steps) Now() time.Time { return s.now }

// acts lists what the leaves of a record say was done, the first first.
func acts(t *testing.T, d *dhr.DHR) (list []string) {
	t.Helper()
	s, err := d.Snapshot(t.Context())
	must(t, err)
	defer s.Close()
	must(t, s.Leaves(t.Context(), 1000, func(l record.LeafView) error {
		var body struct{ What string }
		err := json.Unmarshal(l.Body, &body)
		list = append(list, body.What)
		return err
	}))
	return list
}

// inZone is a time, RFC 3339, in a zone.
func inZone(t *testing.T, at, zone string) time.Time {
	t.Helper()
	moment, err := time.Parse(time.RFC3339, at)
	if err != nil {
		t.Fatal(err)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return moment.In(loc)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }
