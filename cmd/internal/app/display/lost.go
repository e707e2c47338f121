// SPDX-License-Identifier: Apache-2.0

//go:build !ci

package display

import "C"

// whenLost is what is to be done when the display goes away.
var whenLost func()

// displayLost is called by Xlib, on whichever thread it noticed.
//
//export displayLost
func displayLost() { whenLost() }
