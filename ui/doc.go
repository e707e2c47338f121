// SPDX-License-Identifier: Apache-2.0

// Package ui is the shell around the screens of the station: who signs in
// decides which is shown, and a station that nobody touches locks. Each person
// has a room: a package with a screen and its view model. The model holds what
// is going on and turns it into a view, a plain value; the screen draws views
// and passes keys on. There is no rule in here: what a screen decides, package
// station has decided. Rooms import neither each other nor this package; what
// they share is in screen and widget.
//
// Nothing in here imports fyne.io/fyne/v2/app, so that all of it is tested
// without a display. What the screens need of the rest of the program comes in
// as [Services].
package ui
