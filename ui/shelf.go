// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/look"
)

// shelf is a screen with a list and the page of what is chosen in it, which
// the quiet screens share:
//
//	┌ header ───────────────────────────┐
//	│ entry                             │
//	│ rows      │ page                  │
//	└───────────────────────────────────┘
type shelf struct {
	window fyne.Window
	frame  fyne.CanvasObject
	look   *look.Look
	header *look.Header
	rows   *look.Rows
	page   *look.Page
	entry  *look.ScanEntry
}

// ShelfView is all that a shelf shows.
type ShelfView struct {
	Bar    look.Bar
	Rows   []look.Row
	Chosen int
	Page   []look.Para
	Status string // in the empty entry: how the last thing asked for went
}

// shelfKeys is what a model does with the keys of a shelf.
type shelfKeys interface {
	Enter(text string)
	Pick(row int)
	Move(by int)
	Refresh()
	Leave()
}

// newShelf makes the screen. model is asked for each time, so that it may be
// made after the screen.
func newShelf(w fyne.Window, p look.Palette, post func(func()), model func() shelfKeys) *shelf {
	l := &look.Look{Palette: p, Unit: 1}
	s := &shelf{window: w, look: l, header: look.NewHeader(l), page: look.NewPage(l)}
	s.rows = look.NewRows(l, func(i int) { model().Pick(i) })
	s.entry = look.NewScanEntry(l, post, func(text string) { model().Enter(text) },
		func(k fyne.KeyName) { s.key(k, model()) }, func() { post(s.Focus) })
	ground := canvas.NewRectangle(p.Ground)
	s.frame = &fyne.Container{Layout: shelfLayout{s}, Objects: []fyne.CanvasObject{ground, s.header, s.entry, s.rows, s.page}}
	return s
}

// show puts the screen into its window.
func (s *shelf) show() {
	s.window.SetContent(s.frame)
	takeKeys(s.window, s.entry)
	s.Focus()
}

// hold gives the session of p over to the lock, if it is on the screen: it
// stays as it is, but for what was being typed.
func (s *shelf) hold(p station.Person, leave func()) (a absence, shown bool) {
	if s.window.Content() != s.frame {
		return absence{}, false
	}
	s.entry.Clear()
	return absence{who: p, resume: s.show, leave: leave}, true
}

// touched has by called whenever a person does something here.
func (s *shelf) touched(by func()) { s.look.Touched = by }

// Focus gives the entry the focus while the screen is shown.
func (s *shelf) Focus() {
	if c := s.window.Canvas(); s.window.Content() == s.frame && c.Focused() != s.entry {
		c.Focus(s.entry)
	}
}

func (s *shelf) key(k fyne.KeyName, m shelfKeys) {
	switch k {
	case fyne.KeyUp:
		m.Move(-1)
	case fyne.KeyDown:
		m.Move(1)
	case fyne.KeyPageUp:
		s.page.Turn(-1)
	case fyne.KeyPageDown:
		s.page.Turn(1)
	case fyne.KeyF5:
		m.Refresh()
	case fyne.KeyEscape:
		m.Leave()
	default: // means nothing here
	}
}

func (s *shelf) draw(v ShelfView) {
	s.header.Set(v.Bar)
	s.rows.Set(v.Rows, v.Chosen)
	s.page.Set(v.Page)
	s.entry.Prompt(v.Status)
}

// shelfLayout gives the parts their places.
type shelfLayout struct{ s *shelf }

// MinSize is nothing: the design shrinks with the window.
func (f shelfLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the parts in design pixels, in steps of 8.
func (f shelfLayout) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	s, u := f.s, look.UnitFor(size)
	s.look.Unit, s.look.Density = u, s.window.Canvas().Scale()
	objs[0].Resize(size)
	gap, head, entry, list := u.Px(24), u.Px(88), u.Px(88), u.Px(560)
	place(s.header, 0, 0, size.Width, head)
	place(s.entry, gap, head+gap, size.Width-2*gap, entry)
	y := head + entry + 2*gap
	place(s.rows, gap, y, list, size.Height-y-gap)
	place(s.page, list+2*gap, y, size.Width-list-3*gap, size.Height-y-gap)
}
