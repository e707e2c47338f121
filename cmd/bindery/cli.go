// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"bindery/cmd/internal/wire"
	"bindery/fixtures"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// cli is what all verbs share: the global flags.
type cli struct {
	db       string
	copies   string
	dialects string
	station  string // name that was given
	key      string // file of the station's key
	secrets  wire.Secrets
	json     bool
}

// path is where the record is. It is asked for each time and not kept: a verb such
// as demo names another.
func (c *cli) path() string { return wire.Record(c.db) }

// options say how this program opens a record.
func (c *cli) options() dhr.Options {
	return dhr.Options{
		Clock: wire.SystemClock{}, Program: wire.Program(programName), Station: c.station, Key: c.key, CheckpointMirror: c.copies,
		Passphrase: c.secrets.Passphrase, Migrating: tellMigration,
	}
}

// tellMigration says how far an older record is. On stderr and also where nobody sits
// at it: it happens once in the life of a version, and takes half a minute in a
// record of a million units.
func tellMigration(m record.Migration) {
	if m.Step == 1 {
		fmt.Fprintln(wire.Err, "bindery: this program keeps records in a newer form. A copy of the record as it is stays beside it. Ctrl-C stops: the step under way is undone, and the next command goes on.")
	}
	fmt.Fprintf(wire.Err, "bindery: the record is brought to the form of this program: step %d of %d\n", m.Step, m.Of)
}

// create opens the record and makes it when there is none. A name that is not
// that of the station's key is refused for every verb: it is not believed.
func (c *cli) create(ctx context.Context) (*dhr.DHR, error) {
	d, err := wire.Open(ctx, c.path(), c.options())
	if err != nil {
		return nil, err
	}
	_, err = d.Station(ctx)
	var f *station.Fault
	// Closed again, since whoever gets an error has nothing to close.
	if errors.As(err, &f) && f.Code == station.StationOtherName {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// open opens a record that must be there: a mistyped path shall not make an
// empty one.
func (c *cli) open(ctx context.Context) (*dhr.DHR, error) {
	if err := c.checkExists(); err != nil {
		return nil, err
	}
	return c.create(ctx)
}

// checkExists refuses a record that is not there.
func (c *cli) checkExists() error {
	if _, err := os.Stat(c.path()); errors.Is(err, fs.ErrNotExist) {
		return wrongUse("there is no record at %s: name one with --db or BINDERY_DB, or make one with bindery import", c.path())
	}
	return checkNotEmpty(c.path())
}

// checkNotEmpty refuses a file of next to no bytes, which SQLite would take for a
// new record: what was there is gone. SQLite itself would make it a record without
// complaint, and the station would go on with nobody and no unit in it. With a
// write-ahead log beside it the content may still be there, so that it is left to
// SQLite.
func checkNotEmpty(path string) error {
	const header = 100 // bytes that any SQLite file begins with
	file, err := os.Stat(path)
	if _, wal := os.Stat(path + "-wal"); err != nil || file.Size() >= header || file.IsDir() || wal == nil {
		return nil
	}
	return station.NewFault(station.RecordDamaged, "the file has only "+station.Counted(file.Size(), "byte", "bytes"), nil)
}

// openReadOnly opens a record or backup that must be there, and changes nothing of
// it. A copy that an auditor holds must stay byte for byte what it was, or its
// hash tells nothing any more.
func (c *cli) openReadOnly(ctx context.Context, path string) (*dhr.DHR, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUse("there is no record at %s", path)
	}
	if err := checkNotEmpty(path); err != nil {
		return nil, err
	}
	return dhr.OpenReadOnly(ctx, path, c.options())
}

// fixture makes the reader of a DUT. Dialects of the site's own are taken only
// once quality has approved them: what they send could change a device.
func (c *cli) fixture(ctx context.Context, config fixtures.Config) (*fixtures.Modem, error) {
	var err error
	if config.Dialects, err = wire.Dialects(c.dialects, c.approved(ctx)...); err != nil {
		return nil, wrongUse("%v", err)
	}
	config.Clock = wire.SystemClock{}
	modem, err := fixtures.New(config)
	if err != nil {
		return nil, wrongUse("%v", err)
	}
	return modem, nil
}

// approved are the hashes of the dialects that quality has approved, where there
// is a record that can tell. Without one only the dialects that come along are
// taken: that reads a device before there is any record, and gives no way around
// the approval once there is one.
func (c *cli) approved(ctx context.Context) []string {
	d, err := c.openReadOnly(ctx, c.path())
	if err != nil {
		return nil
	}
	defer d.Close()                            //nolint:errcheck // it was only read
	hashes, _ := wire.ApprovedDialects(ctx, d) // what cannot be read has approved nothing
	return hashes
}

// programName is what this command is called in records and exports.
const programName = "bindery"
