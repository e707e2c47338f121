// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/sound"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// atBench opens a screen that is signed in to an order and provisions with p.
func atBench(t *testing.T, p func(context.Context, station.Job, station.ScanBack, func(station.Event)) station.Result) (*bench, *Screen, fyne.Window) {
	t.Helper()
	b := newBench()
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	b.ready(t, o, w)
	b.provision = p
	return b, o, w
}

func TestSignIn(t *testing.T) {
	for _, c := range []struct {
		name, scans string
		want        State
		notice      string
	}{
		{"an operator's badge opens the orders", "B-OP\n482913\n", Choosing, ""},
		{"a lead may work too", "B-LD\n482913\n", Choosing, ""},
		{"an unknown badge is said to be unknown", "B-??\n", SignIn, "This badge is not known."},
		{"quality does not work at the bench", "B-QA\n482913\n", SignIn, "This badge may not work at the bench. Call the lead."},
		{"an empty scan is nothing", "\n", SignIn, ""},
		{"an order is chosen by its number", "B-OP\n482913\nWO-118205\n", Ready, ""},
		{"Enter alone chooses no order", "B-OP\n482913\n\n\n", Choosing, "Choose a row with the arrow keys, or touch it."},
		{"a closed order can't be chosen", "B-OP\n482913\nWO-117990\n", Choosing, "There is no open order with that number."},
		{"a badge at the order changes the person", "B-OP\n482913\nB-O2\n482913\nWO-118204\n", Ready, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench()
			o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
			uitest.Type(w, c.scans) // at once, as fast as a scanner can
			b.Settle(t, func() bool { return o.Model.State() == c.want && !o.Model.looking && len(o.Model.queue) == 0 })
			if got := o.Model.view().Face.Notice; got != c.notice {
				t.Errorf("the notice says %q, want %q", got, c.notice)
			}
		})
	}
}

func TestOrderIsChosenWithTheArrows(t *testing.T) {
	b := newBench()
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n482913\n")
	b.at(t, o, Choosing)
	for _, k := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		uitest.Press(w, k)
	}
	b.at(t, o, Ready)
	if got := o.Model.view().Bar.Work; got != "WO-118205 · CardioLink 4G · lot 2607B" {
		t.Errorf("the header says %q", got)
	}
}

func TestClosedOrderIsOfferedWhileUnitsOfItAreInRework(t *testing.T) {
	b := newBench()
	b.orders[2].Reworked = 1
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n482913\n")
	b.at(t, o, Choosing)
	if got := o.Model.view().Face.Choices[2].Aside; got != "closed · 1 in rework" {
		t.Errorf("beside the order stands %q", got)
	}
	uitest.Type(w, "WO-117990\n")
	b.at(t, o, Ready)
}

func TestUnitPasses(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Passed)

	v := o.Model.view()
	want := widget.Face{Tone: widget.Good, Shape: widget.Tick, Word: "PASS", Serial: "CL-000142", Aside: "6.0 s", Then: "SCAN THE NEXT"}
	if d := cmp.Diff(want, v.Face); d != "" {
		t.Errorf("the field (-want +got):\n%s", d)
	}
	for _, c := range v.Chips {
		if c.State != widget.StepDone {
			t.Errorf("step %s is %q after PASS", c.Name, c.State)
		}
	}
	if d := cmp.Diff([]sound.Tone{sound.Short, sound.Rising}, b.Tones.Played); d != "" {
		t.Errorf("the tones (-want +got):\n%s", d)
	}
	if v.Striped {
		t.Error("after PASS the label is still striped")
	}
}

func TestResultStaysUntilTheNextSerialStartsTheNextUnit(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Passed)
	uitest.Type(w, "CL-000142\n") // the scanner's trigger was pressed twice
	if v := o.Model.view(); v.State != Passed || v.Face.Notice != "CL-000142 has already passed. Scan the next serial." {
		t.Errorf("the label scanned twice gives %s, %q", v.State, v.Face.Notice)
	}
	uitest.Type(w, "CL-000143\n")
	b.at(t, o, Labelling)
	if o.Model.run.serial != "CL-000143" {
		t.Errorf("the next unit is %s", o.Model.run.serial)
	}
}

func TestWrongLabelIsRedAndTheRightOneStillPasses(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
	uitest.Type(w, "CL-000777\n")
	b.Settle(t, func() bool { return o.Model.run.wrong != nil && !o.Model.run.checking })
	f := o.Model.view().Face
	if f.Tone != widget.Bad || f.Then != "SCAN THE LABEL" || f.Say[0] != "The scanned label is not the label of this unit." {
		t.Errorf("a wrong label shows %+v", f)
	}
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Passed)
}

func TestRefusalAndFault(t *testing.T) {
	for _, c := range []struct {
		name      string
		provision func(context.Context, station.Job, station.ScanBack, func(station.Event)) station.Result
		state     State
		tone      widget.ColourRole
		shape     widget.StateSign
		what      string
		next      string
		code      string
		sound     sound.Tone
	}{
		{
			"a unit whose IMEI is not ours fails", refused(station.StepAllocation, station.TACNotAllocated, "86012345"),
			Failed, widget.Bad, widget.Cross, "This IMEI is not in a range that we own (TAC 86012345).",
			"Put the unit on the red shelf and call the lead.", "CL-000142   tac-not-allocated", sound.Falling,
		},
		{
			"an unplugged device is nobody's failure", broken(station.DUTUnplugged, ""),
			Attention, widget.Caution, widget.Triangle, "The device was unplugged.",
			"Plug it in, then scan the same serial again.", "CL-000142   dut-unplugged", sound.Repeated,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, o, w := atBench(t, c.provision)
			uitest.Type(w, "CL-000142\n")
			b.at(t, o, c.state)
			want := widget.Face{Tone: c.tone, Shape: c.shape, Word: map[State]string{Failed: "FAIL", Attention: "ATTENTION"}[c.state], Say: []string{c.what, c.next}, Code: c.code}
			if d := cmp.Diff(want, o.Model.view().Face); d != "" {
				t.Errorf("the field (-want +got):\n%s", d)
			}
			if d := cmp.Diff([]sound.Tone{c.sound}, b.Tones.Played); d != "" {
				t.Errorf("the tones (-want +got):\n%s", d)
			}
			b.provision = good
			uitest.Type(w, "CL-000142\n") // cured
			b.at(t, o, Labelling)
		})
	}
}

func TestAnotherLabel(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
	again := func() { b.Settle(t, func() bool { return !o.Model.run.checking && o.Model.State() != Working }) }

	uitest.Press(w, fyne.KeyF9)
	uitest.Type(w, "9\n")
	if o.Model.State() != Reasons || o.Model.notice == "" {
		t.Errorf("an unknown reason gives %s, %q", o.Model.State(), o.Model.notice)
	}
	uitest.Press(w, fyne.KeyEscape)
	b.at(t, o, Labelling)

	uitest.Press(w, fyne.KeyF9)
	uitest.Press(w, fyne.KeyF2)
	again()
	if o.Model.State() != Labelling {
		t.Fatalf("the first new label needs no lead, but the screen is at %s", o.Model.State())
	}
	uitest.Press(w, fyne.KeyF9)
	uitest.Type(w, "1\n")
	again()
	if o.Model.State() != Locked {
		t.Fatalf("the second new label needs a lead, but the screen is at %s", o.Model.State())
	}
	uitest.Type(w, "B-O2\n") // not a lead
	again()
	if o.Model.State() != Locked {
		t.Fatalf("an operator's badge unlocked the screen: %s", o.Model.State())
	}
	uitest.Type(w, "B-LD\n482913\n")
	again()
	b.at(t, o, Labelling)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Passed)
	if p := o.Model.result.Print; p.N != 3 || p.Approver != "p3" {
		t.Errorf("three labels, the third by a lead's leave; got %+v", p)
	}
}

func TestEscapeGivesUpAndTheSerialGoesOn(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
	uitest.Press(w, fyne.KeyEscape)
	b.at(t, o, Stopped)
	if v := o.Model.view(); v.Label == nil || !v.Striped || v.Caption != "label as printed" {
		t.Errorf("the label that is still to be scanned: striped %v, %q", v.Striped, v.Caption)
	}
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
}

// slow waits in the middle of a unit until it is cancelled or let go.
func slow(letGo <-chan struct{}, ended chan<- struct{}) func(context.Context, station.Job, station.ScanBack, func(station.Event)) station.Result {
	return func(ctx context.Context, tk station.Job, scan station.ScanBack, watch func(station.Event)) station.Result {
		defer close(ended)
		walk(watch, tk.Serial, station.StepDevice)
		select {
		case <-ctx.Done():
			return station.Result{Outcome: station.Aborted, Serial: tk.Serial}
		case <-letGo:
			return good(ctx, tk, scan, watch)
		}
	}
}

func TestSerialScannedWhileWorkingIsRefusedForAllToSee(t *testing.T) {
	letGo := make(chan struct{})
	b, o, w := atBench(t, slow(letGo, make(chan struct{})))
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Working)
	uitest.Type(w, "CL-000142\n")
	if got := o.Model.view().Face.Notice; got != "" {
		t.Errorf("the same serial again gives the notice %q", got)
	}
	uitest.Type(w, "CL-000143\n")
	if got := o.Model.view().Face.Notice; got != "Not taken: CL-000143. Finish this unit first." {
		t.Errorf("the notice says %q", got)
	}
	uitest.Type(w, "980000420001012\n")
	if got := o.Model.view().Face.Notice; strings.Contains(got, "98000042") {
		t.Errorf("the notice shows an IMEI: %q", got)
	}
	close(letGo)
	b.at(t, o, Labelling)
	if o.Model.run.serial != "CL-000142" {
		t.Errorf("the unit became %s", o.Model.run.serial)
	}
}

func TestClosingInTheMiddleWaitsForTheRecord(t *testing.T) {
	ended, closed := make(chan struct{}), false
	b, o, w := atBench(t, slow(nil, ended))
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Working)
	o.Model.Close(func() {
		select {
		case <-ended:
		default:
			t.Error("the window was let go before the run had its end")
		}
		closed = true
	})
	if closed || o.Model.State() != Closing {
		t.Fatal("the window did not wait for the unit")
	}
	b.Settle(t, func() bool { return closed })
}

func TestClosingBetweenUnitsIsImmediate(t *testing.T) {
	_, o, _ := atBench(t, good)
	closed := false
	o.Model.Close(func() { closed = true })
	if !closed {
		t.Error("the window did not close")
	}
}

func TestBadgeBetweenUnits(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "B-O2\n482913\n")
	b.at(t, o, Choosing)
	if got := o.Model.view().Bar.Who; got != "Station 3 · J. Brandt" {
		t.Errorf("another badge gives %q", got)
	}
	uitest.Type(w, "WO-118204\nB-O2\n")
	b.at(t, o, SignIn)
	if got := o.Model.view().Bar; got.Who != "Station 3" || got.Work != "" {
		t.Errorf("after signing out the header says %+v", got)
	}
}

func TestUnwellThingsHaveAWord(t *testing.T) {
	_, o, _ := atBench(t, good)
	o.Model.Health(StationHealth{Port: false, Printer: true, Record: true, Clock: true})
	dots := o.Model.view().Bar.Dots
	if len(dots) != 4 || dots[0].Well || dots[0].Word != "device port" || !dots[1].Well {
		t.Errorf("the dots are %+v", dots)
	}
}

func TestRecordFaultAtSignInIsSaid(t *testing.T) {
	b := newBench()
	s := b.services()
	s.BadgeHolder = func(context.Context, string) (station.BadgeHolder, error) {
		return station.BadgeHolder{}, station.NewFault(station.RecordLocked, "", nil)
	}
	var v View
	o := NewModel(t.Context(), b.Services(), s, func(n View) { v = n }, nil)
	o.Scan("B-OP", station.Keystrokes{})
	b.Settle(t, func() bool { return v.Face.Notice != "" })
	if v.State != SignIn || v.Face.Notice != "The record is locked by another program." {
		t.Errorf("got %s, %q", v.State, v.Face.Notice)
	}
}

func TestCountsAndLinesFollowTheRecord(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
	b.orders[0].Passed++
	b.recent = append([]record.LastAttempt{{Serial: "CL-000142", Outcome: station.Pass, Took: 6 * time.Second}}, b.recent...)
	uitest.Type(w, "CL-000142\n")
	b.Settle(t, func() bool { return o.Model.order.Passed == 143 })
	want := widget.RecentUnit{Serial: "CL-000142", State: widget.StepDone, Aside: "6.0 s"}
	if d := cmp.Diff(want, o.Model.view().Lines[0]); d != "" {
		t.Errorf("the newest line (-want +got):\n%s", d)
	}
}

func TestLineIsClearedBeforeTheNextOrder(t *testing.T) {
	b := newBench()
	b.before = "WO-118203"
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n482913\nWO-118204\n")
	b.at(t, o, Clearing)
	for _, text := range []string{"CL-000142", "-1", "12345", "none"} {
		uitest.Type(w, text+"\n")
		if v := o.Model.view(); v.State != Clearing || v.Face.Notice != text+" is not a number of labels." {
			t.Errorf("%q gives %s, %q", text, v.State, v.Face.Notice)
		}
	}
	uitest.Type(w, "0\n")
	b.at(t, o, Ready)
	if want := `WO-118204: 0 left, "", by p1`; b.cleared != want {
		t.Errorf("the record was told %q, want %q", b.cleared, want)
	}
}

func TestLabelsThatAreLeftNeedAReasonAndALead(t *testing.T) {
	for typing, want := range map[string]string{
		"2\n":                       `WO-118204: 3 left, "back in the store", by p3`,
		"1\n":                       `WO-118204: 3 left, "destroyed", by p3`,
		"torn off by the printer\n": `WO-118204: 3 left, "torn off by the printer", by p3`,
	} {
		b := newBench()
		b.before = "WO-118203"
		o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
		uitest.Type(w, "B-OP\n482913\nWO-118204\n")
		b.at(t, o, Clearing)
		uitest.Type(w, "3\n")
		b.at(t, o, Leftover)
		for _, astray := range []string{"CL-000142", "B-LD", "9"} {
			uitest.Type(w, astray+"\n")
			if v := o.Model.view(); v.State != Leftover || !strings.Contains(v.Face.Notice, "is not a reason") {
				t.Errorf("%q gives %s, %q", astray, v.State, v.Face.Notice)
			}
		}
		uitest.Type(w, typing)
		b.at(t, o, LineLead)
		uitest.Type(w, "B-O2\n") // may not
		b.Settle(t, func() bool { return o.Model.notice != "" })
		uitest.Type(w, "B-LD\n")
		b.at(t, o, Proving)
		if b.cleared != "" {
			t.Errorf("%q: the line is clear before the PIN: %s", typing, b.cleared)
		}
		uitest.Type(w, "482913\n")
		b.at(t, o, Ready)
		if b.cleared != want || o.Model.person.ID != "p1" {
			t.Errorf("%q: the record was told %q, want %q; %s is signed in", typing, b.cleared, want, o.Model.person.ID)
		}
	}
}

func TestWhoThinksAgainOfLabelsLeftCountsAgain(t *testing.T) {
	b := newBench()
	b.before = "WO-118203"
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n482913\nWO-118204\n")
	b.at(t, o, Clearing)
	uitest.Type(w, "3\n")
	uitest.Press(w, fyne.KeyF1)
	b.at(t, o, LineLead)
	uitest.Press(w, fyne.KeyEscape)
	b.at(t, o, Clearing)
	uitest.Type(w, "0\n")
	b.at(t, o, Ready)
	if want := `WO-118204: 0 left, "", by p1`; b.cleared != want {
		t.Errorf("the record was told %q, want %q", b.cleared, want)
	}
}

func TestUnitThatHadPassedBeforeNeedsNoLabel(t *testing.T) {
	b, o, w := atBench(t, func(_ context.Context, tk station.Job, _ station.ScanBack, watch func(station.Event)) station.Result {
		return station.Result{Outcome: station.Pass, Serial: tk.Serial, Steps: walk(watch, tk.Serial, station.StepLabel)}
	})
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Passed)
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Passed)
}
