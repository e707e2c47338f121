// SPDX-License-Identifier: Apache-2.0

package safefile

import (
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// How large the files may be that are read whole, in bytes.
const (
	MostOfKey  = 64 << 10 // a key or a checkpoint has some hundred
	MostOfText = 4 << 20  // a layout, a dialect or settings some thousand
)

// ErrNotOrdinary is why a folder, a device or a pipe is not read: it may never
// end.
var ErrNotOrdinary = errors.New("it is no ordinary file")

// ErrTooLarge is why a file is not read that no such file is as large as.
var ErrTooLarge = errors.New("it is too large")

// Open opens an ordinary file that somebody hands us, to be read, and tells its
// size. A device is not even opened: that can restart what hangs on it.
func Open(path string) (f *os.File, size int64, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if info.Mode().IsRegular() {
		f, err = os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK, 0) // a pipe that nobody writes to would block
		if err != nil {
			return nil, 0, err
		}
		if info, err = f.Stat(); err != nil { // it may be another by now
			f.Close()
			return nil, 0, err
		}
	}
	if !info.Mode().IsRegular() {
		f.Close()
		return nil, 0, &os.PathError{Op: "read", Path: path, Err: ErrNotOrdinary}
	}
	return f, info.Size(), nil
}

// Read reads a file that somebody hands us: an ordinary one of at most so many
// bytes.
func Read(path string, most int64) ([]byte, error) {
	f, _, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := ReadAll(f, most)
	if err != nil {
		return nil, &os.PathError{Op: "read", Path: path, Err: err}
	}
	return text, nil
}

// ReadAll reads at most so many bytes, and more of them are [ErrTooLarge].
func ReadAll(r io.Reader, most int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("%w: more than %s", ErrTooLarge, size(most))
	}
	if err != nil {
		return nil, err
	}
	return text, nil
}

func size(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}
