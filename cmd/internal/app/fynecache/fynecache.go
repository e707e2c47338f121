// SPDX-License-Identifier: Apache-2.0

// Package fynecache makes Fyne keep what it has drawn, every text and picture of
// every unit, for seconds instead of a minute: a station works for weeks and
// shows a serial only once.
//
// Fyne reads its setting while it is being initialised. This package imports
// nothing of Fyne and its path sorts before Fyne's, so that it comes first
// (The Go Programming Language Specification, Program initialization).
package fynecache

import "os"

// Below twenty seconds, Fyne would look through an idle window in every frame.
func init() {
	if os.Getenv("FYNE_CACHE") == "" {
		_ = os.Setenv("FYNE_CACHE", "20s") // fails for an empty name only
	}
}
