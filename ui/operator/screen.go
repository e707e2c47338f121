// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// healthEvery is how often the health of the station is asked for.
const healthEvery = 2 * time.Second

// Screen is the screen at the bench: sign in, choose the order, then
// only scan. It has one field for input, which is always live.
type Screen struct {
	Model *Model

	window  fyne.Window
	Frame   fyne.CanvasObject
	post    func(func())
	style   *widget.WindowStyle
	header  *widget.Header
	field   *widget.StatusField
	steps   *widget.Steps
	recent  *widget.Recent
	shift   *widget.ShiftStrip
	preview *widget.LabelPreview
	alone   bool // the field stands without the panels
	entry   *widget.ScanEntry
}

// NewScreen makes the screen in w and shows the sign-in. review is
// called when somebody signs in who reads records instead of making units.
func NewScreen(ctx context.Context, w fyne.Window, p widget.Palette, s screen.Services, bench Services, review func(station.Person)) *Screen {
	l := &widget.WindowStyle{Palette: p, Unit: 1}
	o := &Screen{
		window: w, post: s.Post, style: l,
		header: widget.NewHeader(l), steps: widget.NewSteps(l), recent: widget.NewRecent(l), preview: widget.NewLabelPreview(l),
		shift: widget.NewShiftStrip(l),
	}
	o.field = widget.NewField(l, func(row int) { o.Model.Pick(row) })
	o.entry = widget.NewScanEntry(l, widget.ScanHooks{
		Scan: func(text string, keys station.Keystrokes) { o.Model.Scan(text, keys) }, Key: o.key,
		Lost: func() { o.post(o.Focus) }, Mute: func() { o.Model.ReportNoText() }, Post: s.Post, After: s.After, Now: s.Clock.Now,
	})
	o.Frame = newFrame(o)
	o.Model = NewModel(ctx, s, bench, o.draw, review)
	if bench.Health != nil {
		go o.watchHealth(ctx, bench)
	}
	return o
}

// Show puts the screen into its window and takes the keys.
func (o *Screen) Show() {
	o.window.SetContent(o.Frame)
	screen.TakeKeys(o.window, o.entry)
	o.Focus()
}

// Focus gives the scan field the focus while the screen is shown.
func (o *Screen) Focus() {
	if c := o.window.Canvas(); o.window.Content() == o.Frame && c.Focused() != o.entry {
		c.Focus(o.entry)
	}
}

// Lock hides a session that nobody has touched for long; see [Model.Lock].
func (o *Screen) Lock() bool {
	if !o.Model.Lock() {
		return false
	}
	o.entry.Clear()
	return true
}

// WhenTouched has by called whenever a person does something here.
func (o *Screen) WhenTouched(by func()) { o.style.Touched = by }

func (o *Screen) key(k fyne.KeyName) {
	if key, ok := keys[k]; ok {
		o.Model.Key(key)
	}
}

// draw shows a view; the widgets redraw only what has changed.
func (o *Screen) draw(v View) {
	o.header.Set(v.Bar)
	o.field.Set(v.Face)
	o.steps.Set(v.Chips)
	o.recent.Set(v.Lines)
	o.shift.Set(v.Shift)
	o.preview.Set(v.Label, v.Striped, v.Caption)
	if v.Alone != o.alone {
		o.alone = v.Alone
		for _, panel := range []fyne.CanvasObject{o.steps, o.recent, o.shift, o.preview} {
			if panel.Show(); v.Alone {
				panel.Hide()
			}
		}
		o.Frame.Refresh()
	}
	o.entry.Secret(v.Secret)
	o.entry.Prompt(v.Prompt)
}

func (o *Screen) watchHealth(ctx context.Context, bench Services) {
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	for {
		h := bench.Health(ctx)
		o.post(func() { o.Model.Health(h) })
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// frame gives the parts of the operator's screen their places:
//
//	┌ header ───────────────────────────┐
//	│ field                   │ recent  │
//	│ steps                   │         │
//	│                         │ shift   │
//	│ entry                   │ preview │
//	└───────────────────────────────────┘
//
// Before somebody works on an order there are only header, field and entry.
type frame struct{ o *Screen }

func newFrame(o *Screen) fyne.CanvasObject {
	ground := canvas.NewRectangle(o.style.Palette.Ground)
	return &fyne.Container{
		Layout:  frame{o},
		Objects: []fyne.CanvasObject{ground, o.header, o.field, o.steps, o.entry, o.recent, o.shift, o.preview},
	}
}

// MinSize is nothing: the design shrinks with the window.
func (f frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the parts in design pixels, in steps of 8.
func (f frame) Layout(objs []fyne.CanvasObject, size fyne.Size) {
	o, u := f.o, widget.DesignPixelFor(size)
	o.style.Unit, o.style.Density = u, o.window.Canvas().Scale()
	objs[0].Resize(size)
	gap, head, side := u.Px(24), u.Px(88), u.Px(424)
	if o.alone {
		side = -gap
	}
	screen.Place(o.header, 0, 0, size.Width, head)

	main := size.Width - side - 3*gap
	entry, steps := u.Px(88), u.Px(176)
	y := size.Height - gap - entry
	screen.Place(o.entry, gap, y, main, entry)
	if o.alone {
		screen.Place(o.field, gap, head+gap, main, y-2*gap-head)
		return
	}
	y -= gap + steps
	screen.Place(o.steps, gap, y, main, steps)
	screen.Place(o.field, gap, head+gap, main, y-gap-head-gap)

	x, preview := size.Width-gap-side, u.Px(272)
	screen.Place(o.preview, x, size.Height-gap-preview, side, preview)
	shift := u.Px(184)
	screen.Place(o.shift, x, size.Height-2*gap-preview-shift, side, shift)
	screen.Place(o.recent, x, head+gap, side, size.Height-4*gap-preview-shift-head)
}
