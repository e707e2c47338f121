// SPDX-License-Identifier: Apache-2.0

package safefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// Rules say over what a file may be written. Whatever they say, never over a
// record or another SQLite database, its log or journal, a signing key, a
// signed checkpoint, nor what is no ordinary file: a link, a folder, a device.
type Rules struct {
	Overwrite bool   // another ordinary file may go
	Record    string // the record in use: its names are kept free also while nothing stands there; "" for none
	Own       bool   // the record itself writes what belongs to it: those names are its to use, and its key is its to overwrite
}

// ConflictError says why a file was not written: what is there already.
type ConflictError struct {
	Path  string
	Found Found
}

func (e *ConflictError) Error() string {
	if e.Found == Ordinary {
		return "there is a file at " + e.Path + " already; nothing was written over it"
	}
	return e.Path + " is " + string(e.Found) + "; nothing was written over it"
}

// Is makes it an [fs.ErrExist].
func (e *ConflictError) Is(target error) bool { return target == fs.ErrExist }

// Check tells beforehand whether a file could be put at path: nil, or a
// *[ConflictError].
func (r Rules) Check(path string) error {
	_, err := r.check(path)
	return err
}

// check is [Rules.Check]; replaces tells that a file is there which may go.
func (r Rules) check(path string) (replaces bool, err error) {
	found := r.found(path)
	switch {
	case found == "":
		return false, nil
	case r.Overwrite && (found == Ordinary || found == SigningKey && r.Own):
		return true, nil
	}
	return false, &ConflictError{Path: path, Found: found}
}

// found is what stands at path, "" for nothing.
func (r Rules) found(path string) Found {
	if !r.Own && (belongsTo(path, r.Record) || ofDatabase(path)) {
		return Companion
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ""
	case err != nil:
		return Unreadable
	case info.Mode()&fs.ModeSymlink != 0:
		return Link
	case info.IsDir():
		return Directory
	case !info.Mode().IsRegular():
		return Device
	}
	return kindOf(path)
}

// tails are what the names of files have that belong to a record, after its
// own. docs/command-line.md tells them.
var tails = regexp.MustCompile(`(?s)^(|-wal|-shm|-journal|\.key|\.lock|\.version-.*|\.replaced-.*)$`)

// belongsTo reports whether path is a record or a name that belongs to it, by
// whatever way: through links of the file or its folder, by another link to
// the same file, or in other capitals.
func belongsTo(path, record string) bool {
	if record == "" {
		return false
	}
	folder, base := filepath.Split(path)
	names := []string{record}
	if whole, err := filepath.EvalSymlinks(record); err == nil && whole != record {
		names = append(names, whole) // what SQLite keeps is beside that one
	}
	for _, name := range names {
		its, own := filepath.Split(name)
		rest, begins := cutFold(base, own)
		if begins && tails.MatchString(rest) && sameFile(folder+".", its+".") {
			return true
		}
		for _, tail := range []string{"", "-wal", "-shm", "-journal", ".key", ".lock"} {
			if sameFile(path, name+tail) {
				return true
			}
		}
	}
	return strings.EqualFold(base, "."+filepath.Base(record)+".lock")
}

// cutFold takes a beginning off, whatever its capitals.
func cutFold(s, begin string) (rest string, ok bool) {
	if len(s) < len(begin) || !strings.EqualFold(s[:len(begin)], begin) {
		return "", false
	}
	return strings.ToLower(s[len(begin):]), true
}

func sameFile(a, b string) bool {
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	two, err := os.Stat(b)
	return err == nil && os.SameFile(one, two)
}

var ofAnother = regexp.MustCompile(`(?is)^(.+?)(-wal|-shm|-journal|\.key|\.lock|\.version-.*|\.replaced-.*)$`)

// ofDatabase reports whether the name belongs to some database beside it: SQLite
// would take a file of that name for the database's own.
func ofDatabase(path string) bool {
	folder, base := filepath.Split(path)
	part := ofAnother.FindStringSubmatch(base)
	return part != nil && kindOf(folder+part[1]) == Record
}
