// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"bindery/station"
)

// Times of a dialogue with a printer.
const (
	patience = 2 * time.Second        // for an answer
	between  = 100 * time.Millisecond // from one question to the next while it prints
	longest  = 30 * time.Second       // for one label
)

// dialogue is a conversation with a ZPL printer that can answer. That it takes
// bytes says nothing, so it is asked before a label, and after it until it is
// idle. Zebra printers do not answer at all in some states, such as an open
// head: silence is a fault.
type dialogue struct {
	conn    conn
	where   string // for people
	in      *bufio.Reader
	answers *printerMemory
}

// conn is a connection or a device file.
type conn interface {
	io.ReadWriteCloser
	SetDeadline(time.Time) error
}

// hold begins a conversation, which ends with ctx.
func hold(ctx context.Context, conn conn, where string, a *printerMemory) (d *dialogue, end func()) {
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return &dialogue{conn: conn, where: where, in: bufio.NewReader(conn), answers: a}, func() {
		stop()
		_ = conn.Close()
	}
}

// readCondition asks for the condition, once.
func (d *dialogue) readCondition(ctx context.Context) (c Condition) {
	defer func() { d.answers.recordCondition(time.Now(), c) }()
	s, err := d.status(ctx)
	switch {
	case errors.Is(err, errForeign):
		return Foreign
	case err != nil:
		return Offline
	}
	return s.condition()
}

// print sends the label once and returns when the printer says that it is done.
func (d *dialogue) print(ctx context.Context, l station.Label, zpl []byte) error {
	d.answers.forgetQuestions()
	s, err := d.status(ctx)
	if err != nil {
		return d.broken(ctx, false, err)
	}
	if w, is := words[s.condition()]; is {
		return fault(w.message, w.cure+", then scan the same serial again.", false, nil)
	}
	if !s.idle() {
		return fault("it is still busy with other labels.", "Wait until it is done, then scan the same serial again.", false, nil)
	}
	if err := d.again(ctx, l); err != nil {
		return err
	}
	if err := d.due(ctx); err != nil {
		return d.broken(ctx, false, err)
	}
	if n, err := d.conn.Write(zpl); err != nil {
		return d.broken(ctx, n > 0, err)
	}
	return d.finish(ctx)
}

// again asks once more before the label goes out: for the resolution, or for
// the status where the printer does not tell that. One that hangs up after each
// answer would lose the label.
func (d *dialogue) again(ctx context.Context, l station.Label) error {
	_, noHI := d.answers.resolution()
	_, err := d.fits(ctx, l)
	if noHI {
		_, err = d.status(ctx)
	}
	var fault *station.Fault
	switch {
	case errors.As(err, &fault):
		return fault
	case err != nil:
		return d.broken(ctx, false, err)
	}
	return nil
}

// sentNext is what to do when a label may be on its way.
const sentNext = ", see whether the label comes out, then scan the same serial again. It is not sent a second time."

// finish asks until the printer is idle.
func (d *dialogue) finish(ctx context.Context) error {
	for began := time.Now(); ; {
		s, err := d.status(ctx)
		if err != nil {
			return d.broken(ctx, true, err)
		}
		// Idle comes first: a printer keeps a label that it could not finish, so
		// one that ran out with nothing left has printed this one.
		if s.idle() {
			return nil
		}
		if w, is := words[s.condition()]; is {
			return fault(w.message, w.cure+sentNext, true, nil)
		}
		if time.Since(began) > longest {
			return fault("it has been busy with the label for 30 seconds.", "Look at the printer"+sentNext, true, nil)
		}
		select {
		case <-ctx.Done():
		case <-time.After(between):
		}
	}
}

// due sets the time by which the next exchange must be over. Whoever cancels
// ctx sets it to the past; hence the order.
func (d *dialogue) due(ctx context.Context) error {
	if err := d.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return err
	}
	return ctx.Err()
}

// status asks ~HS and reads its three strings.
func (d *dialogue) status(ctx context.Context) (status, error) {
	if err := d.due(ctx); err != nil {
		return status{}, err
	}
	if _, err := io.WriteString(d.conn, "~HS\r\n"); err != nil {
		return status{}, err
	}
	var lines []string
	for len(lines) < 3 {
		line, err := d.in.ReadString('\x03')
		if err != nil {
			return status{}, err
		}
		_, line, ok := strings.Cut(line, "\x02")
		if !ok {
			return status{}, errForeign
		}
		if line = strings.TrimSuffix(line, "\x03"); identification(line) > 0 {
			continue // an answer to ~HI that came late
		}
		lines = append(lines, line)
	}
	s, err := parseStatus(lines)
	if err == nil {
		d.answers.recordAnswer()
	}
	return s, err
}

// broken is the fault of a dialogue that ended early.
func (d *dialogue) broken(ctx context.Context, sent bool, err error) *station.Fault {
	next := ", then scan the same serial again."
	if sent {
		next = sentNext
	}
	switch {
	case errors.Is(err, errForeign):
		return fault("it does not speak ZPL.", "Choose another printer in the settings"+next, sent, err)
	case ctx.Err() == nil:
		return silent(d.where, sent, err)
	}
	return fault("the run was given up.", "Look at the printer"+next, sent, ctx.Err())
}

// silent is the fault of a printer that can't be reached or gives no answer.
func silent(where string, sent bool, err error) *station.Fault {
	f := station.NewFault(station.PrinterSilent, where, err)
	f.Sent = sent
	f.Next = "Check its power, cable, labels, ribbon and head"
	if sent {
		f.Next += sentNext
	} else {
		f.Next += ", then scan the same serial again."
	}
	return f
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
