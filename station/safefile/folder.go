// SPDX-License-Identifier: Apache-2.0

package safefile

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"

	"golang.org/x/sys/unix"
)

// Folder is a folder that only its owner can enter, for what cannot be written
// in one stream, such as a database. It lies in another folder, so that what
// is made in it can be given a name there.
type Folder struct {
	in   *os.File // the folder that it lies in
	own  *os.File // itself, locked
	path string   // of itself
}

// CreateFolder makes one in the folder of path, which is where something made
// in it is to go.
func CreateFolder(path string) (*Folder, error) {
	in, _ := filepath.Split(path)
	dir, err := openFolder(in)
	if err != nil {
		return nil, err
	}
	for range 10 { // as in Create
		f := &Folder{in: dir, path: in + partialName()}
		err := unix.Mkdirat(int(dir.Fd()), filepath.Base(f.path), 0o700)
		if err == nil {
			f.own, err = openFolder(f.path)
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			dir.Close()
			return nil, &os.PathError{Op: "create a folder in", Path: in, Err: err}
		}
		if err == nil && held(f.own) {
			return f, nil
		}
	}
	dir.Close()
	return nil, &os.PathError{Op: "create a folder in", Path: in, Err: unix.EBUSY}
}

// Path is where a file of this name lies in it.
func (f *Folder) Path(name string) string { return filepath.Join(f.path, name) }

// Publish makes a file in it durable and moves it to path, whose folder must be
// the one that this one lies in, as the rules allow.
func (f *Folder) Publish(name, path string, r Rules) error {
	file, err := os.OpenFile(f.Path(name), os.O_RDWR|unix.O_NOFOLLOW, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := move(f.own, name, f.in, path, r); err != nil {
		return err
	}
	return f.in.Sync()
}

// Discard removes it with all that is in it.
func (f *Folder) Discard() {
	_ = os.RemoveAll(f.path) // Clear tries again
	f.own.Close()
	f.in.Close()
}

var partial = regexp.MustCompile(`^\` + partialPrefix + `[A-Z2-7]{26}\` + partialEnd + `$`)

// Clear removes what processes that were killed left in a folder: they may be
// copies of a whole record. What is still being written stays.
func Clear(folder string) {
	dir, err := openFolder(folder)
	if err != nil {
		return // nothing can be made there either, and that will be told
	}
	defer dir.Close()
	names, _ := dir.Readdirnames(-1) // as many as can be read
	for _, name := range names {
		if partial.MatchString(name) {
			clearOne(filepath.Join(folder, name))
		}
	}
}

func clearOne(path string) {
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
	if err != nil {
		return // of another user
	}
	defer f.Close()
	if unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
		_ = os.RemoveAll(path) // the next one tries again
	}
}
