// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"bindery/station"
)

// devicePrinter is a ZPL printer on a device file that can be written and read, such
// as /dev/usb/lp0.
type devicePrinter struct {
	uri, path, format string
	answers           printerMemory
}

func (d *devicePrinter) Name() string { return d.uri }

// Printed cannot be known: a label that was sent may have come out.
func (d *devicePrinter) Printed(context.Context, string, station.Label) (station.Answer, error) {
	return station.Unsure, nil
}

func (d *devicePrinter) Print(ctx context.Context, _ string, l station.Label) error {
	zpl, err := l.Encode(d.format)
	if err != nil {
		return err
	}
	talk, end, err := d.dial(ctx)
	if err != nil {
		return err
	}
	defer end()
	return talk.print(ctx, l, zpl)
}

// Check implements [station.LabelChecker].
func (d *devicePrinter) Check(ctx context.Context, l station.Label) (string, error) {
	return d.answers.check(ctx, l, d.dial, func(_ *dialogue, end func()) { end() })
}

func (d *devicePrinter) readCondition(ctx context.Context) Condition {
	if last, due := d.answers.due(time.Now()); !due {
		return last
	}
	talk, end, err := d.dial(ctx)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return Denied
	case err != nil:
		return Offline
	}
	defer end()
	return talk.readCondition(ctx)
}

func (d *devicePrinter) dial(ctx context.Context) (*dialogue, func(), error) {
	f, err := d.open()
	if err != nil {
		return nil, nil, err
	}
	talk, end := hold(ctx, f, d.path, &d.answers)
	return talk, end, nil
}

func (d *devicePrinter) open() (*os.File, error) {
	info, err := os.Stat(d.path)
	if err == nil && info.Mode()&fs.ModeCharDevice == 0 {
		return nil, fault(d.path+" is no device.", "Choose another printer in the settings.", false, nil)
	}
	f, err := os.OpenFile(d.path, os.O_RDWR, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, silent(d.path, false, err)
	case errors.Is(err, fs.ErrPermission):
		return nil, fault("this user has no right to "+d.path+".", "Add the user to the group lp and log in again.", false, err)
	case err != nil:
		return nil, silent(d.path, false, err)
	}
	return f, nil
}
