// SPDX-License-Identifier: Apache-2.0

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"bindery/station"
)

// code is the extended result code of the database, 0 when err is not its own.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// Refused reports whether a rule of the tables kept a row out: an index, a
// check or a trigger.
func Refused(err error) bool { return code(err)&0xff == lib.SQLITE_CONSTRAINT }

func busy(err error) bool {
	c := code(err) & 0xff
	return c == lib.SQLITE_BUSY || c == lib.SQLITE_LOCKED
}

// failed reports whether the disk itself failed, as against being full.
func failed(err error) bool { return code(err)&0xff == lib.SQLITE_IOERR }

// AsFault makes err what the rest of the program knows: a *station.Fault. A
// *station.Refusal and a *station.Fault stay what they are.
func AsFault(err error) error {
	var refusal *station.Refusal
	var known *station.Fault
	if err == nil || errors.As(err, &refusal) || errors.As(err, &known) || errors.Is(err, ErrNotFound) {
		return err
	}
	switch full := code(err); {
	case partsDamaged(err):
		return station.NewFault(station.IndexDamaged, "", err)
	case full != 0:
		return station.NewFault(faultCode(full), cause(full), err)
	case errors.Is(err, syscall.ENOSPC):
		return station.NewFault(station.RecordFull, "", err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return station.NewFault(station.RecordReadOnly, "no right to write there", err)
	}
	return station.NewFault(station.RecordFault, "no code", err)
}

// cause says what the result code of the database is about.
func cause(full int) string {
	switch full & 0xff {
	case lib.SQLITE_CORRUPT:
		return "a page of the file cannot be right"
	case lib.SQLITE_NOTADB:
		return "it does not begin as an SQLite file"
	case lib.SQLITE_CANTOPEN:
		return "it cannot be opened"
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		return "no right to write there"
	}
	return fmt.Sprintf("code %d", full)
}

func faultCode(full int) station.Code {
	if full == lib.SQLITE_IOERR_SHMSIZE {
		return station.RecordFull // there is no room for the file that processes share
	}
	switch full & 0xff {
	case lib.SQLITE_FULL:
		return station.RecordFull
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return station.RecordLocked
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return station.RecordDamaged
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return station.RecordReadOnly
	}
	return station.RecordFault
}

// ErrNotFound says that the record has nothing under the name that was asked
// for: no such unit, badge or product.
var ErrNotFound = errors.New("not in the record")

// AsRowFault turns "no rows" into ErrNotFound and the rest into a fault.
func AsRowFault(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return AsFault(err)
}

// Damaged reports whether SQLite found the file itself broken: its pages, or
// what it must be able to read in them, such as the JSON of a leaf.
func Damaged(err error) bool {
	switch code(err) & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_ERROR, lib.SQLITE_FORMAT:
		return true
	}
	return false
}

// partsDamaged reports that it is the index of parts that cannot be read, by the code
// that FTS5 has for its own tables, or by the names of these.
func partsDamaged(err error) bool {
	full := code(err)
	return full == lib.SQLITE_CORRUPT_VTAB || full != 0 && Damaged(err) && (ofParts(err.Error()) || partsTable.MatchString(err.Error()))
}

var partsTable = regexp.MustCompile(`no such table: (main\.)?part`)

// ofParts reports whether SQLite speaks of the index of parts, the only one that is
// no table of its own.
func ofParts(text string) bool {
	return strings.Contains(text, "FTS5 table main.parts") || strings.Contains(text, "fts5") || strings.Contains(text, "vtable constructor failed: part")
}
