// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"reflect"

	"fyne.io/fyne/v2"
)

// Shift is what a line has done so far, in words and as bars of the last hour.
type Shift struct {
	Words [4]string // in two rows of two
	Bars  []int     // units of each part of the last hour, the oldest first
}

// ShiftStrip shows how the shift goes.
type ShiftStrip struct {
	area
	shift Shift
}

// NewShiftStrip makes a strip that says nothing yet.
func NewShiftStrip(l *WindowStyle) *ShiftStrip {
	s := &ShiftStrip{}
	s.init(s, l, s.compose)
	return s
}

// Set shows how the shift goes.
func (s *ShiftStrip) Set(shift Shift) {
	if !reflect.DeepEqual(shift, s.shift) {
		s.shift = shift
		s.redraw()
	}
}

func (s *ShiftStrip) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := s.style.Unit, s.style.Palette
	objs := []fyne.CanvasObject{panel(p, u, size)}
	pad, ts := u.Px(24), u.Text(24)
	for row := range 2 {
		y := pad + ts*0.6 + float32(row)*ts*1.5
		left, right := s.shift.Words[2*row], s.shift.Words[2*row+1]
		left = cut(left, ts, plain, size.Width-3*pad-width(right, ts, plain))
		objs = append(objs, middle(left, ts, plain, p.Text, pad, y), rightOf(right, ts, plain, p.Text, size.Width-pad, y))
	}
	return append(objs, s.bars(pad, pad+ts*3.2, size.Width-2*pad, size.Height-2*pad-ts*3.2)...)
}

// bars draws one bar a part of the hour; an empty part has a foot, so that the hour is
// seen.
func (s *ShiftStrip) bars(x, y, w, h float32) []fyne.CanvasObject {
	u, p := s.style.Unit, s.style.Palette
	most := 1
	for _, n := range s.shift.Bars {
		most = max(most, n)
	}
	var objs []fyne.CanvasObject
	each := w / float32(max(1, len(s.shift.Bars)))
	for i, n := range s.shift.Bars {
		ink, high := p.Quiet, max(u.Px(3), h*float32(n)/float32(most))
		objs = append(objs, box(ink, x+float32(i)*each, y+h-high, each-u.Px(6), high))
	}
	return objs
}
