// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/i18n"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// ShowStartupError shows in w what keeps the station from starting, and what to do
// about it. leave is called when somebody has read it and presses Esc or Enter.
func ShowStartupError(w fyne.Window, p widget.Palette, c i18n.Catalogue, err error, leave func()) {
	l := &widget.WindowStyle{Palette: p, Unit: 1}
	field := widget.NewField(l, func(int) {})
	field.Set(startupError(c, err))
	w.SetContent(&fyne.Container{
		Layout:  startupLayout{w, l},
		Objects: []fyne.CanvasObject{canvas.NewRectangle(p.Ground), field},
	})
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		switch k.Name {
		case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
			leave()
		default: // means nothing here
		}
	})
}

func startupError(c i18n.Catalogue, err error) widget.Face {
	what, next := StartupError(c, err)
	f := widget.Face{
		Tone: widget.Caution, Shape: widget.Triangle, Word: c.Say("start.word"), Say: []string{what, next}, Keys: c.Say("start.keys"),
	}
	var fault *station.Fault
	if errors.As(err, &fault) {
		f.Code = string(fault.Code)
	}
	return f
}

// StartupError says what keeps the station from starting, and what to do. What a
// fault tells people to do with the unit at hand has another text here, where
// there is none.
func StartupError(c i18n.Catalogue, err error) (what, next string) {
	var fault *station.Fault
	var refusal *station.Refusal
	switch {
	case errors.As(err, &fault):
	case errors.As(err, &refusal):
		return c.Finding(refusal.Finding)
	default:
		return c.Say("start.failed", c.Translate(err.Error())), c.Say("start.next")
	}
	what, next = c.Fault(fault)
	if key := "start.next." + string(fault.Code); c.Say(key) != key {
		next = c.Say(key)
	}
	return what, next
}

// startupLayout gives the field the whole window but for a margin.
type startupLayout struct {
	window fyne.Window
	style  *widget.WindowStyle
}

// MinSize is nothing: the design shrinks with the window.
func (startupLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places ground and field.
func (h startupLayout) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	u := widget.DesignPixelFor(size)
	h.style.Unit, h.style.Density = u, h.window.Canvas().Scale()
	gap := u.Px(24)
	objs[0].Resize(size)
	screen.Place(objs[1], gap, gap, size.Width-2*gap, size.Height-2*gap)
}
