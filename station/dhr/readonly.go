// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"

	"bindery/migrations"
	"bindery/station"
)

// OpenReadOnly opens a record or a backup that is there, to be read only: not a byte
// of its file is changed, and whatever writes is a *station.Fault. One of an
// older version is refused with record-older: [Open] brings it up to date.
func OpenReadOnly(ctx context.Context, path string, o Options) (*DHR, error) {
	d := o.record(path)
	if err := d.openReadOnly(ctx); err != nil {
		d.Close() //nolint:errcheck // the first error tells more
		return nil, fault(err)
	}
	return d, nil
}

func (d *DHR) openReadOnly(ctx context.Context) error {
	if err := process(); err != nil {
		return err
	}
	if err := d.openReaders(); err != nil {
		return err
	}
	version, err := versionOf(ctx, d.reads.DB)
	if err != nil {
		return err
	}
	switch known := len(migrations.All()); {
	case version > known:
		return station.NewFault(station.RecordNewer, fmt.Sprintf("version %d, this program knows %d", version, known), nil)
	case version < known:
		return station.NewFault(station.RecordOlder, fmt.Sprintf("version %d, this program reads %d", version, known), nil)
	}
	if d.tables, err = tablesOf(ctx, d.reads.DB); err != nil {
		return err
	}
	return d.checkNotSetBack(ctx)
}
