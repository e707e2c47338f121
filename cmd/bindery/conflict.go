// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"

	"bindery/station/safefile"
)

// conflictIn is the part of an error that says what stands where a file was to
// go; nil where that is not why.
func conflictIn(err error) *safefile.ConflictError {
	var there *safefile.ConflictError
	errors.As(err, &there)
	return there
}

// whereElse says what to do about it.
func whereElse(there *safefile.ConflictError) string {
	switch there.Found {
	case safefile.Ordinary:
		return "Name another file, or replace that one with --overwrite where the command has it."
	case safefile.Companion:
		return "Name a file that does not begin with the name of a record."
	case safefile.Record, safefile.SigningKey, safefile.Checkpoint, safefile.Link, safefile.Directory, safefile.Device, safefile.Unreadable:
	}
	return "Name another file."
}
