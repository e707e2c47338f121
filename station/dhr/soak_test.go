// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/stationtest"
)

// Stations that are killed at moments that nobody chose, again and again: one
// alone, and two on one file. After each time the whole record is verified and
// each unit that was told PASS is looked up. BINDERY_SOAK sets how often.
func TestNothingThatWasToldIsLostHoweverOftenTheStationIsKilled(t *testing.T) {
	cycles := 8
	if s := os.Getenv("BINDERY_SOAK"); s != "" {
		if _, err := fmt.Sscan(s, &cycles); err != nil {
			t.Fatal(err)
		}
	}
	for name, stations := range map[string]int{"one station": 1, "two stations on one file": 2} {
		t.Run(name, func(t *testing.T) {
			told, leaves := 0, int64(0)
			for done := 0; done < cycles; done += perRecord {
				s := soak{path: plenty(t), due: make([]int, stations), most: 150 * time.Millisecond}
				for i := range s.due {
					s.due[i] = i * 1_000
				}
				for cycle := done; cycle < min(done+perRecord, cycles); cycle++ {
					if s.cycle(t); t.Failed() {
						t.Fatalf("in cycle %d of %s", cycle, s.path)
					}
				}
				told, leaves = told+s.told, leaves+s.leaves
			}
			t.Logf("%d cycles, %d units told, %d leaves", cycles, told, leaves)
		})
	}
}

// perRecord is how many cycles one record lives through: enough to grow on
// what was left behind, few enough to verify it in full each time.
const perRecord = 100

// soak is one record that stations work on and are killed at.
type soak struct {
	path   string
	due    []int         // by station: the unit that is in work, or comes next
	most   time.Duration // that a station lives: some units long, however slow the machine is
	told   int
	leaves int64
}

// cycle lets the stations work for a moment, kills each of them, and checks
// what is left.
func (s *soak) cycle(t *testing.T) {
	t.Helper()
	ends := make(chan string)
	for _, unit := range s.due {
		cmd, out := start(t, child{Path: s.path, Device: unit, Shift: true})
		go func() {
			time.Sleep(rand.N(s.most))
			cmd.Process.Kill() // Wait tells how it ended
			if err := cmd.Wait(); err == nil || err.Error() != "signal: killed" {
				t.Errorf("a station ended by itself: %v", err)
			}
			ends <- out.String()
		}()
	}
	var told []int
	for range s.due {
		for _, line := range strings.Fields(<-ends) {
			told = append(told, s.passed(t, line))
		}
	}
	s.told += len(told)
	if few := len(s.due); len(told) < few {
		s.most += s.most / 8
	} else if len(told) > 8*few {
		s.most -= s.most / 8
	}
	d, err := dhr.Open(t.Context(), s.path, dhr.Options{Clock: stationtest.WallClock{}, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close() // nothing was written
	s.leaves = dhrtest.Sound(t, d).Leaves
	for _, n := range told {
		s.holds(t, d, n)
	}
}

// passed notes that a station told of a unit, and which is due after it.
func (s *soak) passed(t *testing.T, line string) (unit int) {
	t.Helper()
	if _, err := fmt.Sscan(line, &unit); err != nil {
		t.Fatalf("a station said %q: %v", line, err)
	}
	by := unit / 1_000
	if unit != s.due[by] {
		t.Errorf("station %d told of unit %d, due was %d", by, unit, s.due[by])
	}
	s.due[by]++
	return unit
}

// holds checks that a unit that was told PASS is in the record, once.
func (s *soak) holds(t *testing.T, d *dhr.DHR, n int) {
	t.Helper()
	rec, err := d.Show(t.Context(), stationtest.Serial(n))
	if err != nil || rec.Disposition != station.Passed || len(rec.Bindings) != 1 {
		t.Errorf("unit %d was told to have passed: %s, %d bindings, %v", n, rec.Disposition, len(rec.Bindings), err)
	}
	if labels := paper(filepath.Dir(s.path)).labels(stationtest.Serial(n) + "-*"); len(labels) != 1 {
		t.Errorf("unit %d has %d labels", n, len(labels))
	}
	if f, err := d.Find(t.Context(), stationtest.IMEI(n)); err != nil || len(f.Units) != 1 || f.Units[0].Serial != stationtest.Serial(n) {
		t.Errorf("unit %d: its IMEI finds %d units, %v", n, len(f.Units), err)
	}
}

// plenty is a factory whose order has room for a soak.
func plenty(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dhr.db")
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.WallClock{}, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	dhrtest.AddFactoryWithOrder(t, d, with(stationtest.Order(), func(o *station.Order) { o.Planned = 1_000_000 }))
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFullDiskSaysSoAndLosesNothing(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1800k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk to be had: %s", bytes.TrimSpace(out))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	ballast := filepath.Join(dir, "ballast")
	storetest.Write(t, ballast, strings.Repeat("x", 300_000))
	d := dhrtest.Open(t, filepath.Join(dir, "dhr.db"), stationtest.NewClock())
	dhrtest.AddFactory(t, d)
	n := 0
	var r station.Result
	for ; n < 20; n++ {
		if r = dhrtest.Provision(t.Context(), dhrtest.Bench(d, n), stationtest.Serial(n)); r.Outcome != station.Pass {
			break
		}
	}
	if r.Outcome != station.Errored || r.Fault.Code != station.RecordFull {
		t.Fatalf("unit %d: %s, %v; want record-full", n, r.Outcome, r.Fault)
	}
	if o, err := d.Order(t.Context(), "WO-1"); err != nil || o.Passed != n {
		t.Errorf("%d passed, want %d, %v", o.Passed, n, err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, n), stationtest.Serial(n)); r.Outcome != station.Pass {
		t.Errorf("with space again: %s %v", r.Outcome, r.Fault)
	}
	dhrtest.Sound(t, d)
}

func TestADiskThatFailedIsNotWrittenToUntilTheRecordIsOpenedAgain(t *testing.T) {
	path := dhrtest.Written(t, stationtest.WallClock{})
	cmd, out := start(t, child{Path: path, Serial: stationtest.Serial(1), Device: 1, Starve: true})
	if err := cmd.Wait(); err != nil {
		t.Fatal(err, out)
	}
	if want := "error true\nerror true\npass false\n"; out.String() != want {
		t.Errorf("%q, want %q", out, want)
	}
	dhrtest.Sound(t, dhrtest.Open(t, path, stationtest.WallClock{}))
}
