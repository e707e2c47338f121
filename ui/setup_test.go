// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bindery/station"
	"bindery/ui/widget"
)

// workshop is a station of one port, one printer and one layout.
func workshop() Diagnostics {
	parts := []Component{
		{ID: "port", Name: "/dev/ttyUSB2", Kind: "port", State: widget.StepWarn, Cure: "Close ModemManager.", Facts: []Fact{{"usb", "Quectel EG25-G"}, {"holder", "ModemManager (812)"}}},
		{ID: "printer", Name: "tcp://192.0.2.7:9100", Kind: "printer"},
		{ID: "layout", Name: "device-50x25", Kind: "layout", State: widget.StepDone, Image: picture(sticker{"CL-000142"})},
	}
	return Diagnostics{
		Parts: func(context.Context) ([]Component, error) { return append([]Component(nil), parts...), nil },
		Try: func(_ context.Context, _ station.Person, id string) (Component, error) {
			if id == "printer" {
				return Component{}, station.NewFault(station.PrinterSilent, "192.0.2.7:9100", nil)
			}
			p := parts[0]
			p.State, p.Cure, p.Facts = widget.StepDone, "", []Fact{{"model", "EG25"}}
			return p, nil
		},
	}
}

func TestSetupShowsAndTriesTheParts(t *testing.T) {
	b := newBench()
	a := test.NewTempApp(t)
	test.ApplyTheme(t, &widget.Theme{Palette: widget.Palettes[0]})
	w := a.NewWindow("Bindery")
	w.SetPadded(false)
	st := NewStation(t.Context(), w, widget.Palettes[0], b.services(), b.library(), workshop())
	w.Resize(sizes[1])
	typed(w, "B-AD\n482913\n")
	b.settle(t, func() bool { return len(st.setup.Model.parts) == 3 })
	said := func() string {
		var all []string
		texts(w.Content(), 0, 0, func(text *canvas.Text, _ area) { all = append(all, text.Text) })
		return strings.Join(all, "\n")
	}
	for _, want := range []string{"/dev/ttyUSB2", "ModemManager (812)", "Close ModemManager.", "device-50x25"} {
		if !strings.Contains(said(), want) {
			t.Errorf("the screen does not say %q", want)
		}
	}
	typed(w, "\n")
	b.drain()
	if p := st.setup.Model.parts[0]; p.State == widget.StepDone || !strings.Contains(said(), "Choose a row") {
		t.Error("Enter alone tries a part that nobody chose")
	}
	takeFirst(w) // tries the port
	b.settle(t, func() bool { return st.setup.Model.parts[0].State == widget.StepDone })
	if all := said(); !strings.Contains(all, "EG25") || strings.Contains(all, "Close ModemManager.") {
		t.Errorf("after the port was tried the screen says\n%s", all)
	}
	press(w, fyne.KeyDown)
	typed(w, "\n") // tries the printer
	b.settle(t, func() bool { return st.setup.Model.status == "The printer does not answer (192.0.2.7:9100)." })
	press(w, fyne.KeyDown)
	b.drain()
	keepPicture(t, w, "setup")
	press(w, fyne.KeyEscape)
	if w.Content() != st.operator.frame {
		t.Error("escape did not lead back to the sign-in")
	}
}

func TestAPartThatChangesByItselfIsLookedAtAnew(t *testing.T) {
	b := newBench()
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
	u := NewSetup(t.Context(), b.services(), f, func(ListDetailView) {}, func() {})
	u.SignIn(station.Person{})
	<-looks
	close(changed)
	b.settle(t, func() bool { return len(looks) == 1 })
	<-looks
	u.Leave()
	if _, open := <-looks; open {
		t.Error("it is looked at after its person has left")
	}
}

func TestEnterIsKeptWhileThePartsAreLookedAt(t *testing.T) {
	b, slow := newBench(), make(chan struct{})
	f := workshop()
	parts := f.Parts
	f.Parts = func(ctx context.Context) ([]Component, error) { <-slow; return parts(ctx) }
	u := NewSetup(t.Context(), b.services(), f, func(ListDetailView) {}, func() {})
	u.SignIn(station.Person{})
	u.Move(1)
	u.Enter("")
	close(slow)
	b.settle(t, func() bool { return len(u.parts) > 0 && u.parts[0].State == widget.StepDone })
}
