// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// status is what a ZPL printer answers to ~HS (Zebra ZPL II Programming Guide,
// "Host Status Return").
type status struct {
	paperOut  bool
	paused    bool
	headOpen  bool
	ribbonOut bool
	hot       bool // over or under temperature
	waiting   int  // formats in its buffer
	left      int  // labels still to be printed of the batch
}

// errForeign says that an answer to ~HS is not of the form that Zebra gives it.
var errForeign = errors.New("not a host status")

// parseStatus reads the first two of the three strings of a ~HS answer, without
// their STX, ETX, CR and LF.
func parseStatus(lines []string) (status, error) {
	a, b := strings.Split(lines[0], ","), strings.Split(lines[1], ",")
	if len(a) < 12 || len(b) < 9 {
		return status{}, fmt.Errorf("%w: %d and %d values", errForeign, len(a), len(b))
	}
	waiting, err := strconv.Atoi(a[4])
	left, err2 := strconv.Atoi(b[8])
	if err := errors.Join(err, err2); err != nil {
		return status{}, fmt.Errorf("%w: %w", errForeign, err)
	}
	return status{
		paperOut: a[1] == "1", paused: a[2] == "1", hot: a[10] == "1" || a[11] == "1",
		headOpen: b[2] == "1", ribbonOut: b[3] == "1",
		waiting: waiting, left: left,
	}, nil
}

// idle reports whether the printer has nothing left to print.
func (s status) idle() bool { return s.waiting == 0 && s.left == 0 }

// condition is what keeps the printer from printing, or Ready.
func (s status) condition() Condition {
	switch {
	case s.headOpen:
		return HeadOpen
	case s.paperOut:
		return NoLabels
	case s.ribbonOut:
		return NoRibbon
	case s.paused:
		return Paused
	case s.hot:
		return Hot
	}
	return Ready
}
