// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"bindery/station"
)

// mmPerInch is 25.4 by definition.
const mmPerInch = 25.4

// dotsOf is the whole dots per mm in which ZPL counts a resolution.
func dotsOf(dpi int) int { return int(math.Round(float64(dpi) / mmPerInch)) }

// sold is the dots per inch under which a printer of so many dots per mm is
// sold.
func sold(dots int) int {
	if dpi, ok := map[int]int{6: 150, 8: 203, 12: 300, 24: 600}[dots]; ok {
		return dpi
	}
	return int(math.Round(float64(dots) * mmPerInch))
}

// identification reads an answer to ~HI, without its STX and ETX (Zebra ZPL II
// Programming Guide, "Host Identification"): model, firmware, dots per mm,
// memory. It gives 0 for what is none.
func identification(line string) (dots int) {
	fields := strings.Split(line, ",")
	if _, err := strconv.Atoi(fields[0]); err == nil || len(fields) < 3 || len(fields) > 8 {
		return 0 // a line of a host status begins with a number
	}
	dots, err := strconv.Atoi(strings.TrimSpace(fields[2]))
	if err != nil || dots < 1 {
		return 0
	}
	return dots
}

// host asks ~HI for the dots per mm; 0 when nothing that is one came in time,
// an error when the conversation is over.
func (d *dialogue) host(ctx context.Context) (dots int, err error) {
	if err := d.due(ctx); err != nil {
		return 0, err
	}
	if _, err := io.WriteString(d.conn, "~HI\r\n"); err != nil {
		return 0, err
	}
	if err := d.conn.SetDeadline(time.Now().Add(patience / 2)); err != nil {
		return 0, err
	}
	line, err := d.in.ReadString('\x03')
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return 0, nil
	case err != nil:
		return 0, err
	}
	if _, after, ok := strings.Cut(line, "\x02"); ok {
		line = after
	}
	return identification(strings.TrimSuffix(line, "\x03")), nil
}

// fits asks the printer for its resolution, unless it is known not to tell.
// Another one than the label was drawn for is the fault printer-resolution;
// hint says, once, that it does not tell.
func (d *dialogue) fits(ctx context.Context, l station.Label) (hint string, err error) {
	if _, noHI := d.answers.resolution(); noHI {
		return "", nil
	}
	dots, err := d.host(ctx)
	if err != nil {
		return "", err
	}
	d.answers.recordResolution(dots)
	switch dpi := l.DPI(); {
	case dots == 0:
		return fmt.Sprintf("The printer does not tell its resolution; its labels are drawn for %d dots per inch.", dpi), nil
	case dots != dotsOf(dpi):
		return "", station.NewFault(station.PrinterResolution, fmt.Sprintf("it has %d dots per inch, the label %d", sold(dots), dpi), nil)
	}
	return "", nil
}

// NoResolution reports whether a printer was asked for its resolution and did
// not tell it.
func NoResolution(p station.Printer) bool {
	asked := &printerMemory{}
	switch p := p.(type) {
	case *networkPrinter:
		asked = &p.answers
	case *devicePrinter:
		asked = &p.answers
	}
	_, noHI := asked.resolution()
	return noHI
}

// check tells before a unit is bound whether the printer at the other end has
// another resolution than the label. It asks a printer once, and again while
// the answer is a wrong one; Print asks each time, and keep gets the
// conversation for it. What else may keep it from
// printing is for Print to say.
func (a *printerMemory) check(ctx context.Context, l station.Label, dial func(context.Context) (*dialogue, func(), error), keep func(*dialogue, func())) (hint string, err error) {
	if dots, noHI := a.resolution(); noHI || dots == dotsOf(l.DPI()) {
		return "", nil
	}
	d, end, err := dial(ctx)
	if err != nil {
		return "", nil // Print says it
	}
	if _, err = d.status(ctx); err == nil {
		hint, err = d.fits(ctx, l)
	}
	if err == nil {
		keep(d, end)
		return hint, nil
	}
	end()
	var fault *station.Fault
	if errors.As(err, &fault) {
		return "", fault
	}
	return "", nil // Print says it
}
