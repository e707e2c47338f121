// SPDX-License-Identifier: Apache-2.0

package printers

import "bindery/station"

// fault is a printer fault that says what is the matter and what to do.
func fault(message, next string, sent bool, err error) *station.Fault {
	f := station.NewFault(station.PrinterFault, message, err)
	f.Next, f.Sent = next, sent
	return f
}
