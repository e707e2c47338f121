// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"crypto/rand"
	"io"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// Options say whose record it is.
type Options struct {
	Clock            station.Clock
	Program          station.Program // that opens it; the zero value, for tests, is in no row
	Station          string          // name under which the key is enrolled, if somebody has said one; any other is refused
	Key              string          // file of the station's key; "" for the one beside the record
	Account          string          // of the computer, which acts where nobody has signed in; "" asks the system
	CheckpointMirror string          // folder to which each checkpoint is copied, best on another machine; "" for none
	Rand             io.Reader       // for keys and salts; nil takes the system's

	// Synchronised tells how far the clock can be believed; nil asks the system.
	Synchronised func() station.ClockState

	// Passphrase asks for that of a protected key, once and only when
	// something is to be signed; nil where nobody can be asked.
	Passphrase func() (string, error)

	// Migrating is told how far an older record is on its way to the form of this
	// program; nil where nobody waits.
	Migrating func(record.Migration)

	// Labels draws the labels of products and orders that are imported; nil
	// imports them undrawn, as a program does that has nothing to draw with.
	Labels station.LabelTrial
}

// Open opens the record at path, makes it when there is none, and brings an
// older one up to date after a backup beside it. A newer one, and a file that
// is no record, are refused. Errors are *station.Fault.
func Open(ctx context.Context, path string, o Options) (*DHR, error) {
	if o.Station != "" {
		own := station.Device{Kind: station.DeviceStation, Name: o.Station, Allowed: true}
		if err := own.AllowName(); err != nil {
			return nil, err
		}
	}
	return o.opened(ctx, path, func(ctx context.Context, path string) (*store.Store, error) {
		return store.OpenTelling(ctx, path, o.Migrating)
	})
}

// OpenReadOnly opens a record or a backup that is there, to be read only: not a byte
// of its file is changed, and whatever writes is a *station.Fault. One of an
// older version is refused with record-older: [Open] brings it up to date.
func OpenReadOnly(ctx context.Context, path string, o Options) (*DHR, error) {
	return o.opened(ctx, path, store.OpenReadOnly)
}

// opened is the record in a file, once it is known that it was not set back.
func (o Options) opened(ctx context.Context, path string, open func(context.Context, string) (*store.Store, error)) (*DHR, error) {
	file, err := open(ctx, path)
	if err != nil {
		return nil, err
	}
	d := o.record(file)
	if err := d.checkNotSetBack(ctx); err != nil {
		d.Close() //nolint:errcheck // the first error tells more
		return nil, store.AsFault(err)
	}
	return d, nil
}

// record is the record in a file.
func (o Options) record(file *store.Store) *DHR {
	d := &DHR{
		file: file, reads: &file.Reader, clock: o.Clock, program: o.Program, named: o.Station, keyFile: o.KeyOf(file.Path), computer: o.Account,
		checkpointMirror: o.CheckpointMirror, rand: o.Rand, synchronised: o.Synchronised, passphrase: o.Passphrase, labels: o.Labels,
	}
	if d.computer == "" {
		d.computer = ComputerAccount()
	}
	if d.rand == nil {
		d.rand = rand.Reader
	}
	if d.synchronised == nil {
		d.synchronised = clockState
	}
	return d
}

// KeyOf is the file of the key of a record.
func (o Options) KeyOf(path string) string {
	if o.Key != "" {
		return o.Key
	}
	return path + ".key"
}
