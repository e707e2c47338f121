// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// listDetail is a screen with a list and the page of what is chosen in it, which
// the quiet screens share. In place of both there may be a table; banner and
// acts take room only while they say something:
//
//	┌ header ───────────────────────────┐
//	│ entry                             │
//	│ banner                            │
//	│ rows      │ page                  │
//	│ acts                              │
//	└───────────────────────────────────┘
type listDetail struct {
	window fyne.Window
	frame  fyne.CanvasObject
	look   *widget.Look
	header *widget.Header
	rows   *widget.Rows
	page   *widget.Page
	table  *widget.Table
	banner *widget.Banner
	acts   *widget.Acts
	entry  *widget.ScanEntry
	view   ListDetailView
}

// ListDetailView is all that such a screen shows.
type ListDetailView struct {
	Bar    widget.Bar
	Rows   []widget.Row
	Chosen int
	Page   []widget.Para
	Status string // in the empty entry: how the last thing asked for went

	Table  *widget.Sheet // in place of rows and page, when there is one
	Call   widget.Call   // over them, when it says something
	Acts   []widget.Act  // what can be done here; the model is told of the key
	Secret bool          // what is typed is a PIN or a password
	Busy   bool          // an answer is waited for
}

// listDetailKeys is what a model does with the keys of such a screen.
type listDetailKeys interface {
	Enter(text string)
	Pick(row int)
	Move(by int)
	Refresh()
	Leave()
}

// A model may do more with such a screen: take the paragraph of the page that was
// tapped, or marked with the arrow keys and taken with Enter; take the keys of
// its acts; and have more than one place to go back to.
type (
	taker   interface{ Take(id string) }
	presser interface{ Press(key string) }
	backer  interface{ Back() }
)

// newListDetail makes the screen. model is asked for each time, so that it may be
// made after the screen.
func newListDetail(w fyne.Window, p widget.Palette, sv Services, model func() listDetailKeys) *listDetail {
	l := &widget.Look{Palette: p, Unit: 1}
	s := &listDetail{window: w, look: l, header: widget.NewHeader(l), banner: widget.NewBanner(l)}
	s.page = widget.NewPage(l, func(id string) { s.take(id, model()) })
	s.table = widget.NewTable(l, func(i int) { model().Pick(i) }, func(by int) { model().Move(by) })
	s.acts = widget.NewActs(l, func(i int) { s.press(s.view.Acts[i].Key, model()) })
	s.rows = widget.NewRows(l, func(i int) { model().Pick(i) })
	s.entry = widget.NewScanEntry(l, widget.ScanHooks{
		Scan: func(text string, _ station.Keystrokes) { s.enter(text, model()) }, Key: func(k fyne.KeyName) { s.key(k, model()) },
		Lost: func() { sv.Post(s.Focus) }, Mute: func() { sayMute(s.entry, sv) }, Post: sv.Post, Now: sv.Clock.Now,
	})
	ground := canvas.NewRectangle(p.Ground)
	s.frame = &fyne.Container{Layout: shelfLayout{s}, Objects: []fyne.CanvasObject{ground, s.header, s.entry, s.rows, s.page, s.table, s.banner, s.acts}}
	return s
}

// sayMute says in an empty entry that digits gave no text and nothing was
// taken.
func sayMute(e *widget.ScanEntry, s Services) {
	e.Say(s.Words.Say("keys.mute"))
	s.Sound.Play(sound.Repeated)
}

// show puts the screen into its window.
func (s *listDetail) show() {
	s.window.SetContent(s.frame)
	takeKeys(s.window, s.entry)
	s.Focus()
}

// hold gives the session of p over to the lock, if it is on the screen: it
// stays as it is, but for what was being typed.
func (s *listDetail) hold(p station.Person, leave func()) (a lockedSession, shown bool) {
	if s.window.Content() != s.frame {
		return lockedSession{}, false
	}
	s.entry.Clear()
	return lockedSession{who: p, resume: s.show, leave: leave}, true
}

// touched has by called whenever a person does something here.
func (s *listDetail) touched(by func()) { s.look.Touched = by }

// Focus gives the entry the focus while the screen is shown.
func (s *listDetail) Focus() {
	if c := s.window.Canvas(); s.window.Content() == s.frame && c.Focused() != s.entry {
		c.Focus(s.entry)
	}
}

// enter takes a text, or the marked paragraph where nothing was typed.
func (s *listDetail) enter(text string, m listDetailKeys) {
	if id := s.page.Marked(); text == "" && id != "" && s.view.Call.Word == "" {
		s.take(id, m)
		return
	}
	m.Enter(text)
}

func (s *listDetail) take(id string, m listDetailKeys) {
	if t, ok := m.(taker); ok {
		t.Take(id)
	}
}

func (s *listDetail) press(key string, m listDetailKeys) {
	if p, ok := m.(presser); ok {
		p.Press(key)
	}
}

func (s *listDetail) key(k fyne.KeyName, m listDetailKeys) {
	switch k {
	case fyne.KeyUp:
		m.Move(-1)
	case fyne.KeyDown:
		m.Move(1)
	case fyne.KeyLeft:
		s.page.Mark(-1)
	case fyne.KeyRight:
		s.page.Mark(1)
	case fyne.KeyPageUp:
		s.turn(-1, m)
	case fyne.KeyPageDown:
		s.turn(1, m)
	case fyne.KeyF5:
		m.Refresh()
	case fyne.KeyEscape:
		if b, ok := m.(backer); ok {
			b.Back()
		} else {
			m.Leave()
		}
	case widget.KeyCopy:
		s.take(s.page.Marked(), m)
	default:
		s.press(string(k), m)
	}
}

// turn goes a page on in what is shown.
func (s *listDetail) turn(by int, m listDetailKeys) {
	if s.view.Table != nil {
		m.Move(by * s.table.Seen())
		return
	}
	s.page.Turn(float32(by))
}

func (s *listDetail) draw(v ListDetailView) {
	s.view = v
	s.header.Set(v.Bar)
	s.rows.Set(v.Rows, v.Chosen)
	s.page.Set(v.Page)
	if v.Table != nil {
		s.table.Set(*v.Table)
	}
	s.banner.Set(v.Call)
	s.acts.Set(v.Acts)
	s.entry.Prompt(v.Status)
	s.entry.Secret(v.Secret)
	s.entry.Busy(v.Busy)
	if size := s.frame.Size(); !size.IsZero() {
		shelfLayout{s}.Layout(s.frame.(*fyne.Container).Objects, size) //nolint:errcheck // newListDetail made it
	}
}

// shelfLayout gives the parts their places.
type shelfLayout struct{ s *listDetail }

// MinSize is nothing: the design shrinks with the window.
func (f shelfLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the parts in design pixels, in steps of 8.
func (f shelfLayout) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	s, u := f.s, widget.UnitFor(size)
	s.look.Unit, s.look.Density = u, s.window.Canvas().Scale()
	objs[0].Resize(size)
	gap, head, entry, list := u.Px(24), u.Px(88), u.Px(88), u.Px(560)
	place(s.header, 0, 0, size.Width, head)
	place(s.entry, gap, head+gap, size.Width-2*gap, entry)
	width := size.Width - 2*gap
	y, bottom := head+entry+2*gap, size.Height-gap
	if tall := s.banner.Tall(width); tall > 0 {
		place(s.banner, gap, y, width, tall)
		y += tall + gap
	}
	if tall := s.acts.Tall(width); tall > 0 {
		place(s.acts, gap, bottom-tall, width, tall)
		bottom -= tall + gap
	}
	visible(s.banner, s.view.Call.Word != "")
	visible(s.acts, len(s.view.Acts) > 0)
	visible(s.table, s.view.Table != nil)
	visible(s.rows, s.view.Table == nil)
	visible(s.page, s.view.Table == nil)
	if s.view.Table != nil {
		place(s.table, gap, y, width, bottom-y)
		return
	}
	place(s.rows, gap, y, list, bottom-y)
	place(s.page, list+2*gap, y, width-list-gap, bottom-y)
}

// visible shows or hides a part.
func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
