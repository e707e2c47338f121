// SPDX-License-Identifier: Apache-2.0

// Package display finds out whether a window can be shown, before the graphics
// libraries do: these end the program, with a stack or without a word, or go on
// without a window. It is told, too, when the display goes away.
package display

import "bindery/station"

// fault is the display's.
func fault(detail string, cause error) error {
	return station.NewFault(station.DisplayFault, detail, cause)
}

// Lost is the fault of a display that went away.
func Lost() error { return fault("the connection to it was lost.", nil) }
