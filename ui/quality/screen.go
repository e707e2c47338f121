// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Screen is the screen for reading the record. It has no control that
// changes anything.
type Screen struct {
	*screen.ListDetail
	Model *Model
}

// NewScreen makes the screen. leave is called when the person signs out.
func NewScreen(ctx context.Context, w fyne.Window, p widget.Palette, s screen.Services, desk Services, r RecordReader, leave func()) *Screen {
	q := &Screen{}
	q.ListDetail = screen.NewListDetail(w, p, s, func() screen.ListDetailKeys { return q.Model })
	q.Model = NewModel(ctx, s, desk, r, q.Draw, leave)
	return q
}

// Show puts the screen into its window, for a person.
func (q *Screen) Show(p station.Person) {
	q.Open()
	q.Model.SignIn(p)
}

// ShowHistory puts the lists of units from before into the window, for a person who
// goes back from there.
func (q *Screen) ShowHistory(p station.Person, back func()) {
	q.Open()
	q.Model.ShowHistory(p, back)
}

// Hold gives the session over to the lock, if it is on the screen.
func (q *Screen) Hold() (screen.LockedSession, bool) {
	return q.ListDetail.Hold(q.Model.person, q.Model.Leave)
}
