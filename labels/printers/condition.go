// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"context"
	"time"

	"bindery/station"
)

// Condition is how a printer does, in a word that a screen can translate. The
// empty one means that nobody has asked.
type Condition string

// The conditions. All but Ready keep it from printing.
const (
	Ready    Condition = "ready"
	Offline  Condition = "offline" // no answer, not there, not reached
	HeadOpen Condition = "head-open"
	NoLabels Condition = "no-labels"
	NoRibbon Condition = "no-ribbon"
	Paused   Condition = "paused"
	Hot      Condition = "hot"     // or too cold
	Stopped  Condition = "stopped" // its queue in the print service
	Denied   Condition = "denied"  // this user may not use it
	NoRoom   Condition = "no-room" // on the disk of a folder
	Foreign  Condition = "foreign" // it speaks, but not ZPL
)

// lookTime bounds one look at a printer.
const lookTime = time.Second

// ReadCondition asks a printer how it does, and prints nothing. It takes a second at
// most. A printer holds one conversation at a time, so that it must not be
// looked at while a label is on its way; one that another station has in use
// looks offline for that while.
func ReadCondition(ctx context.Context, p station.Printer) Condition {
	l, can := p.(interface {
		readCondition(context.Context) Condition
	})
	if !can {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	return l.readCondition(ctx)
}

// words are what a person is told of a condition: what is the matter, and what
// to do about it, without the full stop.
var words = map[Condition]struct{ message, cure string }{
	HeadOpen: {"its head is open.", "Close the print head"},
	NoLabels: {"it is out of labels.", "Put in a new roll of labels"},
	NoRibbon: {"it is out of ribbon.", "Put in a new ribbon"},
	Paused:   {"it is paused.", "Press Pause on the printer"},
	Hot:      {"its head is too hot or too cold.", "Wait until the printer has its temperature"},
}
