// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/ledger"
	"bindery/station/safefile"
)

// Checkpoint signs what the record holds now, keeps the note in the record and
// copies it to the second place. Where nothing but the last checkpoint was
// written since, that one is returned again. by is who asked for it, "" when
// the clock did: then it is the account that the program runs under.
//
// It belongs at the end of a shift, hourly, and before each export.
func (d *DHR) Checkpoint(ctx context.Context, by string) (note []byte, err error) {
	if by == "" {
		by = d.computer
	}
	if _, err := d.asStation(ctx); err != nil {
		return nil, err
	}
	private, public, err := d.key(ctx)
	if err != nil {
		return nil, err
	}
	_, err = d.write(ctx, auditEntry{what: "checkpoint", who: by}, func(t *tx) error {
		if _, err := t.asStation(); err != nil { // another key was enrolled meanwhile
			return err
		}
		size, err := t.signNext(private, &note)
		if err != nil {
			return err
		}
		if err := t.addKey(public); err != nil {
			return err
		}
		_, err = t.Insert("checkpoints", store.Values{
			"size": size, "note": string(note), "program": d.program.String(), "clock": string(d.ClockState()),
		})
		return err
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, err
	}
	if len(note) == 0 {
		return nil, nil // an empty record has nothing to sign
	}
	return note, d.mirrorCheckpoint(note, public)
}

// signNext signs all leaves before this one. note is then the new checkpoint, or
// with errNothing the last one, after which there is nothing to sign.
func (t *tx) signNext(private string, note *[]byte) (size int64, err error) {
	size = t.Leaf.Number - 1
	last, err := t.lastCheckpoint(note)
	if err != nil {
		return 0, err
	}
	if size == last+1 && last > 0 || size == 0 {
		return 0, errNothing // only the leaf of the last checkpoint came after it
	}
	if err := t.begins(*note); err != nil { // what no longer fits is not signed over
		return 0, err
	}
	root, err := tlog.TreeHash(size, store.Hashes(t.Get))
	if err != nil {
		return 0, err
	}
	*note, err = ledger.Sign(private, size, root)
	return size, err
}

func (t *tx) lastCheckpoint(note *[]byte) (size int64, err error) {
	var text string
	err = t.Get("SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1", nil, &size, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	*note = []byte(text)
	return size, err
}

func (t *tx) addKey(public string) error {
	var there int
	if err := t.Get("SELECT count(*) FROM station_keys WHERE key = ?", []any{public}, &there); err != nil || there > 0 {
		return err
	}
	_, err := t.Insert("station_keys", store.Values{"key": public, "station": t.Leaf.Station})
	return err
}

// Checkpoints lists the signed notes, the oldest first.
func (d *DHR) Checkpoints(ctx context.Context) ([][]byte, error) {
	var list [][]byte
	err := d.reads.Each(ctx, "SELECT note FROM checkpoints ORDER BY size", nil, func(scan func(...any) error) error {
		var note []byte
		err := scan(&note)
		list = append(list, note)
		return err
	})
	return list, store.AsFault(err)
}

// mirrorCheckpoint puts a checkpoint in the second place, whole or not at all.
func (d *DHR) mirrorCheckpoint(note []byte, public string) error {
	if d.checkpointMirror == "" {
		return nil
	}
	c, err := ledger.OpenCheckpoint(note, public)
	if err != nil {
		return store.AsFault(err)
	}
	path := filepath.Join(d.checkpointMirror, fmt.Sprintf("%s-%012d.checkpoint", filepath.Base(d.reads.Path), c.Size))
	err = safefile.Write(path, note, safefile.Rules{Record: d.reads.Path})
	switch {
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrExist):
		return station.NewFault(station.CopiesFault, station.Shown(d.checkpointMirror), err)
	}
	if there, read := safefile.Read(path, safefile.MostOfKey); read == nil && bytes.Equal(there, note) {
		return nil // it was copied before
	}
	return station.NewFault(station.RecordSetBack, fmt.Sprintf("among the copies is another one over %s", station.Counted(c.Size, "leaf", "leaves")), err)
}

// MirroredCheckpoints reads the checkpoints in the second place.
func (d *DHR) MirroredCheckpoints() ([][]byte, error) {
	if d.checkpointMirror == "" {
		return nil, nil
	}
	names, err := filepath.Glob(filepath.Join(d.checkpointMirror, filepath.Base(d.reads.Path)+"-*.checkpoint"))
	if err != nil {
		return nil, store.AsFault(err)
	}
	list := make([][]byte, len(names)) // sorted by size, as the names have it in twelve digits
	for i, name := range names {
		if list[i], err = safefile.Read(name, safefile.MostOfKey); err != nil {
			return nil, store.AsFault(err)
		}
	}
	return list, nil
}

// checkNotSetBack compares the record with the newest checkpoint in the second
// place: an older copy of the record that was put in its place lacks leaves
// that were signed.
func (d *DHR) checkNotSetBack(ctx context.Context) error {
	notes, err := d.MirroredCheckpoints()
	if err != nil || len(notes) == 0 {
		return err
	}
	public, err := d.Keys(ctx)
	if err != nil {
		return err
	}
	return store.AsFault(beginsWith(notes[len(notes)-1], public, d.reads.Hashes(ctx)))
}

// begins is beginsWith for the last checkpoint in the record itself.
func (t *tx) begins(last []byte) error {
	if len(last) == 0 {
		return nil
	}
	var public []string
	err := t.Each("SELECT key FROM station_keys", nil, func(scan func(...any) error) error {
		var k string
		err := scan(&k)
		public = append(public, k)
		return err
	})
	if err != nil {
		return err
	}
	return beginsWith(last, public, store.Hashes(t.Get))
}

// beginsWith reports a record that does not begin with the leaves that a
// checkpoint was signed over.
func beginsWith(note []byte, public []string, r tlog.HashReader) error {
	c, err := ledger.OpenCheckpoint(note, public...)
	if err != nil {
		// An older copy need not know the key; then it has no checkpoint at all.
		return station.NewFault(station.RecordSetBack, "its key is not in the record", err)
	}
	root, err := tlog.TreeHash(c.Size, r)
	if errors.Is(err, sql.ErrNoRows) {
		return station.NewFault(station.RecordSetBack, fmt.Sprintf("leaf %d is missing", c.Size), nil)
	}
	if err == nil && root != c.Root {
		return station.NewFault(station.RecordSetBack, "its leaves are others", nil)
	}
	return err
}
