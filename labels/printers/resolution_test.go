// SPDX-License-Identifier: Apache-2.0

package printers_test

import (
	"errors"
	"strings"
	"testing"

	"bindery/labels/printers"
	"bindery/labels/printers/zplsim"
	"bindery/station"
)

// checked asks a printer before a unit is bound.
func checked(t *testing.T, p station.Printer, l station.Label) (string, error) {
	t.Helper()
	c, can := p.(station.LabelChecker)
	if !can {
		t.Fatalf("%s cannot be asked", p.Name())
	}
	return c.Check(t.Context(), l)
}

func TestALabelOfAnotherResolutionIsRefusedBeforeAnythingIsSent(t *testing.T) {
	sim, p := simulated(t, zplsim.Config{DPI: 300})
	l := sampleLabel(t)
	_, before := checked(t, p, l)
	for name, err := range map[string]error{"before the unit is bound": before, "at the print": p.Print(t.Context(), "CM-1-1", l)} {
		var f *station.Fault
		if !errors.As(err, &f) || f.Code != station.PrinterResolution || f.Sent || !strings.Contains(f.Message, "it has 300 dots per inch, the label 203") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(sim.Labels()) + sim.Waiting(); n != 0 {
		t.Errorf("%d labels", n)
	}
}

func TestAPrinterOfTheLabelsResolutionIsAskedOnceAndPrints(t *testing.T) {
	for _, uri := range []string{"", "device"} {
		sim, p := simulated(t, zplsim.Config{DPI: 203})
		if uri != "" {
			var path string
			sim, path = onDevice(t, zplsim.Config{DPI: 203})
			p = open(t, "file://"+path)
		}
		for range 2 {
			if hint, err := checked(t, p, sampleLabel(t)); hint != "" || err != nil {
				t.Errorf("%q, %v", hint, err)
			}
		}
		if printers.NoResolution(p) {
			t.Error("it has told")
		}
		if err := p.Print(t.Context(), "CM-1-1", sampleLabel(t)); err != nil || len(sim.Labels()) != 1 {
			t.Errorf("%v, %d labels", err, len(sim.Labels()))
		}
	}
}

func TestAPrinterThatDoesNotTellItsResolutionIsUsedAndThatIsSaidOnce(t *testing.T) {
	sim, p := simulated(t, zplsim.Config{NoHI: true})
	l := sampleLabel(t)
	hint, err := checked(t, p, l)
	if !strings.Contains(hint, "does not tell its resolution") || err != nil {
		t.Errorf("at first: %q, %v", hint, err)
	}
	if hint, err := checked(t, p, l); hint != "" || err != nil {
		t.Errorf("then: %q, %v", hint, err)
	}
	if err := p.Print(t.Context(), "CM-1-1", l); err != nil || len(sim.Labels()) != 1 {
		t.Errorf("%v, %d labels", err, len(sim.Labels()))
	}
	if !printers.NoResolution(p) {
		t.Error("nobody would know")
	}
}

func TestAPrinterThatCannotBeAskedForItsResolutionIsLeftToThePrint(t *testing.T) {
	_, p := simulated(t, zplsim.Config{DPI: 300, State: zplsim.PrinterControls{Silent: true}})
	if hint, err := checked(t, p, sampleLabel(t)); hint != "" || err != nil {
		t.Errorf("%q, %v", hint, err)
	}
}
