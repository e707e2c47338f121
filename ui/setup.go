// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/ui/widget"
)

// SetupScreen is the screen for what the station is made of: the port doctor,
// the printer, the layouts.
type SetupScreen struct {
	*listDetail
	Model *Setup
}

// NewSetupScreen makes the screen. leave is called when the person signs out.
func NewSetupScreen(ctx context.Context, w fyne.Window, p widget.Palette, s Services, f Diagnostics, leave func()) *SetupScreen {
	u := &SetupScreen{}
	u.listDetail = newListDetail(w, p, s, func() listDetailKeys { return u.Model })
	u.Model = NewSetup(ctx, s, f, u.draw, leave)
	return u
}

// Show puts the screen into its window, for a person.
func (u *SetupScreen) Show(p station.Person) {
	u.show()
	u.Model.SignIn(p)
}

// hold gives the session over to the lock, if it is on the screen.
func (u *SetupScreen) hold() (lockedSession, bool) {
	return u.listDetail.hold(u.Model.person, u.Model.Leave)
}
