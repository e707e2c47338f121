// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"io"

	"bindery/station"
	"bindery/station/dhr/store"
)

// ErrNotFound is [store.ErrNotFound]: the record has nothing under the name that
// was asked for.
var ErrNotFound = store.ErrNotFound

// DHR is an open device history record. It may be used from many goroutines,
// and the file by many processes.
type DHR struct {
	file     *store.Store  // nil in a snapshot
	reads    *store.Reader // the file, or the moment of a snapshot
	clock    station.Clock
	program  station.Program
	named    string // what the station was told that it is called; "" for nothing
	keyFile  string
	computer string // account that acts where nobody has signed in
	rand     io.Reader

	checkpointMirror string
	synchronised     func() station.ClockState
	passphrase       func() (string, error)
	labels           station.LabelTrial
	own              ownKey
	self             *ownProgram // as the last write found it; only for who holds the writer
}

// ownProgram is this program as the record knows it.
type ownProgram struct {
	mark    ownProgramMark
	key     string          // public key that it has
	station string          // which station that makes it; "" where the key is not enrolled
	no      error           // why it may not work as a station; nil where it may
	build   station.Program // that wrote the last leaf
}

// ownProgramMark tells of the rows that a self follows from whether there are more.
type ownProgramMark struct{ enrolled, keys, programs int64 }

// Close lets the file go. What was committed is on disk already.
func (d *DHR) Close() error { return d.file.Close() }

// Reader reads the file of the record; for the rooms beside this one.
func (d *DHR) Reader() *store.Reader { return d.reads }

// Clock is what the record is opened with.
func (d *DHR) Clock() station.Clock { return d.clock }

// CheckClock refuses what a person must accept the clock for first, so that
// nothing is done which could then not be recorded.
func (d *DHR) CheckClock(ctx context.Context) error { return d.reads.CheckClock(ctx, d.clock) }

// Path is the file of the record.
func (d *DHR) Path() string { return d.reads.Path }
