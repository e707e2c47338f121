// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
)

// Action is one thing that can be done here: a key and a word.
type Action struct {
	Key  string // as on the keyboard, e.g. "F2"
	Word string
}

// ActionBar is a row of controls, each large enough for a gloved finger.
type ActionBar struct {
	area
	acts   []Action
	places []controlArea
	onPick func(i int)
}

// controlArea is where a control stands.
type controlArea struct{ x, y, w, h float32 }

// NewActionBar makes an empty row; pick is called when a control is tapped.
func NewActionBar(l *WindowStyle, pick func(i int)) *ActionBar {
	a := &ActionBar{onPick: pick}
	a.init(a, l, a.compose)
	return a
}

// Set shows acts.
func (a *ActionBar) Set(acts []Action) {
	if !slices.Equal(acts, a.acts) {
		a.acts = slices.Clone(acts)
		a.redraw()
	}
}

// Tapped does what stands under the tap.
func (a *ActionBar) Tapped(e *fyne.PointEvent) {
	a.style.touch()
	if i := a.At(e.Position); i >= 0 {
		a.onPick(i)
	}
}

// At is the control at a place, -1 where there is none.
func (a *ActionBar) At(pos fyne.Position) int {
	return slices.IndexFunc(a.places, func(p controlArea) bool {
		return pos.X >= p.x && pos.X < p.x+p.w && pos.Y >= p.y && pos.Y < p.y+p.h
	})
}

// Tall is how high the row must be for all of its controls, w pixels wide.
func (a *ActionBar) Tall(w float32) float32 {
	if len(a.acts) == 0 {
		return 0
	}
	places := a.lay(w)
	last := places[len(places)-1]
	return last.y + last.h
}

// lay gives each control its place, in as many rows as it takes.
func (a *ActionBar) lay(w float32) []controlArea {
	u := a.style.Unit
	gap, h := u.Px(16), max(u.Px(72), 44) // 44 pixels are what a finger needs
	var places []controlArea
	var x, y float32
	for _, act := range a.acts {
		own := width(act.Key, u.Text(26), bold) + width(act.Word, u.Text(28), plain) + u.Px(64)
		if x > 0 && x+own > w {
			x, y = 0, y+h+gap
		}
		places = append(places, controlArea{x, y, own, h})
		x += own + gap
	}
	return places
}

func (a *ActionBar) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := a.style.Unit, a.style.Palette
	a.places = a.lay(size.Width)
	var objs []fyne.CanvasObject
	for i, at := range a.places {
		ground := box(p.Panel, at.x, at.y, at.w, at.h)
		ground.CornerRadius, ground.StrokeColor, ground.StrokeWidth = u.Px(16), p.Line, u.Px(3)
		mid, key := at.y+at.h/2, width(a.acts[i].Key, u.Text(26), bold)
		keycap := box(color.Transparent, at.x+u.Px(12), mid-u.Px(24), key+u.Px(20), u.Px(48))
		keycap.CornerRadius, keycap.StrokeColor, keycap.StrokeWidth = u.Px(8), p.Quiet, u.Px(2)
		objs = append(objs, ground, keycap,
			middle(a.acts[i].Key, u.Text(26), bold, p.Accent, at.x+u.Px(22), mid),
			middle(a.acts[i].Word, u.Text(28), plain, p.Text, at.x+key+u.Px(48), mid))
	}
	return objs
}
