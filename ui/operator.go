// SPDX-License-Identifier: Apache-2.0

package ui

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

// OperatorScreen is the screen at the bench: sign in, choose the order, then
// only scan. It has one field for input, which is always live.
type OperatorScreen struct {
	Model *Operator

	window  fyne.Window
	frame   fyne.CanvasObject
	post    func(func())
	look    *widget.Look
	header  *widget.Header
	field   *widget.Field
	steps   *widget.Steps
	recent  *widget.Recent
	preview *widget.Preview
	entry   *widget.ScanEntry
}

// NewOperatorScreen makes the screen in w and shows the sign-in. review is
// called when somebody signs in who reads records instead of making units.
func NewOperatorScreen(ctx context.Context, w fyne.Window, p widget.Palette, s Services, review func(station.Person)) *OperatorScreen {
	l := &widget.Look{Palette: p, Unit: 1}
	o := &OperatorScreen{
		window: w, post: s.Post, look: l,
		header: widget.NewHeader(l), steps: widget.NewSteps(l), recent: widget.NewRecent(l), preview: widget.NewPreview(l),
	}
	o.field = widget.NewField(l, func(row int) { o.Model.Pick(row) })
	o.entry = widget.NewScanEntry(l, widget.ScanHooks{
		Scan: func(text string, keys station.Keystrokes) { o.Model.Scan(text, keys) }, Key: o.key,
		Lost: func() { o.post(o.Focus) }, Mute: func() { o.Model.Mute() }, Post: s.Post, Now: s.Clock.Now,
	})
	o.frame = newFrame(o)
	o.Model = NewOperator(ctx, s, o.draw, review)
	if s.Health != nil {
		go o.watchHealth(ctx, s)
	}
	return o
}

// Show puts the screen into its window and takes the keys.
func (o *OperatorScreen) Show() {
	o.window.SetContent(o.frame)
	screen.TakeKeys(o.window, o.entry)
	o.Focus()
}

// Focus gives the scan field the focus while the screen is shown.
func (o *OperatorScreen) Focus() {
	if c := o.window.Canvas(); o.window.Content() == o.frame && c.Focused() != o.entry {
		c.Focus(o.entry)
	}
}

func (o *OperatorScreen) key(k fyne.KeyName) {
	if key, ok := keys[k]; ok {
		o.Model.Key(key)
	}
}

// draw shows a view; the widgets redraw only what has changed.
func (o *OperatorScreen) draw(v View) {
	o.header.Set(v.Bar)
	o.field.Set(v.Face)
	o.steps.Set(v.Chips)
	o.recent.Set(v.Lines)
	o.preview.Set(v.Label, v.Striped, v.Caption)
	o.entry.Secret(v.Secret)
	o.entry.Prompt(v.Prompt)
}

func (o *OperatorScreen) watchHealth(ctx context.Context, s Services) {
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	for {
		h := s.Health(ctx)
		s.Post(func() { o.Model.Health(h) })
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
