// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bindery/station"
	"bindery/station/ledger"
)

// KeyFile is where the station keeps the key that signs checkpoints: beside
// the record, readable by nobody else. Whoever has both can rewrite both; that
// is why checkpoints go to another place too.
func (d *DHR) KeyFile() string { return d.path + ".key" }

// key reads the station's key, which is made the first time.
func (d *DHR) key() (private string, err error) {
	for range 2 {
		info, err := os.Stat(d.KeyFile())
		switch {
		case errors.Is(err, fs.ErrNotExist):
			if err := d.makeKey(); err != nil && !errors.Is(err, fs.ErrExist) {
				return "", station.NewFault(station.KeyFault, "it could not be made.", err)
			}
			continue // another process may have been faster: read what is there
		case err != nil:
			return "", station.NewFault(station.KeyFault, "it could not be read.", err)
		case info.Mode().Perm()&0o077 != 0:
			return "", station.NewFault(station.KeyFault, "others can read its file.", nil)
		}
		text, err := os.ReadFile(d.KeyFile())
		if err != nil {
			return "", station.NewFault(station.KeyFault, "it could not be read.", err)
		}
		return strings.TrimSpace(string(text)), nil
	}
	return "", station.NewFault(station.KeyFault, "it could not be made.", nil)
}

// makeKey puts a whole key file in place, or none: it is written aside first.
func (d *DHR) makeKey() error {
	private, _, err := ledger.NewKey(d.rand, d.station)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(d.path), ".key-*") // made with 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(private + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), d.KeyFile()) // fails when there is one
}

// Keys lists the public keys of every station that signed checkpoints here.
func (d *DHR) Keys(ctx context.Context) ([]string, error) {
	var list []string
	err := d.reads.each(ctx, "SELECT key FROM station_keys ORDER BY leaf", nil, func(scan func(...any) error) error {
		var k string
		err := scan(&k)
		list = append(list, k)
		return err
	})
	return list, fault(err)
}
