// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"slices"

	"fyne.io/fyne/v2"
)

// StepState is how far a step is.
type StepState string

// The states of a step. The empty state means "not reached".
const (
	StepNow  StepState = "now"
	StepDone StepState = "done"
	StepWarn StepState = "warn"
	StepFail StepState = "fail"
)

// Chip is one step with what it found.
type Chip struct {
	Name  string
	State StepState
	Found string
}

// Steps is the strip of steps, which light up one by one.
type Steps struct {
	area
	chips []Chip
}

// NewSteps makes an empty strip.
func NewSteps(l *WindowStyle) *Steps {
	s := &Steps{}
	s.init(s, l, s.compose)
	return s
}

// Set shows chips.
func (s *Steps) Set(chips []Chip) {
	if !slices.Equal(chips, s.chips) {
		s.chips = slices.Clone(chips)
		s.redraw()
	}
}

// columns of the strip; the steps stand in as many rows as that takes.
const columns = 5

func (s *Steps) compose(size fyne.Size) []fyne.CanvasObject {
	p := s.style.Palette
	ground := box(p.Panel, 0, 0, size.Width, size.Height)
	ground.CornerRadius = s.style.Unit.Px(16)
	objs := []fyne.CanvasObject{ground}
	if p.Edge {
		ground.StrokeColor, ground.StrokeWidth = p.Line, s.style.Unit.Px(2)
	}
	rows := float32((len(s.chips) + columns - 1) / columns)
	pad := s.style.Unit.Px(16)
	w, h := (size.Width-2*pad)/columns, (size.Height-2*pad)/max(rows, 1)
	for i, c := range s.chips {
		x, y := pad+float32(i%columns)*w, pad+float32(i/columns)*h
		objs = append(objs, s.chip(c, x, y, w, h)...)
	}
	return objs
}

func (s *Steps) chip(c Chip, x, y, w, h float32) []fyne.CanvasObject {
	u, p := s.style.Unit, s.style.Palette
	mark, shape, ink := u.Px(32), stepWait, p.Quiet
	switch c.State {
	case StepNow:
		shape, ink = stepNow, p.Accent
	case StepDone:
		shape, ink = stepDone, p.Text
	case StepWarn:
		shape, ink = stepWarn, p.Text
	case StepFail:
		shape, ink = stepFail, p.Text
	}
	left := x + u.Px(8) + mark + u.Px(16)
	room := x + w - left
	objs := []fyne.CanvasObject{s.style.sign(shape, inks{ink, p.Panel, p.Accent}, mark, x+u.Px(8), y+(h-mark)/2)}
	if c.Found == "" {
		ts := u.Text(28)
		return append(objs, middle(cut(c.Name, ts, plain, room), ts, plain, ink, left, y+h/2))
	}
	name, found := u.Text(24), u.Text(28)
	return append(objs,
		middle(cut(c.Name, name, plain, room), name, plain, p.Quiet, left, y+h*0.29),
		middle(cut(c.Found, found, bold, room), found, bold, ink, left, y+h*0.71))
}
