// SPDX-License-Identifier: Apache-2.0

package setup

import (
	"context"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Screen is the screen for what the station is made of: the port doctor,
// the printer, the layouts.
type Screen struct {
	*screen.ListDetail
	Model *Model
}

// NewScreen makes the screen. before opens the lists of units from before the
// record, leave is called when the person signs out.
func NewScreen(ctx context.Context, w fyne.Window, p widget.Palette, s screen.Services, f Diagnostics, before func(station.Person), leave func()) *Screen {
	u := &Screen{}
	u.ListDetail = screen.NewListDetail(w, p, s, func() screen.ListDetailKeys { return u.Model })
	u.Model = NewModel(ctx, s, f, u.Draw, before, leave)
	return u
}

// Show puts the screen into its window, for a person.
func (u *Screen) Show(p station.Person) {
	u.Open()
	u.Model.SignIn(p)
}

// Hold gives the session over to the lock, if it is on the screen.
func (u *Screen) Hold() (screen.LockedSession, bool) {
	return u.ListDetail.Hold(u.Model.person, u.Model.Leave)
}
