// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"errors"
	"fmt"

	"bindery/migrations"
	"bindery/station"
	"bindery/station/record"
)

// readers is how many connections read.
const readers = 4

// Open opens the file at path, makes it when there is none, and brings an older
// one up to date after a copy beside it. A newer one, and a file that is no
// record, are refused. Errors are *station.Fault.
func Open(ctx context.Context, path string) (*Store, error) { return OpenTelling(ctx, path, nil) }

// OpenTelling is [Open] that tells how far an older record is on its way.
func OpenTelling(ctx context.Context, path string, tell func(record.Migration)) (*Store, error) {
	s := &Store{Reader: Reader{Path: path}}
	if err := s.open(ctx, tell); err != nil {
		s.Close() //nolint:errcheck // the first error tells more
		return nil, AsFault(err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, tell func(record.Migration)) error {
	if err := s.migrate(ctx, tell); err != nil {
		return err
	}
	db, err := Connect(s.Path, "_txlock=immediate&_defensive=1", Writing)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if s.Tables, err = tablesOf(ctx, db); err != nil {
		return errors.Join(err, db.Close())
	}
	if s.writer, err = newWriter(ctx, db); err != nil {
		return errors.Join(err, db.Close())
	}
	if err := s.readBack(ctx); err != nil {
		return err
	}
	if err := s.openReaders(); err != nil {
		return err
	}
	return s.catchUp(ctx)
}

// migrate has a connection of its own: a step may change the text of a CHECK,
// which the one that writes all day is kept from.
func (s *Store) migrate(ctx context.Context, tell func(record.Migration)) error {
	db, err := Connect(s.Path, "_txlock=immediate", Writing)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	// While another process makes the file, or closes it as the last one,
	// SQLite says "busy" at once instead of waiting.
	return errors.Join(retryBusy(ctx, func() error { return migrate(ctx, db, s.Path, migrations.All(), tell) }), db.Close())
}

func (s *Store) openReaders() error {
	db, err := Connect(s.Path, "mode=ro", Reading)
	if err != nil {
		return err
	}
	s.Pool = newPool(db, readers)
	return nil
}

// readBack refuses to work with settings other than those asked for: a
// misspelt one is no error to SQLite.
func (s *Store) readBack(ctx context.Context) error {
	for name, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0", "recursive_triggers": "1",
	} {
		var got string
		if err := s.writer.QueryRowContext(ctx, "PRAGMA "+name).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return station.NewFault(station.RecordFault, fmt.Sprintf("%s is %s, not %s", name, got, want), nil)
		}
	}
	return nil
}

// OpenReadOnly opens a file that is there, to be read only: not a byte of it is
// changed, and whatever writes is a *station.Fault. One of an older version is
// refused with record-older: [Open] brings it up to date.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) {
	s := &Store{Reader: Reader{Path: path}}
	if err := s.openReadOnly(ctx); err != nil {
		s.Close() //nolint:errcheck // the first error tells more
		return nil, AsFault(err)
	}
	return s, nil
}

func (s *Store) openReadOnly(ctx context.Context) error {
	if err := s.openReaders(); err != nil {
		return err
	}
	version, err := versionOf(ctx, s.DB)
	if err != nil {
		return err
	}
	switch known := len(migrations.All()); {
	case version > known:
		return station.NewFault(station.RecordNewer, fmt.Sprintf("version %d, this program knows %d", version, known), nil)
	case version < known:
		return station.NewFault(station.RecordOlder, fmt.Sprintf("version %d, this program reads %d", version, known), nil)
	}
	s.Tables, err = tablesOf(ctx, s.DB)
	return err
}
