// SPDX-License-Identifier: Apache-2.0

package stationtest

import (
	"context"
	"errors"
	"testing"

	"bindery/station"
)

// PrinterSetup is a printer that [RunPrinter] tries, with what a test can do to
// it.
type PrinterSetup struct {
	Printer station.Printer
	Label   station.Label
	// Out counts the labels that have come out so far. It may wait for one
	// that is on its way.
	Out func() int
	// Break keeps the printer from printing, before a byte of the next label;
	// Mend puts that right.
	Break, Mend func()
}

// RunPrinter holds a printer to what [station.Printer] and, where it is one,
// [station.LabelChecker] state. start is called once for each case.
func RunPrinter(t *testing.T, start func(t *testing.T) PrinterSetup) {
	t.Helper()
	t.Run("a label is sent once and may be asked after", func(t *testing.T) { sendsOnce(t, start) })
	t.Run("a fault says that nothing was sent, and nothing comes out later by itself", func(t *testing.T) { faultsUnsent(t, start) })
	t.Run("who gave up before gets no label", func(t *testing.T) { sendsNothingGivenUp(t, start) })
	t.Run("a check prints nothing", func(t *testing.T) { checksWithoutPrinting(t, start) })
}

func sendsOnce(t *testing.T, start func(t *testing.T) PrinterSetup) {
	t.Helper()
	p := start(t)
	name := p.Printer.Name()
	if name == "" {
		t.Error("the record has no name for it")
	}
	p.printed(t, "CM-1-1", station.No, station.Unsure)
	if err := p.Printer.Print(t.Context(), "CM-1-1", p.Label); err != nil {
		t.Fatal(err)
	}
	p.out(t, 1)
	p.printed(t, "CM-1-1", station.Yes, station.Unsure)
	p.printed(t, "CM-2-1", station.No, station.Unsure)
	p.out(t, 1) // to ask prints nothing
	if got := p.Printer.Name(); got != name {
		t.Errorf("it is called %q, then %q", name, got)
	}
}

func faultsUnsent(t *testing.T, start func(t *testing.T) PrinterSetup) {
	t.Helper()
	p := start(t)
	p.Break()
	var f *station.Fault
	if err := p.Printer.Print(t.Context(), "CM-1-1", p.Label); !errors.As(err, &f) || f.Sent || f.Message == "" || f.Next == "" {
		t.Fatalf("%v is no fault that says what to do and that nothing was sent", err)
	}
	p.Mend()
	p.out(t, 0)
	p.printed(t, "CM-1-1", station.No, station.Unsure)
	if err := p.Printer.Print(t.Context(), "CM-2-1", p.Label); err != nil {
		t.Fatal(err)
	}
	p.out(t, 1)
}

func sendsNothingGivenUp(t *testing.T, start func(t *testing.T) PrinterSetup) {
	t.Helper()
	p := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var f *station.Fault
	if err := p.Printer.Print(ctx, "CM-1-1", p.Label); !errors.As(err, &f) || f.Sent {
		t.Errorf("%v is no fault that says that nothing was sent", err)
	}
	p.out(t, 0)
}

func checksWithoutPrinting(t *testing.T, start func(t *testing.T) PrinterSetup) {
	t.Helper()
	p := start(t)
	c, ok := p.Printer.(station.LabelChecker)
	if !ok {
		t.Skip("it cannot be asked")
	}
	if _, err := c.Check(t.Context(), p.Label); err != nil {
		t.Error(err)
	}
	p.out(t, 0)
	p.Break()
	var f *station.Fault
	if _, err := c.Check(t.Context(), p.Label); err != nil && !errors.As(err, &f) {
		t.Errorf("%v is no fault", err)
	}
	p.Mend()
	p.out(t, 0)
}

func (p PrinterSetup) out(t *testing.T, want int) {
	t.Helper()
	if got := p.Out(); got != want {
		t.Errorf("%d labels came out, want %d", got, want)
	}
}

// printed asks after a job; the printer may not know.
func (p PrinterSetup) printed(t *testing.T, job string, may ...station.Answer) {
	t.Helper()
	got, err := p.Printer.Printed(t.Context(), job, p.Label)
	for _, a := range may {
		if got == a && err == nil {
			return
		}
	}
	t.Errorf("%s: printed is %q, %v; want one of %q", job, got, err, may)
}
