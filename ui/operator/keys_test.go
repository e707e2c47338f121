// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

func TestBurstOfScansLosesNoCharacter(t *testing.T) {
	var got []string
	b, o, w := atBench(t, nil)
	b.provision = func(_ context.Context, tk station.Job, _ station.ScanBack, watch func(station.Event)) station.Result {
		got = append(got, tk.Serial) // one run at a time
		steps := walk(watch, tk.Serial, station.StepBind)
		return station.Result{Outcome: station.Fail, Serial: tk.Serial, Steps: steps, Findings: []station.Finding{station.NewFinding(station.SIMIsAbsent, "")}}
	}
	var want []string
	for n := range 200 {
		serial := fmt.Sprintf("CL-%06d", n)
		want = append(want, serial)
		for i, r := range serial + "\n" {
			uitest.Type(w, string(r))
			if i%3 == 0 { // the model redraws in the middle of the scan
				o.Model.Health(StationHealth{Port: i%2 == 0, Printer: n%2 == 0})
				b.Drain()
			}
		}
		b.at(t, o, Failed)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("the scans (-typed +taken):\n%s", d)
	}
}

func TestScansTypedWhileTheRecordIsAskedWaitTheirTurn(t *testing.T) {
	b := newBench()
	b.provision = good
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n482913\nWO-118204\nCL-000142\n") // before anything could be answered
	b.at(t, o, Labelling)
	if o.Model.run.serial != "CL-000142" || o.Model.person.ID != "p1" {
		t.Errorf("the unit is %s by %s", o.Model.run.serial, o.Model.person.ID)
	}
}

func TestNextSerialTypedOnTheHeelsOfTheLabelStartsTheNextUnit(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
	uitest.Type(w, "CL-000142\nCL-000143\n")
	b.Settle(t, func() bool { return o.Model.State() == Labelling && o.Model.run.serial == "CL-000143" })
}

func TestFocusComesBack(t *testing.T) {
	b, o, w := atBench(t, good)
	c := w.Canvas()
	for _, away := range []struct {
		name string
		go1  func()
	}{
		{"after a tap on empty space", func() { test.TapCanvas(c, fyne.NewPos(5, 5)) }},
		{"after a tap on the field", func() { test.TapCanvas(c, fyne.NewPos(300, 300)) }},
		{"after the focus was taken away", func() { c.Unfocus() }},
	} {
		away.go1()
		uitest.Type(w, "CL-0") // while nothing has the focus
		b.Drain()
		if c.Focused() != o.entry {
			t.Errorf("%s the scan field has not got the focus back", away.name)
		}
		uitest.Type(w, "00142")
		if o.entry.Text() != "CL-000142" {
			t.Errorf("%s the scan field holds %q", away.name, o.entry.Text())
		}
		uitest.Press(w, fyne.KeyEscape) // empties the field first
		if o.entry.Text() != "" || o.Model.State() != Ready {
			t.Errorf("escape left %q, %s", o.entry.Text(), o.Model.State())
		}
	}
}

func TestTabEndsAScanAndMovesNothing(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "CL-000142\t")
	b.at(t, o, Labelling)
	if w.Canvas().Focused() != o.entry {
		t.Error("tab moved the focus")
	}
	uitest.Type(w, "\t\t") // a scanner that sends both
	if o.Model.State() != Labelling {
		t.Errorf("an empty tab led to %s", o.Model.State())
	}
}

func TestGroupSeparatorReachesTheScan(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "(10)A")
	o.entry.TypedShortcut(widget.GroupSeparator)
	uitest.Type(w, "(21)B")
	b.Drain()
	if o.entry.Text() != "(10)A\x1d(21)B" {
		t.Errorf("the scan field holds %q", o.entry.Text())
	}
	var shown []string
	uitest.Texts(o.entry, 0, 0, func(text *canvas.Text, _ uitest.Area) { shown = append(shown, text.Text) })
	if strings.Join(shown, "") != "(10)A·(21)B" {
		t.Errorf("the scan field shows %q", shown)
	}
}

func TestRunawayInputIsOneBadScan(t *testing.T) {
	_, o, w := atBench(t, good)
	uitest.Type(w, strings.Repeat("x", 5000))
	if n := len(o.entry.Text()); n > 600 {
		t.Errorf("the scan field holds %d characters", n)
	}
}

func TestTapChoosesAnOrder(t *testing.T) {
	b := newBench()
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n482913\n")
	b.at(t, o, Choosing)
	uitest.Texts(o.field, 0, 0, func(text *canvas.Text, at uitest.Area) {
		if text.Text == "WO-118205" {
			test.TapCanvas(w.Canvas(), fyne.NewPos(at.X+5, at.Y+5))
		}
	})
	b.at(t, o, Ready)
	if o.Model.order.ID != "WO-118205" {
		t.Errorf("the tap chose %s", o.Model.order.ID)
	}
}
