// SPDX-License-Identifier: Apache-2.0

// Package store is the one door to the file of a record: it opens it, brings it
// up to date, and writes each change with the leaf that tells of it in one
// transaction. It knows tables, rows and leaves; what they mean is for
// station/dhr. Nothing outside of it writes to the file.
package store

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// Store is an open file. It may be used from many goroutines, and the file by
// many processes.
type Store struct {
	Reader
	writer *writer // nil where it is only read

	// caughtUp ends when the indexes have every row; stop ends that before.
	caughtUp sync.WaitGroup
	stop     context.CancelFunc

	// broken is set when the disk failed in a write. What the kernel still
	// holds of the file may then differ from what is on the disk, and only
	// opening it anew brings SQLite to look.
	broken atomic.Bool
}

// ReadOnly reports whether it was opened to be read only.
func (s *Store) ReadOnly() bool { return s.writer == nil }

// Close lets the file go. What was committed is on disk already.
func (s *Store) Close() error {
	if s.stop != nil {
		s.stop()
		s.caughtUp.Wait()
	}
	var errs []error
	if s.Pool != nil {
		errs = append(errs, s.Pool.close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.close())
	}
	return AsFault(errors.Join(errs...))
}
