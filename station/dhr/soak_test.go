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
	"syscall"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/stationtest"
)

// A station that is killed at moments that nobody chose, again and again.
// BINDERY_SOAK sets how often.
func TestNothingThatWasToldIsLostHoweverOftenTheStationIsKilled(t *testing.T) {
	cycles := 8
	if s := os.Getenv("BINDERY_SOAK"); s != "" {
		if _, err := fmt.Sscan(s, &cycles); err != nil {
			t.Fatal(err)
		}
	}
	path := plenty(t)
	next, told := 0, 0
	for cycle := range cycles {
		cmd, out := start(t, child{Path: path, Device: next, Shift: true})
		time.Sleep(time.Duration(20+rand.IntN(300)) * time.Millisecond)
		if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		cmd.Wait() //nolint:errcheck // it was killed
		last := next
		for _, line := range strings.Fields(out.String()) {
			if _, err := fmt.Sscan(line, &last); err != nil {
				t.Fatalf("cycle %d: %q", cycle, line)
			}
			last++
			told++
		}
		next = last // the unit in work is the first of the next cycle
	}
	d := open(t, path, wallClock{})
	for n := range next {
		rec, err := d.Show(t.Context(), stationtest.Serial(n))
		if err != nil || rec.Disposition != station.Passed || len(rec.Bindings) != 1 {
			t.Errorf("unit %d was told to have passed: %s, %d bindings, %v", n, rec.Disposition, len(rec.Bindings), err)
		}
		if labels := paper(filepath.Dir(path)).labels(stationtest.Serial(n) + "-*"); len(labels) != 1 {
			t.Errorf("unit %d has %d labels", n, len(labels))
		}
	}
	if told != next {
		t.Errorf("%d units were told, %d are due", told, next)
	}
	sound(t, d)
	t.Logf("%d units in %d cycles", told, cycles)
}

// plenty is a factory whose order has room for a soak.
func plenty(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dhr.db")
	d := open(t, path, stationtest.NewClock())
	furnishWith(t, d, with(stationtest.Order(), func(o *station.Order) { o.Planned = 1_000_000 }))
	return path
}

func TestAFullDiskSaysSoAndLosesNothing(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk to be had: %s", bytes.TrimSpace(out))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	ballast := filepath.Join(dir, "ballast")
	write(t, ballast, strings.Repeat("x", 300_000))
	d := open(t, filepath.Join(dir, "dhr.db"), stationtest.NewClock())
	furnish(t, d)
	n := 0
	var r station.Result
	for ; n < 20; n++ {
		if r = provision(t.Context(), bench(d, n), stationtest.Serial(n)); r.Outcome != station.Pass {
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
	if r := provision(t.Context(), bench(d, n), stationtest.Serial(n)); r.Outcome != station.Pass {
		t.Errorf("with space again: %s %v", r.Outcome, r.Fault)
	}
	sound(t, d)
}

func TestADiskThatFailedIsNotWrittenToUntilTheRecordIsOpenedAgain(t *testing.T) {
	path := written(t)
	cmd, out := start(t, child{Path: path, Serial: stationtest.Serial(1), Device: 1, Starve: true})
	if err := cmd.Wait(); err != nil {
		t.Fatal(err, out)
	}
	if want := "error true\nerror true\npass false\n"; out.String() != want {
		t.Errorf("%q, want %q", out, want)
	}
	sound(t, open(t, path, wallClock{}))
}
