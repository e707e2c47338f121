// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"bindery/station"
)

// device is a ZPL printer on a device file that can be written and read, such
// as /dev/usb/lp0.
type device struct{ uri, path, format string }

func (d *device) Name() string { return d.uri }

// Printed cannot be known: a label that was sent may have come out.
func (d *device) Printed(context.Context, string, station.Label) (station.Answer, error) {
	return station.Unsure, nil
}

func (d *device) Print(ctx context.Context, _ string, l station.Label) error {
	zpl, err := l.Encode(d.format)
	if err != nil {
		return err
	}
	f, err := d.open()
	if err != nil {
		return err
	}
	talk, end := hold(ctx, f, d.path)
	defer end()
	return talk.print(ctx, zpl)
}

func (d *device) look(ctx context.Context) Condition {
	f, err := d.open()
	switch {
	case errors.Is(err, fs.ErrPermission):
		return Denied
	case err != nil:
		return Offline
	}
	talk, end := hold(ctx, f, d.path)
	defer end()
	return talk.look(ctx)
}

func (d *device) open() (*os.File, error) {
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
