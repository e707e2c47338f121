// SPDX-License-Identifier: Apache-2.0

// Package wire holds what every program of Bindery needs to put a station
// together, the command line too: where the record is, the clock, the layouts,
// the secrets. It knows nothing of windows; what does is in package app.
package wire

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"bindery/labels"
	"bindery/labels/printers"
	"bindery/station"
	"bindery/station/dhr"
)

// Record is where the record is: the flag, else $BINDERY_DB, else a file in
// the user's data folder.
func Record(flag string) string {
	switch {
	case flag != "":
		return flag
	case os.Getenv("BINDERY_DB") != "":
		return os.Getenv("BINDERY_DB")
	}
	return filepath.Join(DataDir(), "bindery.db")
}

// DataDir is the user's data folder for Bindery.
func DataDir() string {
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "bindery")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return filepath.Join(home, ".local", "share", "bindery")
}

// The flags that say which station this is, in both programs.
const (
	StationHelp    = "name under which the key of this station is enrolled the first time (default: the host's name); later only checked against it"
	StationKey     = "station-key"
	StationKeyHelp = "file of the station's key, where several stations share a record (default $BINDERY_KEY, else beside the record)"
)

// Open opens the record, and makes it when there is none, readable by its
// owner only: it holds identities.
func Open(ctx context.Context, path string, o dhr.Options) (*dhr.DHR, error) {
	if err := zoneKnown(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, station.NewFault(station.RecordReadOnly, path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, station.NewFault(station.RecordReadOnly, path, err)
	}
	o.Clock, o.Labels = SystemClock{}, labels.Trial{}
	return dhr.Open(ctx, path, o)
}

// Backups is the folder for the backups of a record: the one that is named,
// else backups beside it; "" when they are off.
func Backups(named, record string) string {
	switch named {
	case "off":
		return ""
	case "":
		return filepath.Join(filepath.Dir(record), "backups")
	}
	return named
}

// Layouts draws with every layout that the record holds, those included that
// are added to it later, for a printer of dpi dots per inch.
func Layouts(ctx context.Context, d *dhr.DHR, dpi int) (*labels.LayoutSet, error) {
	kept, err := layouts(ctx, d)
	if err != nil {
		return nil, err
	}
	set := labels.NewLayoutSet(dpi, kept...)
	set.OnMissing(func() ([]*labels.Layout, error) { return layouts(context.WithoutCancel(ctx), d) })
	return set, nil
}

// layouts parses what the record keeps. They were checked when they came in: one that
// no longer parses is a fault of this program.
func layouts(ctx context.Context, d *dhr.DHR) ([]*labels.Layout, error) {
	kept, err := d.Layouts(ctx)
	if err != nil {
		return nil, err
	}
	var all []*labels.Layout
	for _, k := range kept {
		l, err := labels.Parse(k.Name, k.Text)
		if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, nil
}

// Printer opens a printer by its URI; "" is the folder labels beside the
// record.
func Printer(uri, record string) (station.Printer, error) {
	if uri == "" {
		uri = "folder:" + filepath.Join(filepath.Dir(record), "labels")
	}
	return printers.Open(uri)
}
