// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

func TestAnAdminAcceptsAClockThatIsOffAtTheSignIn(t *testing.T) {
	for _, code := range []station.Code{station.ClockAhead, station.ClockBack} {
		t.Run(string(code), func(t *testing.T) {
			b := newBench()
			b.Doubt = station.NewFault(code, "62 days, from then to now", nil)
			o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
			uitest.Type(w, "B-AD\n482913\n\n\n") // Enter that came early is no yes either
			b.settled(t, o, Settling)
			if b.accepted {
				t.Fatal("an Enter from before the question accepted the clock")
			}
			f := o.Model.view().Face
			if f.Code != string(code) || !strings.Contains(strings.Join(f.Say, "\n"), "62 days, from then to now") {
				t.Errorf("%+v", f)
			}
			uitest.Type(w, "CL-000142\n") // a scan is no yes
			b.settled(t, o, Settling)
			if b.accepted {
				t.Fatal("a scan accepted the clock")
			}
			b.Clock.Add(time.Second) // an Enter of its own, and not the end of the scan
			uitest.Type(w, "\n")
			b.Settle(t, func() bool { return b.accepted && o.Model.State() != Settling })
		})
	}
}

func TestWhoCannotAcceptTheClockIsToldWhoCan(t *testing.T) {
	b := newBench()
	b.Doubt = station.NewFault(station.ClockAhead, "62 days", nil)
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n482913\n")
	b.settled(t, o, Barred)
	if f := o.Model.view().Face; f.Code != "clock-ahead" || !strings.Contains(strings.Join(f.Say, "\n"), "Call an admin") {
		t.Errorf("%+v", f)
	}
	uitest.Type(w, "B-AD\n482913\n")
	b.settled(t, o, Settling)
	uitest.Press(w, fyne.KeyEscape) // the admin sets the clock first
	b.settled(t, o, SignIn)
	if b.accepted {
		t.Error("Escape accepted the clock")
	}
}

func TestAClockThatNothingKeepsToTheTimeIsSaid(t *testing.T) {
	b := newBench()
	o, _ := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	dot := func(h StationHealth) widget.Dot {
		o.Model.Health(h)
		dots := o.Model.view().Bar.Dots
		return dots[len(dots)-1]
	}
	if d := dot(AllWell); !d.Well {
		t.Errorf("a clock that is well: %+v", d)
	}
	h := AllWell
	h.Unsynchronised = true
	if d := dot(h); d.Well || d.Word != "clock not synchronised" {
		t.Errorf("one that is not synchronised: %+v", d)
	}
	h.Clock = false
	if d := dot(h); d.Well || d.Word != "clock" {
		t.Errorf("one that went back: %+v", d)
	}
}

func TestAStationWhoseKeyIsNotEnrolledHasNoName(t *testing.T) {
	b := newBench()
	b.Name = ""
	o, _ := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	if who := o.Model.view().Bar.Who; who != "station not enrolled" {
		t.Errorf("it is called %q", who)
	}
	b.Name = "Station 3" // an admin has enrolled it
	if who := o.Model.view().Bar.Who; who != "Station 3" {
		t.Errorf("it is called %q", who)
	}
}
