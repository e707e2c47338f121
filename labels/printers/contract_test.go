// SPDX-License-Identifier: Apache-2.0

//go:build linux

package printers_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"bindery/labels/printers/zplsim"
	"bindery/station/stationtest"
)

func TestAFolderKeepsToWhatTheStationAsksOfAPrinter(t *testing.T) {
	stationtest.RunPrinter(t, func(t *testing.T) stationtest.PrinterSetup {
		dir := filepath.Join(t.TempDir(), "labels")
		return stationtest.PrinterSetup{
			Printer: open(t, "folder:"+dir), Label: sampleLabel(t),
			Out: func() int {
				pictures, err := filepath.Glob(filepath.Join(dir, "*.png"))
				if err != nil {
					t.Error(err)
				}
				return len(pictures)
			},
			Break: func() { write(t, dir, "a file where the folder is to be") },
			Mend: func() {
				if err := os.Remove(dir); err != nil {
					t.Error(err)
				}
			},
		}
	})
}

func TestANetworkPrinterKeepsToWhatTheStationAsksOfAPrinter(t *testing.T) {
	stationtest.RunPrinter(t, func(t *testing.T) stationtest.PrinterSetup {
		sim, p := simulated(t, zplsim.Config{})
		return stationtest.PrinterSetup{
			Printer: p, Label: sampleLabel(t), Out: settled(sim),
			Break: func() { sim.Set(zplsim.PrinterControls{Paused: true}) },
			Mend:  func() { sim.Set(zplsim.PrinterControls{}) },
		}
	})
}

func TestADeviceFileKeepsToWhatTheStationAsksOfAPrinter(t *testing.T) {
	stationtest.RunPrinter(t, func(t *testing.T) stationtest.PrinterSetup {
		sim, path := onDevice(t, zplsim.Config{})
		return stationtest.PrinterSetup{
			Printer: open(t, "file://"+path), Label: sampleLabel(t), Out: settled(sim),
			Break: func() { sim.Set(zplsim.PrinterControls{Paused: true}) },
			Mend:  func() { sim.Set(zplsim.PrinterControls{}) },
		}
	})
}

func TestAQueueKeepsToWhatTheStationAsksOfAPrinter(t *testing.T) {
	run := func(t *testing.T, name string, args ...string) string {
		t.Helper()
		out, err := exec.Command(name, args...).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v: %s", name, err, out)
		}
		return string(out)
	}
	stationtest.RunPrinter(t, func(t *testing.T) stationtest.PrinterSetup {
		sim, _ := simulated(t, zplsim.Config{})
		cupsd(t, sim.Addr())
		return stationtest.PrinterSetup{
			Printer: open(t, "cups:zraw"), Label: sampleLabel(t),
			Out: func() int {
				for range 200 {
					if run(t, "lpstat", "-o") == "" {
						break
					}
					time.Sleep(50 * time.Millisecond)
				}
				time.Sleep(200 * time.Millisecond) // what the queue let go, the printer has soon
				return settled(sim)()
			},
			Break: func() { run(t, "cupsdisable", "zraw") },
			Mend:  func() { run(t, "cupsenable", "zraw") },
		}
	})
}

// settled counts the labels that a printer has put down or taken.
func settled(sim *zplsim.SimulatedPrinter) func() int {
	return func() int { return len(sim.Labels()) + sim.Waiting() }
}
