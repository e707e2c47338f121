// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/look"
)

// QualityScreen is the screen for reading the record. It has no control that
// changes anything.
type QualityScreen struct {
	Model *Quality

	window fyne.Window
	frame  fyne.CanvasObject
	post   func(func())
	look   *look.Look
	header *look.Header
	rows   *look.Rows
	page   *look.Page
	entry  *look.ScanEntry
}

// NewQualityScreen makes the screen. leave is called when the person signs out.
func NewQualityScreen(ctx context.Context, w fyne.Window, p look.Palette, s Services, r Reader, leave func()) *QualityScreen {
	l := &look.Look{Palette: p, Unit: 1}
	q := &QualityScreen{window: w, post: s.Post, look: l, header: look.NewHeader(l), page: look.NewPage(l)}
	q.rows = look.NewRows(l, func(i int) { q.Model.Pick(i) })
	q.entry = look.NewScanEntry(l, s.Post, func(text string) { q.Model.Search(text) }, q.key, func() { q.post(q.Focus) })
	ground := canvas.NewRectangle(p.Ground)
	q.frame = &fyne.Container{Layout: readingFrame{q}, Objects: []fyne.CanvasObject{ground, q.header, q.entry, q.rows, q.page}}
	q.Model = NewQuality(ctx, s, r, q.draw, leave)
	return q
}

// Show puts the screen into its window, for a person.
func (q *QualityScreen) Show(p station.Person) {
	q.window.SetContent(q.frame)
	takeKeys(q.window, q.entry)
	q.Model.Enter(p)
	q.Focus()
}

// Focus gives the search field the focus while the screen is shown.
func (q *QualityScreen) Focus() {
	if c := q.window.Canvas(); q.window.Content() == q.frame && c.Focused() != q.entry {
		c.Focus(q.entry)
	}
}

func (q *QualityScreen) key(k fyne.KeyName) {
	switch k {
	case fyne.KeyUp:
		q.Model.Move(-1)
	case fyne.KeyDown:
		q.Model.Move(1)
	case fyne.KeyPageUp:
		q.page.Turn(-1)
	case fyne.KeyPageDown:
		q.page.Turn(1)
	case fyne.KeyF5:
		q.Model.Verify()
	case fyne.KeyEscape:
		q.Model.Leave()
	default: // means nothing here
	}
}

func (q *QualityScreen) draw(v QualityView) {
	q.header.Set(v.Bar)
	q.rows.Set(v.Rows, v.Chosen)
	q.page.Set(v.Page)
	q.entry.Prompt(v.Status)
}

// readingFrame gives the parts their places:
//
//	┌ header ───────────────────────────┐
//	│ entry                             │
//	│ rows      │ page                  │
//	└───────────────────────────────────┘
type readingFrame struct{ q *QualityScreen }

// MinSize is nothing: the design shrinks with the window.
func (f readingFrame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the parts in design pixels, in steps of 8.
func (f readingFrame) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	q, u := f.q, look.UnitFor(size)
	q.look.Unit, q.look.Density = u, q.window.Canvas().Scale()
	objs[0].Resize(size)
	gap, head, entry, list := u.Px(24), u.Px(88), u.Px(88), u.Px(560)
	place(q.header, 0, 0, size.Width, head)
	place(q.entry, gap, head+gap, size.Width-2*gap, entry)
	y := head + entry + 2*gap
	place(q.rows, gap, y, list, size.Height-y-gap)
	place(q.page, list+2*gap, y, size.Width-list-3*gap, size.Height-y-gap)
}
