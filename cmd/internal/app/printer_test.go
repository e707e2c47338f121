// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"bindery/fixtures/port"
	"bindery/labels"
	"bindery/labels/printers"
	"bindery/labels/printers/zplsim"
	"bindery/station"
	"bindery/station/stationtest"
	"bindery/ui/widget"
)

// simulatedPrinter is one on the network, as the app watches it.
func simulatedPrinter(t *testing.T, c zplsim.Config) (*zplsim.SimulatedPrinter, *polledPrinter) {
	t.Helper()
	c.DPI = 203
	sim, err := zplsim.Listen("127.0.0.1:0", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sim.Close() })
	p, err := printers.Open("tcp://" + sim.Addr())
	if err != nil {
		t.Fatal(err)
	}
	return sim, &polledPrinter{Printer: p}
}

func TestThePrinterThatTheAppWatchesKeepsToWhatTheStationAsksOfAPrinter(t *testing.T) {
	stationtest.RunPrinter(t, func(t *testing.T) stationtest.PrinterSetup {
		sim, w := simulatedPrinter(t, zplsim.Config{})
		label, err := labels.Builtin()[0].Draw(labels.SampleValues(), 203)
		if err != nil {
			t.Fatal(err)
		}
		return stationtest.PrinterSetup{
			Printer: w, Label: label, Out: func() int { return len(sim.Labels()) + sim.Waiting() },
			Break: func() { sim.Set(zplsim.PrinterControls{Paused: true}) },
			Mend:  func() { sim.Set(zplsim.PrinterControls{}) },
		}
	})
}

func TestAPrinterIsLookedAtBetweenLabelsOnly(t *testing.T) {
	sim, w := simulatedPrinter(t, zplsim.Config{Pace: 300 * time.Millisecond})
	if got := w.condition(t.Context()); got != printers.Ready {
		t.Fatalf("at first it is %q", got)
	}
	label, err := labels.Builtin()[0].Draw(labels.SampleValues(), 203)
	if err != nil {
		t.Fatal(err)
	}
	printed := make(chan error, 1)
	go func() { printed <- w.Print(t.Context(), "CM-1-1", label) }()
	for sim.Waiting() == 0 {
		time.Sleep(time.Millisecond)
	}
	began := time.Now()
	if got := w.condition(t.Context()); got != printers.Ready || time.Since(began) > 200*time.Millisecond {
		t.Errorf("at work it is %q, after %v", got, time.Since(began))
	}
	sim.Set(zplsim.PrinterControls{HeadOpen: true})
	<-printed
	if got := w.condition(t.Context()); got != printers.HeadOpen {
		t.Errorf("after the label it is %q: what was known before it is not believed", got)
	}
}

func TestAPrinterThatIsInUseElsewhereForAMomentIsNoTrouble(t *testing.T) {
	sim, w := simulatedPrinter(t, zplsim.Config{})
	look := func() printers.Condition {
		w.looked = time.Time{}
		return w.condition(context.Background())
	}
	for i, c := range []struct {
		state zplsim.PrinterControls
		want  printers.Condition
	}{
		{zplsim.PrinterControls{}, printers.Ready},
		{zplsim.PrinterControls{Silent: true}, printers.Ready},
		{zplsim.PrinterControls{}, printers.Ready},
		{zplsim.PrinterControls{Silent: true}, printers.Ready},
		{zplsim.PrinterControls{Silent: true}, printers.Offline},
		{zplsim.PrinterControls{Silent: true}, printers.Offline},
		{zplsim.PrinterControls{}, printers.Ready},
	} {
		sim.Set(c.state)
		if got := look(); got != c.want {
			t.Errorf("look %d: %q, want %q", i+1, got, c.want)
		}
	}
}

func TestTheStationAsksItsPrinterWhetherALabelFitsIt(t *testing.T) {
	_, w := simulatedPrinter(t, zplsim.Config{})
	for dpi, want := range map[int]station.Code{203: "", 300: station.PrinterResolution} {
		label, err := labels.Builtin()[0].Draw(labels.SampleValues(), dpi)
		if err != nil {
			t.Fatal(err)
		}
		var p station.Printer = w
		_, err = p.(station.LabelChecker).Check(t.Context(), label) // else the test fails
		var f *station.Fault
		if errors.As(err, &f); want == "" && err != nil || want != "" && (f == nil || f.Code != want) {
			t.Errorf("%d dots per inch: %v", dpi, err)
		}
	}
}

func TestTheSetUpScreenSaysThatAPrinterDoesNotTellItsResolution(t *testing.T) {
	_, w := simulatedPrinter(t, zplsim.Config{NoHI: true})
	b := &App{printer: w, settings: Settings{DPI: 203}}
	label, err := labels.Builtin()[0].Draw(labels.SampleValues(), 203)
	if err != nil {
		t.Fatal(err)
	}
	if hint, err := w.Check(t.Context(), label); hint == "" || err != nil {
		t.Errorf("%q, %v", hint, err)
	}
	if p := b.printerPart(t.Context()); p.State != widget.StepDone || p.Note != "printer.no-resolution" {
		t.Errorf("%+v", p)
	}
}

func TestTheSetUpScreenSaysWhyAPortIsNamedByItsPlace(t *testing.T) {
	b := &App{}
	if p := b.portPart(port.Info{Path: "/dev/ttyUSB0", Stable: "/dev/serial/by-path/x", Naming: port.NoSerial}); p.Note != "port.no-serial" {
		t.Errorf("%+v", p)
	}
	if p := b.portPart(port.Info{Path: "/dev/ttyUSB0", Stable: "/dev/serial/by-id/x"}); p.Note != "" {
		t.Errorf("%+v", p)
	}
}

func TestTheSetUpScreenSaysWhatAPrinterLacks(t *testing.T) {
	sim, w := simulatedPrinter(t, zplsim.Config{})
	b := &App{printer: w, settings: Settings{DPI: 203}}
	if p := b.printerPart(t.Context()); p.State != widget.StepDone || p.Lacks != "" {
		t.Errorf("a printer that is ready: %+v", p)
	}
	sim.Set(zplsim.PrinterControls{RibbonOut: true})
	w.looked = time.Time{}
	if p := b.printerPart(t.Context()); p.State != widget.StepWarn || p.Lacks != "no-ribbon" {
		t.Errorf("a printer without ribbon: %+v", p)
	}
}
