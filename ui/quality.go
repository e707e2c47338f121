// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// QualityScreen is the screen for reading the record. It has no control that
// changes anything.
type QualityScreen struct {
	*screen.ListDetail
	Model *Quality
}

// NewQualityScreen makes the screen. leave is called when the person signs out.
func NewQualityScreen(ctx context.Context, w fyne.Window, p widget.Palette, s Services, r RecordReader, leave func()) *QualityScreen {
	q := &QualityScreen{}
	q.ListDetail = screen.NewListDetail(w, p, s.Services, func() screen.ListDetailKeys { return q.Model })
	q.Model = NewQuality(ctx, s, r, q.Draw, leave)
	return q
}

// Show puts the screen into its window, for a person.
func (q *QualityScreen) Show(p station.Person) {
	q.Open()
	q.Model.SignIn(p)
}

// Hold gives the session over to the lock, if it is on the screen.
func (q *QualityScreen) Hold() (screen.LockedSession, bool) {
	return q.ListDetail.Hold(q.Model.person, q.Model.Leave)
}
