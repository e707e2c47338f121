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
	*shelf
	Model *Quality
}

// NewQualityScreen makes the screen. leave is called when the person signs out.
func NewQualityScreen(ctx context.Context, w fyne.Window, p widget.Palette, s Services, r Reader, leave func()) *QualityScreen {
	q := &QualityScreen{}
	q.shelf = newShelf(w, p, s, func() shelfKeys { return q.Model })
	q.Model = NewQuality(ctx, s, r, q.draw, leave)
	return q
}

// Show puts the screen into its window, for a person.
func (q *QualityScreen) Show(p station.Person) {
	q.show()
	q.Model.SignIn(p)
}

// hold gives the session over to the lock, if it is on the screen.
func (q *QualityScreen) hold() (absence, bool) { return q.shelf.hold(q.Model.person, q.Model.Leave) }
