// SPDX-License-Identifier: Apache-2.0

// Package migrations holds the SQL that makes the tables of the record, one
// numbered file for each step, run in order and never edited once released.
package migrations

import (
	"embed"
	"io/fs"
)

// ApplicationID marks an SQLite file as a Bindery record: "Bndy" in ASCII.
const ApplicationID = 0x426e6479

//go:embed *.sql
var files embed.FS

// All returns the text of the files in order; the first makes version 1.
func All() []string {
	names, err := fs.Glob(files, "*.sql") // sorted by name
	if err != nil {
		panic(err) // the pattern is fixed
	}
	texts := make([]string, len(names))
	for i, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err) // embedded
		}
		texts[i] = string(text)
	}
	return texts
}
