// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

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
