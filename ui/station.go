// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/ui/auditor"
	"bindery/ui/operator"
	"bindery/ui/quality"
	"bindery/ui/screen"
	"bindery/ui/setup"
	"bindery/ui/widget"
)

// Station is the screens of one window. Who signs in decides which is shown.
type Station struct {
	operator *operator.Screen
	quality  *quality.Screen
	setup    *setup.Screen
	auditor  *auditor.Screen
	idle     *idle
}

// quiet is a screen of somebody who makes no units.
type quiet interface {
	Hold() (a screen.LockedSession, shown bool)
	Focus()
	WhenTouched(by func())
}

// NewStation makes the screens in w and shows the sign-in.
func NewStation(ctx context.Context, w fyne.Window, p widget.Palette, s Services, r quality.RecordReader, f setup.Diagnostics) *Station {
	st := &Station{}
	st.operator = operator.NewScreen(ctx, w, p, s.Services, s.Operator, st.review)
	st.quality = quality.NewScreen(ctx, w, p, s.Services, s.Quality, r, st.operator.Show)
	before := func(p station.Person) { st.quality.ShowHistory(p, func() { st.setup.Show(p) }) }
	st.setup = setup.NewScreen(ctx, w, p, s.Services, f, before, st.operator.Show)
	st.auditor = auditor.NewScreen(ctx, w, p, s.Services, s.Auditor, st.operator.Show)
	st.idle = newIdle(ctx, s.Idle, s.Post, st.lock)
	st.operator.WhenTouched(st.idle.touch)
	for _, q := range st.quiet() {
		q.WhenTouched(st.idle.touch)
	}
	st.operator.Show()
	return st
}

func (st *Station) quiet() []quiet { return []quiet{st.quality, st.setup, st.auditor} }

// lock hides whose session it is behind the sign-in; it reports false when it
// must wait.
func (st *Station) lock() bool {
	for _, q := range st.quiet() {
		if a, shown := q.Hold(); shown {
			st.operator.Model.Hold(a)
			st.operator.Show()
			return true
		}
	}
	return st.operator.Lock()
}

// review opens the screen of somebody who makes no units.
func (st *Station) review(p station.Person) {
	switch p.Role {
	case station.Admin:
		st.setup.Show(p)
	case station.Auditor:
		st.auditor.Show(p)
	case station.Operator, station.Lead, station.Quality:
		st.quality.Show(p)
	}
}

// Close calls done when nothing is left to be lost.
func (st *Station) Close(done func()) { st.operator.Model.Close(done) }

// Focus gives the scan field of the screen that is shown the focus.
func (st *Station) Focus() {
	st.operator.Focus()
	for _, q := range st.quiet() {
		q.Focus()
	}
}
