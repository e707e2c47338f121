// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/ui/widget"
)

// QualityScreen is the screen for reading the record. It has no control that
// changes anything.
type QualityScreen struct {
	*listDetail
	Model *Quality
}

// NewQualityScreen makes the screen. leave is called when the person signs out.
func NewQualityScreen(ctx context.Context, w fyne.Window, p widget.Palette, s Services, r RecordReader, leave func()) *QualityScreen {
	q := &QualityScreen{}
	q.listDetail = newListDetail(w, p, s, func() listDetailKeys { return q.Model })
	q.Model = NewQuality(ctx, s, r, q.draw, leave)
	return q
}

// Show puts the screen into its window, for a person.
func (q *QualityScreen) Show(p station.Person) {
	q.show()
	q.Model.SignIn(p)
}

// hold gives the session over to the lock, if it is on the screen.
func (q *QualityScreen) hold() (lockedSession, bool) {
	return q.listDetail.hold(q.Model.person, q.Model.Leave)
}
