// SPDX-License-Identifier: Apache-2.0

//go:build linux

package printers_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"bindery/labels/printers"
	"bindery/labels/printers/zplsim"
	"bindery/station"
)

// onDevice puts a simulated printer behind a device file.
func onDevice(t *testing.T, c zplsim.Config) (*zplsim.SimulatedPrinter, string) {
	t.Helper()
	printer, device, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	// A printer's device file hands bytes on as they are.
	attr, err := unix.IoctlGetTermios(int(device.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	attr.Iflag, attr.Oflag, attr.Lflag = 0, 0, 0
	if err := unix.IoctlSetTermios(int(device.Fd()), unix.TCSETS, attr); err != nil {
		t.Fatal(err)
	}
	sim, _ := simulated(t, c)
	done := make(chan struct{})
	go func() { defer close(done); sim.Serve(printer) }()
	t.Cleanup(func() {
		_ = device.Close() // ends the printer's reading
		<-done
	})
	return sim, device.Name()
}

func TestAPrinterOnADeviceFile(t *testing.T) {
	sim, path := onDevice(t, zplsim.Config{Roll: 1})
	p, l := open(t, "file://"+path), sampleLabel(t)
	if err := p.Print(t.Context(), "CM-1-1", l); err != nil {
		t.Fatal(err)
	}
	var f *station.Fault
	if err := p.Print(t.Context(), "CM-2-1", l); !errors.As(err, &f) || f.Sent || !strings.Contains(f.Message, "out of labels") {
		t.Errorf("out of labels: %v", err)
	}
	sim.Load(5)
	sim.Set(zplsim.PrinterControls{Silent: true})
	if err := p.Print(t.Context(), "CM-2-1", l); !errors.As(err, &f) || f.Sent || f.Code != station.PrinterSilent {
		t.Errorf("silent: %v", err)
	}
	if got := printers.ReadCondition(t.Context(), p); got != printers.Offline {
		t.Errorf("silent, it is %q", got)
	}
	sim.Set(zplsim.PrinterControls{HeadOpen: true})
	if got := printers.ReadCondition(t.Context(), p); got != printers.HeadOpen {
		t.Errorf("with its head open, it is %q", got)
	}
	if n := len(sim.Labels()); n != 1 {
		t.Errorf("%d labels came out", n)
	}
}

func TestADeviceFileThatIsNoPrinter(t *testing.T) {
	plain := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(plain, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, code := range map[string]station.Code{
		plain:                station.PrinterFault,
		plain + "-not-there": station.PrinterSilent,
		"/dev/null":          station.PrinterSilent,
	} {
		var f *station.Fault
		if err := open(t, "file://"+path).Print(t.Context(), "CM-1-1", sampleLabel(t)); !errors.As(err, &f) || f.Code != code || f.Sent {
			t.Errorf("%s: %v", path, err)
		}
	}
	if data, _ := os.ReadFile(plain); len(data) > 0 {
		t.Error("a plain file was written to")
	}
}
