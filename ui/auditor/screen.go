// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Screen is the audit room:
//
//	┌ header ───────────────────────────┐
//	│ search                │ acts      │
//	│ crumbs                            │
//	│ trail     │ page                  │
//	└───────────────────────────────────┘
//
// It has no control that changes anything.
type Screen struct {
	Model *Model

	window fyne.Window
	Frame  fyne.CanvasObject
	style  *widget.WindowStyle
	header *widget.Header
	entry  *widget.ScanEntry
	acts   *widget.ActionBar
	crumbs *widget.Crumbs
	trail  *widget.Rows
	page   *widget.ReadingPane
}

// NewScreen makes the screen. leave is called when the person signs out.
func NewScreen(ctx context.Context, w fyne.Window, p widget.Palette, s screen.Services, rec Services, leave func()) *Screen {
	l := &widget.WindowStyle{Palette: p, Unit: 1}
	r := &Screen{window: w, style: l, header: widget.NewHeader(l), page: widget.NewPage(l, nil)}
	r.Model = NewModel(ctx, s, rec, r.draw, leave)
	r.acts = widget.NewActionBar(l, func(i int) { r.Model.Press(r.Model.actions()[i].Key) })
	r.crumbs = widget.NewCrumbs(l, func(i int) { r.Model.BackTo(i) })
	r.trail = widget.NewTrail(l, r.Model.Pick)
	r.entry = widget.NewScanEntry(l, widget.ScanHooks{
		Scan: func(text string, _ station.Keystrokes) { r.Model.Enter(text) }, Key: r.key,
		Lost: func() { s.Post(r.Focus) }, Mute: func() { screen.ShowNoText(r.entry, &s) }, Post: s.Post, After: s.After, Now: s.Clock.Now,
	})
	ground := canvas.NewRectangle(p.Ground)
	r.Frame = &fyne.Container{
		Layout:  auditLayout{r},
		Objects: []fyne.CanvasObject{ground, r.header, r.entry, r.acts, r.crumbs, r.trail, r.page},
	}
	return r
}

// Show puts the screen into its window, for a person.
func (r *Screen) Show(p station.Person) {
	r.open()
	r.Model.SignIn(p)
}

func (r *Screen) open() {
	r.window.SetContent(r.Frame)
	screen.TakeKeys(r.window, r.entry)
	r.Focus()
}

// Focus gives the search the focus while the screen is shown.
func (r *Screen) Focus() {
	if c := r.window.Canvas(); r.window.Content() == r.Frame && c.Focused() != r.entry {
		c.Focus(r.entry)
	}
}

// Hold gives the session over to the lock, if it is on the screen.
func (r *Screen) Hold() (screen.LockedSession, bool) {
	if r.window.Content() != r.Frame {
		return screen.LockedSession{}, false
	}
	r.entry.Clear()
	return screen.LockedSession{Who: r.Model.person, Resume: r.open, Leave: r.Model.Leave}, true
}

// WhenTouched has by called whenever a person does something here.
func (r *Screen) WhenTouched(by func()) { r.style.Touched = by }

func (r *Screen) key(k fyne.KeyName) {
	m := r.Model
	switch k {
	case fyne.KeyUp:
		m.Move(-1)
	case fyne.KeyDown:
		m.Move(1)
	case fyne.KeyRight:
		m.Enter("")
	case fyne.KeyLeft, fyne.KeyBackspace:
		m.Back()
	case fyne.KeyEscape:
		if !m.Back() {
			m.Leave()
		}
	case fyne.KeyPageUp:
		r.page.Turn(-1)
	case fyne.KeyPageDown:
		r.page.Turn(1)
	default:
		m.Press(string(k))
	}
}

func (r *Screen) draw(v View) {
	r.header.Set(v.Bar)
	r.acts.Set(v.Acts)
	r.crumbs.Set(v.Crumbs, v.Aside)
	r.trail.Set(v.Links, v.Chosen)
	r.page.Set(v.Page)
	r.entry.Prompt(v.Prompt)
}

// auditLayout gives the parts their places.
type auditLayout struct{ r *Screen }

// MinSize is nothing: the design shrinks with the window.
func (f auditLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the parts in design pixels, in steps of 8.
func (f auditLayout) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	r, u := f.r, widget.DesignPixelFor(size)
	r.style.Unit, r.style.Density = u, r.window.Canvas().Scale()
	objs[0].Resize(size)
	gap, head, entry, acts, crumbs, trail := u.Px(24), u.Px(88), u.Px(88), u.Px(936), u.Px(48), u.Px(704)
	screen.Place(r.header, 0, 0, size.Width, head)
	y := head + gap
	screen.Place(r.entry, gap, y, size.Width-3*gap-acts, entry)
	screen.Place(r.acts, size.Width-gap-acts, y+u.Px(8), acts, entry)
	y += entry + u.Px(8)
	screen.Place(r.crumbs, gap, y, size.Width-2*gap, crumbs)
	y += crumbs + u.Px(8)
	screen.Place(r.trail, gap, y, trail, size.Height-y-gap)
	screen.Place(r.page, trail+2*gap, y, size.Width-trail-3*gap, size.Height-y-gap)
}
