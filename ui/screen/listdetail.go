// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/widget"
)

// ListDetail is a screen with a list and the page of what is chosen in it, which
// the quiet screens share. In place of both there may be a table; banner and
// acts take room only while they say something:
//
//	┌ header ───────────────────────────┐
//	│ entry                             │
//	│ banner                            │
//	│ rows      │ page                  │
//	│ acts                              │
//	└───────────────────────────────────┘
type ListDetail struct {
	Frame  fyne.CanvasObject // what the window shows
	View   ListDetailView    // as it was drawn last
	Rows   *widget.Rows
	Page   *widget.ReadingPane
	Table  *widget.TableView
	Banner *widget.Banner
	Acts   *widget.ActionBar
	Entry  *widget.ScanEntry
	window fyne.Window
	style  *widget.WindowStyle
	header *widget.Header
}

// ListDetailView is all that such a screen shows.
type ListDetailView struct {
	Bar    widget.Bar
	Rows   []widget.ListRow
	Chosen int
	Page   []widget.Para
	Status string // in the empty entry: how the last thing asked for went

	Table  *widget.Sheet   // in place of rows and page, when there is one
	Call   widget.Call     // over them, when it says something
	Acts   []widget.Action // what can be done here; the model is told of the key
	Secret bool            // what is typed is a PIN or a password
	Busy   bool            // an answer is waited for
	Asks   bool            // something is asked: Enter alone answers that
}

// ListDetailKeys is what a model does with the keys of such a screen.
type ListDetailKeys interface {
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

// NewListDetail makes the screen. model is asked for each time, so that it may be
// made after the screen.
func NewListDetail(w fyne.Window, p widget.Palette, sv Services, model func() ListDetailKeys) *ListDetail {
	l := &widget.WindowStyle{Palette: p, Unit: 1}
	s := &ListDetail{window: w, style: l, header: widget.NewHeader(l), Banner: widget.NewBanner(l)}
	s.Page = widget.NewPage(l, func(id string) { s.take(id, model()) })
	s.Table = widget.NewTable(l, func(i int) { model().Pick(i) }, func(by int) { model().Move(by) })
	s.Acts = widget.NewActionBar(l, func(i int) { s.sendKey(s.View.Acts[i].Key, model()) })
	s.Rows = widget.NewRows(l, func(i int) { model().Pick(i) })
	s.Entry = widget.NewScanEntry(l, widget.ScanHooks{
		Scan: func(text string, _ station.Keystrokes) { s.enter(text, model()) }, Key: func(k fyne.KeyName) { s.key(k, model()) },
		Lost: func() { sv.Post(s.Focus) }, Mute: func() { ShowNoText(s.Entry, &sv) }, Post: sv.Post, After: sv.After, Now: sv.Clock.Now,
	})
	ground := canvas.NewRectangle(p.Ground)
	s.Frame = &fyne.Container{Layout: listDetailLayout{s}, Objects: []fyne.CanvasObject{ground, s.header, s.Entry, s.Rows, s.Page, s.Table, s.Banner, s.Acts}}
	return s
}

// Open puts the screen into its window.
func (s *ListDetail) Open() {
	s.window.SetContent(s.Frame)
	TakeKeys(s.window, s.Entry)
	s.Focus()
}

// Hold gives the session of p over to the lock, if it is on the screen: it
// stays as it is, but for what was being typed.
func (s *ListDetail) Hold(p station.Person, leave func()) (a LockedSession, shown bool) {
	if s.window.Content() != s.Frame {
		return LockedSession{}, false
	}
	s.Entry.Clear()
	return LockedSession{Who: p, Resume: s.Open, Leave: leave}, true
}

// WhenTouched has by called whenever a person does something here.
func (s *ListDetail) WhenTouched(by func()) { s.style.Touched = by }

// Focus gives the entry the focus while the screen is shown.
func (s *ListDetail) Focus() {
	if c := s.window.Canvas(); s.window.Content() == s.Frame && c.Focused() != s.Entry {
		c.Focus(s.Entry)
	}
}

// enter takes a text, or the marked paragraph where nothing was typed.
func (s *ListDetail) enter(text string, m ListDetailKeys) {
	if id := s.Page.Marked(); text == "" && id != "" && !s.View.Asks {
		s.take(id, m)
		return
	}
	m.Enter(text)
}

func (s *ListDetail) take(id string, m ListDetailKeys) {
	if t, ok := m.(taker); ok {
		t.Take(id)
	}
}

func (s *ListDetail) sendKey(key string, m ListDetailKeys) {
	if p, ok := m.(presser); ok {
		p.Press(key)
	}
}

func (s *ListDetail) key(k fyne.KeyName, m ListDetailKeys) {
	switch k {
	case fyne.KeyUp:
		m.Move(-1)
	case fyne.KeyDown:
		m.Move(1)
	case fyne.KeyLeft:
		s.Page.Mark(-1)
	case fyne.KeyRight:
		s.Page.Mark(1)
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
		s.take(s.Page.Marked(), m)
	default:
		s.sendKey(string(k), m)
	}
}

// turn goes a page on in what is shown.
func (s *ListDetail) turn(by int, m ListDetailKeys) {
	if s.View.Table != nil {
		m.Move(by * s.Table.Seen())
		return
	}
	s.Page.Turn(float32(by))
}

// Draw shows a view.
func (s *ListDetail) Draw(v ListDetailView) {
	s.View = v
	s.header.Set(v.Bar)
	s.Rows.Set(v.Rows, v.Chosen)
	s.Page.Set(v.Page)
	if v.Table != nil {
		s.Table.Set(*v.Table)
	}
	s.Banner.Set(v.Call)
	s.Acts.Set(v.Acts)
	s.Entry.Prompt(v.Status)
	s.Entry.Secret(v.Secret)
	s.Entry.Busy(v.Busy)
	if size := s.Frame.Size(); !size.IsZero() {
		listDetailLayout{s}.Layout(s.Frame.(*fyne.Container).Objects, size) // newListDetail made it
	}
}

// listDetailLayout gives the parts their places.
type listDetailLayout struct{ s *ListDetail }

// MinSize is nothing: the design shrinks with the window.
func (f listDetailLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the parts in design pixels, in steps of 8.
func (f listDetailLayout) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	s, u := f.s, widget.DesignPixelFor(size)
	s.style.Unit, s.style.Density = u, s.window.Canvas().Scale()
	objs[0].Resize(size)
	gap, head, entry, list := u.Px(24), u.Px(88), u.Px(88), u.Px(560)
	Place(s.header, 0, 0, size.Width, head)
	Place(s.Entry, gap, head+gap, size.Width-2*gap, entry)
	width := size.Width - 2*gap
	y, bottom := head+entry+2*gap, size.Height-gap
	if tall := s.Banner.Tall(width); tall > 0 {
		Place(s.Banner, gap, y, width, tall)
		y += tall + gap
	}
	if tall := s.Acts.Tall(width); tall > 0 {
		Place(s.Acts, gap, bottom-tall, width, tall)
		bottom -= tall + gap
	}
	visible(s.Banner, s.View.Call.Word != "")
	visible(s.Acts, len(s.View.Acts) > 0)
	visible(s.Table, s.View.Table != nil)
	visible(s.Rows, s.View.Table == nil)
	visible(s.Page, s.View.Table == nil)
	if s.View.Table != nil {
		Place(s.Table, gap, y, width, bottom-y)
		return
	}
	Place(s.Rows, gap, y, list, bottom-y)
	Place(s.Page, list+2*gap, y, width-list-gap, bottom-y)
}

// visible shows or hides a part.
func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
