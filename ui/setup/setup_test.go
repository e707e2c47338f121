// SPDX-License-Identifier: Apache-2.0

package setup

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// workshop is a station of one port, one printer and one layout.
func workshop() Diagnostics {
	parts := []Component{
		{ID: "port", Name: "/dev/ttyUSB2", Kind: "port", State: widget.StepWarn, Err: station.NewFault(station.PortBusy, "ModemManager", nil), Facts: []record.Fact{{Name: "usb", Value: "Quectel EG25-G"}, {Name: "holder", Value: "ModemManager (812)"}}},
		{ID: "printer", Name: "tcp://192.0.2.7:9100", Kind: "printer"},
		{ID: "layout", Name: "device-50x25", Kind: "layout", State: widget.StepDone, Image: uitest.SampleLabel("CL-000142").Picture()},
	}
	return Diagnostics{
		Parts: func(context.Context) ([]Component, error) { return append([]Component(nil), parts...), nil },
		Try: func(_ context.Context, _ station.Person, id string) (Component, error) {
			if id == "printer" {
				return Component{}, station.NewFault(station.PrinterSilent, "192.0.2.7:9100", nil)
			}
			p := parts[0]
			p.State, p.Err, p.Facts = widget.StepDone, nil, []record.Fact{{Name: "model", Value: "EG25"}}
			return p, nil
		},
	}
}

func TestSetupShowsAndTriesTheParts(t *testing.T) {
	b, left := uitest.NewHarness(), false
	w := uitest.OpenWindow(t, widget.Palettes[0])
	u := NewScreen(t.Context(), w, widget.Palettes[0], b.Services(), workshop(), nil, func() { left = true })
	u.Show(station.Person{ID: "p5", Name: "R. Novak", Badge: "B-AD", Role: station.Admin})
	w.Resize(uitest.Sizes[1])
	b.Settle(t, func() bool { return len(u.Model.parts) == 3 })
	said := func() string {
		var all []string
		uitest.Texts(w.Content(), 0, 0, func(text *canvas.Text, _ uitest.Area) { all = append(all, text.Text) })
		return strings.Join(all, "\n")
	}
	for _, want := range []string{"/dev/ttyUSB2", "ModemManager (812)", "Close that program.", "device-50x25"} {
		if !strings.Contains(said(), want) {
			t.Errorf("the screen does not say %q", want)
		}
	}
	uitest.Type(w, "\n")
	b.Drain()
	if p := u.Model.parts[0]; p.State == widget.StepDone || !strings.Contains(said(), "Choose a row") {
		t.Error("Enter alone tries a part that nobody chose")
	}
	uitest.TakeFirst(w) // tries the port
	b.Settle(t, func() bool { return u.Model.parts[0].State == widget.StepDone })
	if all := said(); !strings.Contains(all, "EG25") || strings.Contains(all, "Close that program.") {
		t.Errorf("after the port was tried the screen says\n%s", all)
	}
	uitest.Press(w, fyne.KeyDown)
	uitest.Type(w, "\n") // tries the printer
	b.Settle(t, func() bool { return u.Model.status == "The printer does not answer (192.0.2.7:9100)." })
	uitest.Press(w, fyne.KeyDown)
	b.Drain()
	uitest.KeepPicture(t, w, "setup")
	uitest.Press(w, fyne.KeyEscape)
	if !left {
		t.Error("escape did not sign out")
	}
}

func TestUnitsFromBeforeAreReachedFromTheSetUp(t *testing.T) {
	for role, want := range map[station.Role]bool{station.Admin: true, station.Operator: false} {
		b, opened := uitest.NewHarness(), false
		w := uitest.OpenWindow(t, widget.Palettes[0])
		u := NewScreen(t.Context(), w, widget.Palettes[0], b.Services(), workshop(), func(station.Person) { opened = true }, func() {})
		u.Show(station.Person{ID: "p5", Role: role})
		w.Resize(uitest.Sizes[1])
		uitest.Press(w, fyne.KeyF7)
		if opened != want || uitest.HasText(u.Acts, "Units from before") != want {
			t.Errorf("%s: opened %v, and offered %q", role, opened, uitest.TextOf(u.Acts))
		}
	}
}

func TestAPartThatChangesByItselfIsLookedAtAnew(t *testing.T) {
	b := uitest.NewHarness()
	changed := make(chan struct{})
	looks := make(chan struct{}, 9)
	f := Diagnostics{
		Parts: func(context.Context) ([]Component, error) { looks <- struct{}{}; return nil, nil },
		Watch: func(ctx context.Context, again func()) {
			<-changed
			again()
			<-ctx.Done()
			close(looks)
		},
	}
	u := NewModel(t.Context(), b.Services(), f, func(screen.ListDetailView) {}, nil, func() {})
	u.SignIn(station.Person{})
	<-looks
	close(changed)
	b.Settle(t, func() bool { return len(looks) == 1 })
	<-looks
	u.Leave()
	if _, open := <-looks; open {
		t.Error("it is looked at after its person has left")
	}
}

func TestEnterIsKeptWhileThePartsAreLookedAt(t *testing.T) {
	b, slow := uitest.NewHarness(), make(chan struct{})
	f := workshop()
	parts := f.Parts
	f.Parts = func(ctx context.Context) ([]Component, error) { <-slow; return parts(ctx) }
	u := NewModel(t.Context(), b.Services(), f, func(screen.ListDetailView) {}, nil, func() {})
	u.SignIn(station.Person{})
	u.Move(1)
	u.Enter("")
	close(slow)
	b.Settle(t, func() bool { return len(u.parts) > 0 && u.parts[0].State == widget.StepDone })
}
