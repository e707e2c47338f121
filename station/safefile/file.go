// SPDX-License-Identifier: Apache-2.0

package safefile

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// File is a file that has no name of its own yet.
type File struct {
	folder *os.File // that it is in, whatever becomes of the path to it
	path   string   // of that folder, as it was given, with its slash
	file   *os.File // locked, so that [Clear] knows that it is in use
	name   string   // in the folder, until it is published; then ""
}

// Write puts a whole file at path, as the rules allow.
func Write(path string, data []byte, r Rules) error {
	if err := r.Check(path); err != nil {
		return err
	}
	f, err := Create(path)
	if err != nil {
		return err
	}
	defer f.Discard()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Publish(filepath.Base(path), r)
}

// Create begins a file in the folder of path, which is where it is to go.
func Create(path string) (*File, error) {
	folder, _ := filepath.Split(path) // Dir would take "link/.." for nothing
	dir, err := openFolder(folder)
	if err != nil {
		return nil, err
	}
	for range 10 { // Clear of another process may take it away before it is locked
		f := &File{folder: dir, path: folder, name: partialName()}
		fd, err := unix.Openat(int(dir.Fd()), f.name, unix.O_CREAT|unix.O_EXCL|unix.O_WRONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0o600)
		if err != nil {
			dir.Close()
			return nil, &os.PathError{Op: "create a file in", Path: folder, Err: err}
		}
		f.file = os.NewFile(uintptr(fd), folder+f.name)
		if held(f.file) {
			return f, nil
		}
		f.file.Close()
	}
	dir.Close()
	return nil, &os.PathError{Op: "create a file in", Path: folder, Err: unix.EBUSY}
}

// Write adds to the file.
func (f *File) Write(p []byte) (int, error) { return f.file.Write(p) }

// Publish makes the file durable and gives it its name, which is in the folder
// that it was created in. Where the rules forbid it the error is a
// *[ConflictError] and the file stays as it was, to be published under another
// name or discarded.
func (f *File) Publish(name string, r Rules) error {
	if err := f.file.Sync(); err != nil {
		return err
	}
	if err := move(f.folder, f.name, f.folder, f.path+name, r); err != nil {
		return err
	}
	f.name = ""
	return errors.Join(f.folder.Sync(), f.close())
}

// Discard removes a file that was not published; for one that was it does
// nothing.
func (f *File) Discard() {
	if f.name == "" {
		return
	}
	_ = unix.Unlinkat(int(f.folder.Fd()), f.name, 0) // the error that led here tells more; Clear tries again
	f.name = ""
	_ = f.close()
}

func (f *File) close() error { return errors.Join(f.file.Close(), f.folder.Close()) }

func openFolder(path string) (*os.File, error) {
	if path == "" {
		path = "."
	}
	return os.OpenFile(path, unix.O_DIRECTORY|os.O_RDONLY, 0)
}

// partialName is a name that nobody can guess.
func partialName() string { return partialPrefix + rand.Text() + partialEnd }

const (
	partialPrefix = ".bindery-"
	partialEnd    = ".partial"
)

// held locks what was just made, and reports whether it is still there. A file
// system that knows no locks has none taken away either.
func held(f *os.File) bool {
	var s unix.Stat_t
	_ = unix.Flock(int(f.Fd()), unix.LOCK_EX) // without one, Clear gets none
	return unix.Fstat(int(f.Fd()), &s) == nil && s.Nlink > 0
}

// Rename gives a file another name, as the rules allow.
func Rename(from, to string, r Rules) error {
	old, was := filepath.Split(from)
	folder, _ := filepath.Split(to)
	in, err := openFolder(old)
	if err != nil {
		return err
	}
	defer in.Close()
	into, err := openFolder(folder)
	if err != nil {
		return err
	}
	defer into.Close()
	if err := move(in, was, into, to, r); err != nil {
		return err
	}
	return errors.Join(into.Sync(), in.Sync())
}

// move gives what stands as from in a folder the name path, whose last part is
// in the folder to.
func move(in *os.File, from string, to *os.File, path string, r Rules) error {
	for range 10 {
		replaces, err := r.check(path)
		if err != nil {
			return err
		}
		name := filepath.Base(path)
		if replaces {
			return rename(path, unix.Renameat(int(in.Fd()), from, int(to.Fd()), name))
		}
		err = moveNew(int(in.Fd()), from, int(to.Fd()), name)
		if !errors.Is(err, unix.EEXIST) {
			return rename(path, err)
		} // somebody was faster: look at what they put there
	}
	return &ConflictError{Path: path, Found: Ordinary}
}

func rename(path string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("name the file %s: %w", path, err)
}

// moveNew renames without replacing anything: by the means of the file system,
// or where it has none by the next best that is as sure.
func moveNew(in int, from string, to int, name string) error {
	var err error
	for _, way := range waysToMove {
		err = way(in, from, to, name)
		if err == nil || errors.Is(err, unix.EEXIST) {
			return err
		}
	}
	return err
}

var waysToMove = []func(in int, from string, to int, name string) error{moveInOneStep, moveByLink, moveOverOwn}

func moveInOneStep(in int, from string, to int, name string) error {
	return unix.Renameat2(in, from, to, name, unix.RENAME_NOREPLACE)
}

// moveByLink is for file systems that know links, as NFS does.
func moveByLink(in int, from string, to int, name string) error {
	if err := unix.Linkat(in, from, to, name, 0); err != nil {
		return err
	}
	return unix.Unlinkat(in, from, 0)
}

// moveOverOwn is for the rest, such as a FAT stick under FUSE: it takes the
// name with an empty file, which only one can, and replaces that.
func moveOverOwn(in int, from string, to int, name string) error {
	fd, err := unix.Openat(to, name, unix.O_CREAT|unix.O_EXCL|unix.O_WRONLY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(unix.Close(fd), unix.Renameat(in, from, to, name))
}
