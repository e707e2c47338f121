// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"

	"github.com/spf13/cobra"

	"bindery/station/safefile"
)

// output is the file that a verb writes, as its flags name it.
type output struct {
	file      string
	overwrite bool
}

func (o *output) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&o.file, "output", "o", "", "file to write")
	f.BoolVar(&o.overwrite, "overwrite", false, "replace an existing file; never a record, a backup, a key or a checkpoint")
	require(cmd, "output")
}

// rules are what may be replaced; record is the record in use.
func (o *output) rules(record string) safefile.Rules {
	return safefile.Rules{Overwrite: o.overwrite, Record: record}
}

// check says beforehand what write would not do.
func (o *output) check(record string) error { return o.rules(record).Check(o.file) }

// write puts a file in its place whole, or leaves what is there.
func (o *output) write(data []byte, record string) error {
	return safefile.Write(o.file, data, o.rules(record))
}

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

// require makes flags obligatory. cobra refuses only a flag that is not there,
// and it is defined a line above.
func require(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		_ = cmd.MarkFlagRequired(name)
	}
}
