// SPDX-License-Identifier: Apache-2.0

// Package ui is the screens of the station. Each screen stands in one file,
// with its view model beside it: the model holds what is going on and turns it
// into a view, a plain value; the screen draws views and passes keys on. There
// is no rule in here: what a screen decides, package station has decided.
//
// Nothing in here imports fyne.io/fyne/v2/app, so that all of it is tested
// without a display. What the screens need of the rest of the program comes in
// as [Services].
package ui
